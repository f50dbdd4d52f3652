package storetest

import (
	"cmp"
	"slices"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func (b bench) tags(o org.Organization, r org.Resource) []org.Tag {
	b.Helper()
	return read(b, func(s store.Reader) ([]org.Tag, error) { return s.Tags(b.Context(), o.ID, r) })
}

func (b bench) tag(o org.Organization, r org.Resource, t ...org.Tag) {
	b.Helper()
	b.update(func(tx store.Tx) error { return tx.PutTags(b.Context(), o.ID, r, t) })
}

var tags = []try{
	{"tags are listed by key, byte by byte, and overwritten", func(b bench) {
		o := b.organization()
		b.tag(o, "x", org.Tag{Key: "b", Value: "1"}, org.Tag{Key: "é", Value: "2"}, org.Tag{Key: "B", Value: "3"}, org.Tag{Key: "a b"})
		b.tag(o, "x", org.Tag{Key: "b", Value: "new"}, org.Tag{Key: "_", Value: ""})
		b.tag(o, "x")
		want := []org.Tag{{Key: "B", Value: "3"}, {Key: "_"}, {Key: "a b"}, {Key: "b", Value: "new"}, {Key: "é", Value: "2"}}
		b.equal(want, b.tags(o, "x"))
		b.equal(0, len(b.tags(o, "X")))
		b.equal(0, len(b.tags(b.organization(), "x")))
	}},
	{"tags of a kind are those of its things in one organization, by resource and key", func(b bench) {
		o, other := b.organization(), b.organization()
		u, v := b.unit(o, o.RootID, "u", 1), b.unit(o, o.RootID, "v", 2)
		a, p := b.account(o, o.RootID, start), b.policy(o, org.TagPolicy, "p", 1)
		coming := b.account(o, o.RootID, start)
		coming.State = org.AccountCreating
		b.update(func(tx store.Tx) error { return tx.UpdateAccount(b.Context(), coming) })
		foreign := b.unit(other, other.RootID, "u", 1)
		b.tag(other, org.Resource(foreign.ID), org.Tag{Key: "x"})
		b.tag(o, org.Resource(foreign.ID), org.Tag{Key: "x"})
		of := map[org.ThingKind][]org.ResourceTag{}
		for _, on := range []struct {
			kind org.ThingKind
			id   org.Resource
		}{
			{org.RootThing, org.Resource(o.RootID)}, {org.UnitThing, org.Resource(u.ID)}, {org.UnitThing, org.Resource(v.ID)}, {org.AccountThing, org.Resource(a.ID)},
			{org.HandshakeThing, org.Resource(coming.ID)}, {org.PolicyThing, org.Resource(p.ID)},
		} {
			for _, t := range []org.Tag{{Key: "B", Value: "1"}, {Key: "a", Value: string(on.id)}} {
				b.tag(o, on.id, t)
				of[on.kind] = append(of[on.kind], org.ResourceTag{Resource: on.id, Tag: t})
			}
		}
		slices.SortFunc(of[org.UnitThing], func(a, b org.ResourceTag) int {
			return cmp.Or(cmp.Compare(a.Resource, b.Resource), cmp.Compare(a.Key, b.Key))
		})
		for _, k := range []org.ThingKind{org.UnitThing, org.AccountThing, org.PolicyThing} {
			b.equal(of[k], read(b, func(r store.Reader) ([]org.ResourceTag, error) { return r.TagsOf(b.Context(), o.ID, k) }))
		}
		for _, k := range []org.ThingKind{org.RootThing, org.HandshakeThing, ""} {
			b.equal(0, len(read(b, func(r store.Reader) ([]org.ResourceTag, error) { return r.TagsOf(b.Context(), o.ID, k) })))
		}
	}},
	{"tags of the given keys go, all without any", func(b bench) {
		o := b.organization()
		b.tag(o, "x", org.Tag{Key: "a"}, org.Tag{Key: "A"}, org.Tag{Key: "b"})
		b.tag(o, "y", org.Tag{Key: "a"})
		untag := func(keys []string) {
			b.update(func(tx store.Tx) error { return tx.DeleteTags(b.Context(), o.ID, "x", keys) })
		}
		untag([]string{})
		b.equal(3, len(b.tags(o, "x")))
		untag([]string{"a", "none", "a"})
		b.equal([]org.Tag{{Key: "A"}, {Key: "b"}}, b.tags(o, "x"))
		untag(nil)
		b.equal(0, len(b.tags(o, "x")))
		b.equal(1, len(b.tags(o, "y")))
	}},
}
