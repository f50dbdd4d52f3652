package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// A question is what a request for a deed is about, as far as policies look at it. It is only answered where policies bind the caller: the principals of
// a management account are bound by none of the organization's.
type question struct {
	refs    []ref
	tags    []org.Tag // that the request brings
	keys    []string  // of tags that the request takes away
	types   []org.PolicyType
	service string
	role    string        // the name of a role or another principal, which is no thing of the organization
	owner   org.AccountID // of that principal
	linked  string        // the service that the role is for
	task    string        // what a root user's session is for
	assumes *Assumption   // nil unless the request is for a role's session
	makes   bool          // the tags are for what the request makes
}

// A ref names a thing of which it is not known yet whether it exists.
type ref struct {
	kind org.ThingKind // empty for whatever the id may be of
	id   string
	of   org.PolicyType // of a policy that is yet to be made
}

// An aspect adds to a question.
type aspect func(*question)

func on(kind org.ThingKind, id string) aspect {
	return func(q *question) { q.refs = append(q.refs, ref{kind: kind, id: id}) }
}

func onUnit(id org.UnitID) aspect           { return on(org.UnitThing, string(id)) }
func onAccount(id org.AccountID) aspect     { return on(org.AccountThing, string(id)) }
func onPolicy(id org.PolicyID) aspect       { return on(org.PolicyThing, string(id)) }
func onHandshake(id org.HandshakeID) aspect { return on(org.HandshakeThing, string(id)) }

// under names the parent of a list; without one the list is of the whole organization.
func under(parent org.UnitID) aspect {
	if parent == "" {
		return func(*question) {}
	}
	return onUnit(parent)
}

// onResourcePolicy names the organization's one resource policy.
func onResourcePolicy() aspect { return on(org.ResourcePolicyThing, "") }

// onRole names a role, or another principal that a request is about.
func onRole(p org.Partition, role org.Principal) aspect {
	return func(q *question) {
		q.owner = role.AccountID
		who := org.Caller{Partition: p, AccountID: role.AccountID, Kind: role.Kind, Name: role.Name, Path: role.Path}
		if q.role = identity.RoleName(who); q.role == "" {
			q.role = identity.Name(who)
		}
	}
}

// linkedTo says for which service the role is that a request makes.
func linkedTo(service string) aspect { return func(q *question) { q.linked = service } }

// forTask says what a root user's session is wanted for.
func forTask(t org.RootTask) aspect { return func(q *question) { q.task = t.Name } }

// onServiceRole names the role that an account gives the organizations service.
func onServiceRole(r *org.Rules, a org.AccountID) aspect {
	role := onRole(r.Partition, org.Principal{AccountID: a, Kind: org.ServiceRole, Name: r.ServiceRole, Path: r.ServiceRolePath})
	return func(q *question) {
		role(q)
		linkedTo(r.ServicePrincipal)(q)
	}
}

// onAny names a thing of any kind.
func onAny(id string) aspect { return on("", id) }

func ofType(t org.PolicyType) aspect {
	return func(q *question) { q.types = append(q.types, t) }
}

func withTags(tags []org.Tag) aspect { return func(q *question) { q.tags = tags } }

// making names the policy that the request makes with the tags that it brings: whoever makes it also needs the right to tag it. Without an id yet, it is
// named as any of its type is, which the guide's delegation policies grant (User Guide, "Resource-based policy examples").
func making(t org.PolicyType, tags []org.Tag) aspect {
	return func(q *question) {
		q.refs = append(q.refs, ref{kind: org.PolicyThing, id: "*", of: t})
		q.makes, q.tags = true, tags
	}
}

func withoutTags(keys []string) aspect { return func(q *question) { q.keys = keys } }

func forService(service string) aspect { return func(q *question) { q.service = service } }

// together is the question of all aspects.
func together(about []aspect) (q question) {
	for _, add := range about {
		add(&q)
	}
	return q
}

// ask puts the aspects together and finds what the things are. There is always one: the zero Thing stands for a request that names none.
func ask(ctx context.Context, r store.Reader, o org.Organization, about []aspect) (question, []org.Thing, error) {
	q := together(about)
	if len(q.refs) == 0 {
		return q, []org.Thing{{}}, nil
	}
	things := make([]org.Thing, len(q.refs))
	for i, f := range q.refs {
		t, err := f.find(ctx, r, o)
		if err != nil {
			return question{}, nil, err
		}
		if t.Kind == org.PolicyThing && t.Type != "" && len(q.types) == 0 {
			q.types = append(q.types, t.Type)
		}
		things[i] = t
	}
	return q, things, nil
}

// find returns the thing, of the kind that was meant when it does not exist: whether it does is told after permission.
func (f ref) find(ctx context.Context, r store.Reader, o org.Organization) (org.Thing, error) {
	t := org.Thing{Kind: f.kind, ID: f.id, Type: f.of}
	if f.of != "" {
		return t, nil
	}
	var err error
	switch f.kind {
	case org.UnitThing:
		if org.UnitID(f.id) == o.RootID {
			t.Kind = org.RootThing
		}
	case org.PolicyThing:
		err = readPolicyThing(ctx, r, o, &t)
	case org.HandshakeThing:
		var h org.Handshake
		if h, err = r.Handshake(ctx, org.HandshakeID(f.id)); err == nil && h.Partition == o.Partition {
			t.Action, t.From = h.Action, h.From
		}
	case org.ResourcePolicyThing:
		var own org.ResourcePolicy
		if own, err = r.ResourcePolicy(ctx, o.ID); err == nil {
			t.ID = string(own.ID)
		}
		_, err = had(err, org.ResourcePolicyMissing)
	case "":
		err = readThing(ctx, r, o, &t)
	}
	if _, err := had(err, org.HandshakeMissing); err != nil {
		return org.Thing{}, err
	}
	return t, nil
}

func readPolicyThing(ctx context.Context, r store.Reader, o org.Organization, t *org.Thing) error {
	found, err := policyOf(ctx, r, o, org.PolicyID(t.ID))
	if there, err := had(err, org.PolicyMissing); !there {
		return err
	}
	t.Kind, t.Type, t.BuiltIn = org.PolicyThing, found.Type, found.BuiltIn()
	return nil
}

// readThing finds out of what kind an id is, and leaves the kind empty when it is of nothing.
func readThing(ctx context.Context, r store.Reader, o org.Organization, t *org.Thing) error {
	kind, err := kindOf(ctx, r, o, t.ID)
	there, err := had(err, org.AccountMissing)
	if there {
		t.Kind = thingKinds[kind]
		return nil
	}
	if err == nil {
		err = readPolicyThing(ctx, r, o, t)
	}
	if err != nil || t.Kind != "" {
		return err
	}
	there, err = had(isResourcePolicy(ctx, r, o, org.ResourcePolicyID(t.ID)), org.ResourcePolicyMissing)
	if err != nil || there {
		t.Kind = org.ResourcePolicyThing
		return err
	}
	there, err = had(offered(ctx, r, o, org.TransferID(t.ID)), org.TransferMissing)
	if there {
		t.Kind = org.TransferThing
	}
	return err
}

var thingKinds = map[EntityKind]org.ThingKind{RootEntity: org.RootThing, UnitEntity: org.UnitThing, AccountEntity: org.AccountThing, PolicyEntity: org.PolicyThing}
