package controlplane_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/polity-cloud/polity/internal/org"
)

// wanderer carries out random deeds and holds the organization against what must be true of it whatever was done.
type wanderer struct {
	*estate
	units    []org.UnitID // the root first
	accounts []org.AccountID
	version  int64
	events   int
	made     int
}

// all reads every unit and member.
func (w *wanderer) all(t *rapid.T) ([]org.Unit, []org.Account, map[org.AccountID][]org.UnitID) {
	ctx := context.Background()
	units, err := w.plane.ListUnits(ctx, w.admin, "", org.Page{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	accounts, err := w.plane.ListAccounts(ctx, w.admin, "", org.Page{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var us []org.Unit
	for _, u := range units.Units {
		us = append(us, u.Unit)
	}
	var as []org.Account
	paths := map[org.AccountID][]org.UnitID{}
	for _, a := range accounts.Accounts {
		as, paths[a.ID] = append(as, a.Account), a.Path
	}
	return us, as, paths
}

func (w *wanderer) check(t *rapid.T) {
	units, accounts, paths := w.all(t)
	if len(units) != len(w.units)-1 || len(accounts) != len(w.accounts) {
		t.Fatalf("%d units and %d accounts, %d and %d were made", len(units), len(accounts), len(w.units)-1, len(w.accounts))
	}
	depth, siblings := map[org.UnitID]int{w.root: 0}, map[string]bool{}
	for _, u := range units {
		depth[u.ID] = u.Depth
	}
	for _, u := range units {
		above, ok := depth[u.ParentID]
		if !ok || u.Depth != above+1 || u.Depth > 5 {
			t.Fatalf("%s stands %d deep below %q", u.ID, u.Depth, u.ParentID)
		}
		if key := string(u.ParentID) + "/" + u.Name; siblings[key] {
			t.Fatalf("two units %s", key)
		} else {
			siblings[key] = true
		}
	}
	for _, a := range accounts {
		if _, ok := depth[a.ParentID]; !ok {
			t.Fatalf("%s stands below %q", a.ID, a.ParentID)
		}
		if path := paths[a.ID]; path[0] != w.root || path[len(path)-1] != a.ParentID || len(path) != depth[a.ParentID]+1 {
			t.Fatalf("the path of %s is %v", a.ID, path)
		}
	}
}

// after holds one deed against the law of versions: a success makes the next one and an event in it, a refusal neither.
func (w *wanderer) after(t *rapid.T, err error) {
	version, events := w.estate.version(), w.estate.events(0)
	if err != nil {
		if org.ReasonOf(err) == org.InternalFault {
			t.Fatal(err)
		}
		if version != w.version || len(events) != w.events {
			t.Fatalf("a refusal (%v) went from version %d to %d", err, w.version, version)
		}
		return
	}
	if version <= w.version || len(events) <= w.events {
		t.Fatalf("a change went from version %d to %d, with %d more events", w.version, version, len(events)-w.events)
	}
	for i := 1; i < len(events); i++ {
		a, b := events[i-1], events[i]
		if b.Version < a.Version || b.Version == a.Version && b.Index != a.Index+1 || b.Version > a.Version && b.Index != 0 {
			t.Fatalf("event %d.%d follows %d.%d", b.Version, b.Index, a.Version, a.Index)
		}
	}
	w.version, w.events = version, len(events)
}

func TestWhateverIsDoneTheTreeStaysATree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		e := newEstate(t)
		w := &wanderer{estate: e, units: []org.UnitID{e.root}, accounts: []org.AccountID{e.admin.AccountID}, version: e.version(), events: 1}
		ctx := context.Background()
		anyUnit := func() org.UnitID { return rapid.SampledFrom(append(slices.Clone(w.units), "ou-no")).Draw(rt, "unit") }
		anyAccount := func() org.AccountID {
			return rapid.SampledFrom(append(slices.Clone(w.accounts), "999999999999")).Draw(rt, "account")
		}
		rt.Repeat(map[string]func(*rapid.T){
			"": w.check,
			"create a unit": func(rt *rapid.T) {
				e.pass(time.Second)
				u, err := w.plane.CreateUnit(ctx, w.admin, anyUnit(), rapid.SampledFrom([]string{"a", "b", ""}).Draw(rt, "name"), nil)
				w.after(rt, err)
				if err == nil {
					w.units = append(w.units, u.ID)
				}
			},
			"create an account": func(rt *rapid.T) {
				w.made++
				w.accounts = append(w.accounts, e.account(fmt.Sprint("n", w.made)))
				w.after(rt, nil)
			},
			"move an account": func(rt *rapid.T) {
				id, from, to := anyAccount(), anyUnit(), anyUnit()
				if a, err := w.plane.GetAccount(ctx, w.admin, id); err == nil && rapid.Bool().Draw(rt, "from where it is") {
					from = a.ParentID
				}
				w.after(rt, w.plane.MoveAccount(ctx, w.admin, id, from, to))
			},
			"tag": func(rt *rapid.T) {
				key := rapid.SampledFrom([]string{"a", "b", "aws:x"}).Draw(rt, "key")
				w.after(rt, w.plane.Tag(ctx, w.admin, org.Resource(anyUnit()), []org.Tag{{Key: key}}))
			},
			"untag": func(rt *rapid.T) {
				w.after(rt, w.plane.Untag(ctx, w.admin, org.Resource(anyAccount()), []string{"a"}))
			},
		})
	})
}
