package controlplane

import (
	"slices"
	"time"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// An Assumption asks for credentials of a role.
type Assumption struct {
	AccountID  org.AccountID // whose role
	Role       string
	Session    string // the session's name
	Duration   time.Duration
	ExternalID string // for policies to look at; the session does not keep it

	SourceIdentity string
	Tags           []org.Tag
	Transitive     []string // keys of the tags that the sessions behind this one have, too
}

// terms returns what the session is issued with when it is asked for in one with the terms of from, whose source identity and transitive tags it has, too. It
// fails with SessionMayNotIssue for another source identity in its place, with DuplicateTagKey for a tag in the place of such a one and for a key that is
// there twice, in whatever case, with InvalidTag for a transitive key without a tag, and with TagLimit (IAM User Guide, "Pass session tags in AWS STS" and
// "Monitor and control actions taken with assumed roles"; of Huawei Cloud, "Passing Session Tags" and "Monitoring Temporary Security Credentials"). What is
// said of tags is what AWS says (LocalStack, checked against the cloud).
func (w *Assumption) terms(r *org.Rules, from identity.Terms) (identity.Terms, error) {
	passed := from.Passed()
	for i, t := range w.Tags {
		switch {
		case valueOf(w.Tags[:i], t.Key) != nil:
			return identity.Terms{}, org.Errorf(org.DuplicateTagKey, "Duplicate tag keys found. Please note that Tag keys are case insensitive.")
		case valueOf(passed, t.Key) != nil:
			return identity.Terms{}, org.Errorf(org.DuplicateTagKey,
				"One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.")
		}
	}
	for _, key := range w.Transitive {
		if valueOf(w.Tags, key) == nil {
			return identity.Terms{}, org.Errorf(org.InvalidTag, "The specified transitive tag key must be included in the requested tags.")
		}
	}
	out := identity.Terms{SourceIdentity: w.SourceIdentity, Tags: slices.Concat(passed, w.Tags), Transitive: slices.Clone(w.Transitive)}
	if len(out.Tags) > r.Tags { // a session has as many as a resource
		return identity.Terms{}, org.Errorf(org.TagLimit, "a session has at most %d tags", r.Tags)
	}
	for _, t := range passed {
		out.Transitive = append(out.Transitive, t.Key)
	}
	if from.SourceIdentity != "" {
		if w.SourceIdentity != "" && w.SourceIdentity != from.SourceIdentity {
			return identity.Terms{}, org.Errorf(org.SessionMayNotIssue, "the source identity of the calling session cannot be changed")
		}
		out.SourceIdentity = from.SourceIdentity
	}
	return out, nil
}

// permissions lists what has to be allowed for a role's session of such terms: tags and a source identity, also those of the calling session, are permissions
// beside that to assume the role (the same pages).
func permissions(t identity.Terms) []string {
	all := []string{"sts:AssumeRole"}
	if len(t.Tags) > 0 {
		all = append(all, "sts:TagSession")
	}
	if t.SourceIdentity != "" {
		all = append(all, "sts:SetSourceIdentity")
	}
	return all
}

// assuming says how a role is assumed.
func assuming(w *Assumption) aspect {
	return func(q *question) { q.assumes, q.tags = w, w.Tags }
}

// values answers for the condition keys of STS (IAM User Guide, "IAM and AWS STS condition context keys"). There are none but for who assumes a role.
func (w *Assumption) values(name string) []string {
	if w == nil {
		return nil
	}
	switch name {
	case "sts:rolesessionname", "sts:agencysessionname":
		return one(w.Session)
	case "sts:externalid":
		return one(w.ExternalID)
	case "sts:sourceidentity":
		return one(w.SourceIdentity)
	case "sts:transitivetagkeys":
		return w.Transitive
	}
	return nil
}
