package storetest

import (
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

var rootFeatures = []try{
	{"root features are on and off, each for itself and as often as one likes, and are listed by name", func(b bench) {
		o, other := b.organization(), b.organization()
		of := func(o org.Organization) []org.RootFeature {
			return read(b, func(r store.Reader) ([]org.RootFeature, error) { return r.RootFeatures(b.Context(), o.ID) })
		}
		b.equal(0, len(of(o)))
		for range 2 {
			for _, f := range []org.RootFeature{org.RootSessions, org.RootCredentials} {
				b.update(func(tx store.Tx) error { return tx.EnableRootFeature(b.Context(), o.ID, f) })
			}
		}
		b.equal([]org.RootFeature{org.RootCredentials, org.RootSessions}, of(o))
		b.equal(0, len(of(other)))
		b.update(func(tx store.Tx) error { return tx.EnableRootFeature(b.Context(), other.ID, org.RootCredentials) })
		for range 2 {
			b.update(func(tx store.Tx) error { return tx.DisableRootFeature(b.Context(), o.ID, org.RootCredentials) })
		}
		b.equal([]org.RootFeature{org.RootSessions}, of(o))
		b.equal([]org.RootFeature{org.RootCredentials}, of(other))
	}},
}
