package org

import (
	"strings"
	"time"
)

// TriedControl is the type of service control policies that are only tried out: a second space of policies, with names of their own, which never deny.
const TriedControl PolicyType = "tried_service_control"

// Tried reports whether policies of the type are only tried out.
func (t PolicyType) Tried() bool { return t == TriedControl }

// InForce returns the type as it is in force: of a tried one, what it tries.
func (t PolicyType) InForce() PolicyType {
	if t == TriedControl {
		return ServiceControl
	}
	return t
}

// OnTrial returns the type under which policies of a type are tried out, and an unknown type for what cannot be tried.
func (t PolicyType) OnTrial() PolicyType { return "tried_" + t }

// A DryRun says whether an organization tries out its policies of a type, and where what they would deny is recorded.
type DryRun struct {
	OrganizationID OrganizationID
	Type           PolicyType // one that is Tried
	On             bool       // or on its way there, as long as Rules.Switching says so of SwitchedAt
	Bucket         string
	Region         string // of the bucket
	Prefix         string // of the objects' names
	Agency         string // through which they are written
	CreatedAt      time.Time
	UpdatedAt      time.Time
	SwitchedAt     time.Time
}

// A DryRunChange is what may be changed of a dry run; nil leaves a part as it is.
type DryRunChange struct {
	On                             *bool
	Bucket, Region, Prefix, Agency *string
}

// Change returns the dry run as it is after a change. It fails with InputMalformed for what can be no place for records, and with InputMissing when a
// bucket or an agency lacks for a dry run that is on.
func (d DryRun) Change(c DryRunChange, now time.Time) (DryRun, error) {
	for _, part := range []struct{ to, from *string }{{&d.Bucket, c.Bucket}, {&d.Region, c.Region}, {&d.Prefix, c.Prefix}, {&d.Agency, c.Agency}} {
		if part.from != nil {
			*part.to = *part.from
		}
	}
	if c.On != nil && *c.On != d.On {
		d.On, d.SwitchedAt = *c.On, now
	}
	if d.CreatedAt.IsZero() {
		d.CreatedAt = now
	}
	d.UpdatedAt = now
	return d, d.check()
}

var (
	bucketName = pattern(`^[a-z0-9]([a-z0-9.-]{1,61})[a-z0-9]$`)
	regionName = pattern(`^[a-z0-9-]{1,64}$`)
	agencyName = pattern(`^[\w+=,.@-]{1,64}$`)
	prefixPart = pattern(`^[A-Za-z0-9_.-]+$`)
)

// prefixLength leaves room for the rest of an object's name, which has 1024 bytes at most (OBS API Reference, "PutObject").
const prefixLength = 512

// check keeps the rules of bucket names (OBS API Reference, "CreateBucket") and lets a prefix be a path that leads nowhere else.
func (d *DryRun) check() error {
	switch {
	case d.On && d.Bucket == "":
		return Errorf(InputMissing, "a dry run needs the name of a bucket")
	case d.On && d.Agency == "":
		return Errorf(InputMissing, "a dry run needs the name of an agency")
	case d.Bucket != "" && (!bucketName().MatchString(d.Bucket) || strings.Contains(d.Bucket, "..") || strings.Contains(d.Bucket, ".-") || strings.Contains(d.Bucket, "-.")):
		return Errorf(InputMalformed, "a bucket's name has 3 to 63 lower-case letters, digits, - and . between letters or digits")
	case d.Region != "" && !regionName().MatchString(d.Region):
		return Errorf(InputMalformed, "a region's name has 1 to 64 lower-case letters, digits and -")
	case d.Agency != "" && !agencyName().MatchString(d.Agency):
		return Errorf(InputMalformed, "an agency's name has 1 to 64 letters, digits and _+=,.@-")
	case !prefixAllowed(d.Prefix):
		return Errorf(InputMalformed, "a prefix has at most %d letters, digits and _.-, and / between its parts, none of which is . or ..", prefixLength)
	}
	return nil
}

func prefixAllowed(prefix string) bool {
	if prefix == "" {
		return true
	}
	for part := range strings.SplitSeq(strings.TrimSuffix(prefix, "/"), "/") {
		if part == "." || part == ".." || !prefixPart().MatchString(part) {
			return false
		}
	}
	return len(prefix) <= prefixLength
}
