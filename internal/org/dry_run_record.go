package org

import (
	"strings"
	"time"
)

// A DryRunRecord is the record of one call that was let pass, and that policies which are tried out would have denied. Records of an organization are
// numbered from one, without gaps that could later fill.
type DryRunRecord struct {
	OrganizationID OrganizationID
	Number         int64
	ID             string
	At             time.Time
	RequestID      string
	By             Caller
	Action         string   // in the cloud's words
	Resources      []string // in the cloud's words; "*" for a call that names none
	Denials        []TriedDenial

	Bucket string // where the record belongs, by the dry run of its time
	Region string
	Object string
}

// A TriedDenial is one policy's statement that would have denied a call, and where the policy is attached.
type TriedDenial struct {
	PolicyID  PolicyID
	Statement string // its Sid, if it has one
	TargetID  string
}

// File gives the record its id and its place. The object's name is the record's own, so that writing it twice writes one object.
func (r *DryRunRecord) File(d DryRun, id string) {
	r.ID, r.Bucket, r.Region = id, d.Bucket, d.Region
	way := []string{"PolicyDryRun", string(d.OrganizationID), r.At.UTC().Format("2006/01/02"), r.At.UTC().Format("20060102T150405Z") + "_" + id + ".json"}
	if prefix := strings.TrimSuffix(d.Prefix, "/"); prefix != "" {
		way = append([]string{prefix}, way...)
	}
	r.Object = strings.Join(way, "/")
}

// Merge takes another record of the same call in, and reports whether it is one: what is asked of several things is one call.
func (r *DryRunRecord) Merge(other DryRunRecord) bool {
	if r.Action != other.Action {
		return false
	}
	r.Resources = appendNew(r.Resources, other.Resources)
	r.Denials = appendNew(r.Denials, other.Denials)
	return true
}

func appendNew[T comparable](to, from []T) []T {
	seen := map[T]bool{}
	for _, v := range to {
		seen[v] = true
	}
	for _, v := range from {
		if !seen[v] {
			seen[v] = true
			to = append(to, v)
		}
	}
	return to
}
