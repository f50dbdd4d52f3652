package storetest

import (
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
