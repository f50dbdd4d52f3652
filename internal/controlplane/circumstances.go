package controlplane

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// circumstances answer for the condition keys of one question about one thing. Tags and accounts are read when a policy asks for them; the first error
// of that is kept, and the decision is worth nothing then.
type circumstances struct {
	ctx    context.Context // of the one decision for which they live
	r      store.Reader
	o      org.Organization
	caller org.Caller
	bonds  *bonds
	q      *question
	thing  org.Thing
	now    time.Time

	tags   []org.Tag
	tagged bool
	err    error
}

// Values implements policy.Context.
func (s *circumstances) Values(name string) []string {
	switch name {
	case "organizations:policytype":
		return s.policyTypes()
	case "organizations:serviceprincipal":
		return one(s.q.service)
	case "iam:awsservicename":
		return one(s.q.linked)
	case "sts:taskpolicyarn":
		return one(identity.RootTask(s.o.Partition, s.q.task))
	}
	if strings.HasPrefix(name, "sts:") {
		return s.q.assumes.values(name)
	}
	lang := languageOf(s.o.Rules())
	key := lang.key(name)
	if lang.lacks[key] {
		return nil
	}
	if stem, tag, ok := strings.Cut(key, "/"); ok {
		return s.tag(stem, tag)
	}
	if v, ok := s.principal(key); ok {
		return v
	}
	if v, ok := s.session(key); ok {
		return v
	}
	if from, ok := identity.OriginOf(s.ctx); ok {
		if v, ok := origin(from, key); ok {
			return v
		}
	}
	switch key {
	case "tagkeys":
		return s.tagKeys()
	case "resourceaccount":
		return one(string(s.owner()))
	case "resourceorgid":
		return one(string(s.home().o.ID))
	case "resourceorgpaths":
		return one(s.home().way())
	case "currenttime":
		return one(s.now.Format(time.RFC3339))
	case "epochtime":
		return one(strconv.FormatInt(s.now.Unix(), 10))
	case "requestedregion":
		return one(s.o.Rules().HomeRegion)
	case "viaawsservice", "viaservice":
		return one("false")
	}
	return nil
}

// owner is the account that owns what the request is about: a role's own, or the one that manages the organization which the thing belongs to.
func (s *circumstances) owner() org.AccountID {
	switch {
	case s.q.owner != "":
		return s.q.owner
	case s.thing.From.ManagementID != "":
		return s.thing.From.ManagementID
	default:
		return s.o.ManagementID
	}
}

// home is where the owner stands. A role's may be of any organization or none, and a handshake may have come from another than the caller's.
func (s *circumstances) home() seat {
	at, err := seatOf(s.ctx, s.r, s.owner())
	s.err = cmp.Or(s.err, err)
	return at
}

// principal answers for the keys about the caller.
func (s *circumstances) principal(key string) ([]string, bool) {
	switch key {
	case "principalarn":
		if role := identity.RoleName(s.caller); role != "" {
			return one(role), true
		}
		return one(identity.Name(s.caller)), true
	case "principalurn": // a session's own, and not its agency's (IAM User Guide of Huawei Cloud, "Global Condition Keys")
		return one(identity.Name(s.caller)), true
	case "domainname":
		a, err := s.r.Account(s.ctx, s.caller.AccountID)
		s.err = cmp.Or(s.err, err)
		return one(a.Name), true
	case "principalaccount", "domainid":
		return one(string(s.caller.AccountID)), true
	case "principalorgid":
		return one(string(s.o.ID)), true
	case "principalorgpaths":
		return one(s.path("")), true
	case "principalorgpath":
		return one(s.path(string(s.caller.AccountID))), true
	case "principalorgmanagementaccountid":
		return one(string(s.o.ManagementID)), true
	case "principaltype":
		return one(languageOf(s.o.Rules()).kinds[s.caller.Kind]), true
	case "principalisawsservice":
		return one("false"), true
	case "principalisrootuser":
		return one(strconv.FormatBool(s.caller.Kind == org.RootUser)), true
	case "userid", "principalid":
		return one(identity.UserID(s.caller)), true
	case "username":
		if s.caller.Kind == org.User {
			return one(s.caller.Name), true
		}
		return nil, true
	}
	return nil, false
}

// session answers for the keys about the session that the request is sent in, which no other request has. Nobody has a multi-factor device, so there is no
// age of what was proven with one.
func (s *circumstances) session(key string) ([]string, bool) {
	t := identity.TermsOf(s.ctx)
	switch key {
	case "tokenissuetime":
		if t.Present() {
			return one(t.IssuedAt.UTC().Format(time.RFC3339)), true
		}
		return nil, true
	case "multifactorauthpresent", "mfapresent":
		if t.Present() {
			return one("false"), true
		}
		return nil, true
	case "sourceidentity":
		return one(t.SourceIdentity), true
	case "assumedroot":
		if s.caller.Task != "" {
			return one("true"), true
		}
		return nil, true
	}
	return nil, false
}

// origin answers for the keys about where the request comes from.
func origin(from identity.Origin, key string) ([]string, bool) {
	switch key {
	case "sourceip":
		return one(from.Address), true
	case "useragent":
		return one(from.Agent), true
	case "referer":
		return one(from.Referer), true
	case "securetransport":
		return one(strconv.FormatBool(from.Secure)), true
	}
	return nil, false
}

// path is the caller's way from the organization down.
func (s *circumstances) path(tail string) string {
	return string(s.o.ID) + "/" + joinUnits(s.bonds.path) + tail
}

func (s *circumstances) policyTypes() []string {
	var out []string
	for _, t := range s.q.types {
		out = append(out, identity.PolicyType(s.o.Partition, t))
	}
	return out
}

func (s *circumstances) tagKeys() []string {
	keys := append([]string(nil), s.q.keys...)
	for _, t := range s.q.tags {
		keys = append(keys, t.Key)
	}
	return keys
}

// tag answers for a tag of the request, of the caller's session or of the thing. The case of its key does not count.
func (s *circumstances) tag(stem, key string) []string {
	switch stem {
	case "requesttag":
		return valueOf(s.q.tags, key)
	case "principaltag":
		return valueOf(identity.TermsOf(s.ctx).Tags, key)
	case "resourcetag":
		if !s.tagged && s.thing.ID != "" {
			tags, err := s.r.Tags(s.ctx, s.o.ID, org.Resource(s.thing.ID))
			s.tagged, s.tags, s.err = true, tags, cmp.Or(s.err, err)
		}
		return valueOf(s.tags, key)
	}
	return nil
}

func valueOf(tags []org.Tag, key string) []string {
	for _, t := range tags {
		if strings.EqualFold(t.Key, key) {
			return []string{t.Value}
		}
	}
	return nil
}

func one(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}
