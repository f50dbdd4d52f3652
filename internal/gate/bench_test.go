package gate_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
)

// BenchmarkAWS compares a long-term key, which is read from the store, with a temporary one, which is not.
func BenchmarkAWS(b *testing.B) {
	w := gatetest.NewWorld(b, false)
	user := w.Mint(org.AWS, "")
	issued, err := w.SessionToken(b.Context(), user.Caller, 3600e9)
	if err != nil {
		b.Fatal(err)
	}
	auth := gate.New(w.Plane, gate.Verify, gatetest.Wall).AWS("sts")
	for name, key := range map[string]gatetest.Key{"long-term": gatetest.KeyOf(user), "temporary": gatetest.KeyOfIssued(issued)} {
		b.Run(name, func(b *testing.B) {
			r := newRequest(b.Context())
			gatetest.AWS(r, body, key, "us-east-1", "sts", gatetest.Start)
			for b.Loop() {
				if _, err := auth(b.Context(), r, []byte(body)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
