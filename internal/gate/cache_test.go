package gate

import (
	"strconv"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
)

func TestAKeyIsRememberedForASecond(t *testing.T) {
	t.Parallel()
	w, now := gatetest.NewWorld(t, false), time.Now()
	g := New(w.Plane, Verify, gatetest.Wall)
	g.keys.tick = func() time.Time { return now }
	key := w.Mint(org.AWS, "")
	known := func() bool {
		_, err := g.key(t.Context(), key.KeyID, "", false)
		return err == nil
	}
	if !known() {
		t.Fatal("a key in the store is unknown")
	}
	if err := w.Store.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	now = now.Add(keyLife - time.Nanosecond)
	if !known() {
		t.Error("the key was read again within a second")
	}
	now = now.Add(time.Nanosecond)
	if known() {
		t.Error("the key works a second after it was gone")
	}
}

func TestAMissIsNotRemembered(t *testing.T) {
	t.Parallel()
	w := gatetest.NewWorld(t, false)
	g := New(w.Plane, Verify, gatetest.Wall)
	const id = org.KeyID("AKIALATER00000000001")
	if _, err := g.key(t.Context(), id, "", false); org.ReasonOf(err) != org.KeyUnknown {
		t.Fatal(err)
	}
	if _, err := w.MintAccount(t.Context(), controlplane.Standalone{Partition: org.AWS, Key: id}); err != nil {
		t.Fatal(err)
	}
	if _, err := g.key(t.Context(), id, "", false); err != nil {
		t.Error(err)
	}
}

func TestForgetDropsEveryKey(t *testing.T) {
	t.Parallel()
	w := gatetest.NewWorld(t, false)
	g := New(w.Plane, Verify, gatetest.Wall)
	key := w.Mint(org.AWS, "")
	if _, err := g.key(t.Context(), key.KeyID, "", false); err != nil {
		t.Fatal(err)
	}
	g.keys.keep(key, time.Now().Add(time.Hour), g.keys.round)
	if err := w.Store.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	old := g.keys.round
	g.Forget()
	g.keys.keep(key, time.Now().Add(time.Hour), old) // read before Forget, kept after it
	if _, err := g.key(t.Context(), key.KeyID, "", false); org.ReasonOf(err) != org.KeyUnknown {
		t.Error(err)
	}
}

func TestTheCacheIsBounded(t *testing.T) {
	t.Parallel()
	c := keyCache{}
	for i := range maxKeys + 10 {
		c.keep(controlplane.Credentials{KeyID: org.KeyID(strconv.Itoa(i))}, time.Time{}, 0)
	}
	if n := len(c.keys); n == 0 || n > maxKeys {
		t.Errorf("%d keys", n)
	}
}
