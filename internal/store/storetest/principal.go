package storetest

import (
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func (b bench) principal(a org.Account, k org.PrincipalKind, name string) org.Principal {
	b.Helper()
	p := org.Principal{
		ID: org.PrincipalID(id("P")), AccountID: a.ID, Kind: k, Name: name, Path: "/x/", Administrator: true, Trusts: "t",
		MaxSession: time.Hour + time.Microsecond, Description: "d", CreatedAt: start,
	}
	b.update(func(tx store.Tx) error { return tx.InsertPrincipal(b.Context(), p) })
	return p
}

var principals = []try{
	{"a principal is found by id and by name", func(b bench) {
		a := b.account(org.Organization{}, "", start)
		p := b.principal(a, org.Role, "r")
		b.equal(p, read(b, func(r store.Reader) (org.Principal, error) { return r.Principal(b.Context(), p.ID) }))
		b.equal(p, read(b, func(r store.Reader) (org.Principal, error) { return r.PrincipalNamed(b.Context(), a.ID, org.Role, "r") }))
		misses(b, org.PrincipalMissing, func(r store.Reader) (org.Principal, error) { return r.Principal(b.Context(), "none") })
		misses(b, org.PrincipalMissing, func(r store.Reader) (org.Principal, error) { return r.PrincipalNamed(b.Context(), a.ID, org.User, "r") })
		misses(b, org.PrincipalMissing, func(r store.Reader) (org.Principal, error) { return r.PrincipalNamed(b.Context(), a.ID, org.Role, "R") })
		misses(b, org.PrincipalMissing, func(r store.Reader) (org.Principal, error) {
			return r.PrincipalNamed(b.Context(), "none", org.Role, "r")
		})
	}},
	{"an account has one principal of a kind and name", func(b bench) {
		a, other := b.account(org.Organization{}, "", start), b.account(org.Organization{}, "", start)
		p := b.principal(a, org.Role, "r")
		b.principal(a, org.User, "r")
		b.principal(a, org.Role, "R")
		b.principal(other, org.Role, "r")
		twin := p
		twin.ID = "twin"
		b.fails(org.PrincipalExists, func(tx store.Tx) error { return tx.InsertPrincipal(b.Context(), twin) })
		twin.Name = "free"
		twin.ID = p.ID
		b.fails(org.ConcurrentModification, func(tx store.Tx) error { return tx.InsertPrincipal(b.Context(), twin) })
	}},
	{"principals are listed by kind and name, byte by byte", func(b bench) {
		a := b.account(org.Organization{}, "", start)
		for _, name := range []string{"b", "é", "B", "_", "a"} {
			b.principal(a, org.User, name)
		}
		b.principal(a, org.Role, "z")
		b.principal(a, org.RootUser, "")
		found := read(b, func(r store.Reader) ([]org.Principal, error) { return r.Principals(b.Context(), a.ID) })
		b.equal([]string{"z", "", "B", "_", "a", "b", "é"}, ids(found, func(p org.Principal) string { return p.Name }))
		b.equal(0, len(read(b, func(r store.Reader) ([]org.Principal, error) { return r.Principals(b.Context(), "none") })))
	}},
	{"a key comes back as it was and goes with its principal", func(b bench) {
		a := b.account(org.Organization{}, "", start)
		p := b.principal(a, org.User, "u")
		k := org.Key{ID: org.KeyID(id("AKIA")), AccountID: a.ID, PrincipalID: p.ID, Sealed: []byte{0, 1, 255}, Status: org.KeyActive, CreatedAt: start}
		get := func(r store.Reader) (org.Key, error) { return r.Key(b.Context(), k.ID) }
		misses(b, org.KeyMissing, get)
		b.update(func(tx store.Tx) error { return tx.InsertKey(b.Context(), k) })
		b.equal(k, read(b, get))
		b.fails(org.ConcurrentModification, func(tx store.Tx) error { return tx.InsertKey(b.Context(), k) })
		for range 2 {
			b.update(func(tx store.Tx) error { return tx.DeletePrincipal(b.Context(), p.ID) })
		}
		misses(b, org.KeyMissing, get)
	}},
}
