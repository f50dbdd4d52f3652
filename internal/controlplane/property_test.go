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
}

// another is an estate in the same store, with an organization of its own.
func (e *estate) another() *estate {
	e.Helper()
	out := &estate{T: e.T, plane: e.plane, store: e.store, admin: e.stranger()}
	o, err := e.plane.CreateOrganization(e.Context(), out.admin, org.AllFeatures)
	if err != nil {
		e.Fatal(err)
	}
	out.id, out.root = o.ID, o.RootID
	return out
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
	version, events := w.estate.version(), w.estate.events(w.version)
	if err != nil {
		if org.ReasonOf(err) == org.InternalFault {
			t.Fatal(err)
		}
		if version != w.version || len(events) > 0 {
			t.Fatalf("a refusal (%v) went from version %d to %d, with %d events", err, w.version, version, len(events))
		}
		return
	}
	if version <= w.version || len(events) == 0 || events[len(events)-1].Version > version {
		t.Fatalf("a change went from version %d to %d, with %d events", w.version, version, len(events))
	}
	last := org.Event{Version: w.version, Index: -1}
	for _, e := range events {
		if e.Version == last.Version && e.Index != last.Index+1 || e.Version > last.Version && e.Index != 0 || e.Version < last.Version {
			t.Fatalf("event %d.%d follows %d.%d", e.Version, e.Index, last.Version, last.Index)
		}
		last = e
	}
	w.version = version
}

func TestWhateverIsDoneTheTreeStaysATree(t *testing.T) {
	t.Parallel()
	shared := lawless(t, org.AWS)
	made := 0
	rapid.Check(t, func(rt *rapid.T) {
		e := shared.another()
		w := &wanderer{estate: e, units: []org.UnitID{e.root}, accounts: []org.AccountID{e.admin.AccountID}, version: e.version()}
		ctx := context.Background()
		anyUnit := func() org.UnitID { return rapid.SampledFrom(append(slices.Clone(w.units), "ou-no")).Draw(rt, "unit") }
		anyAccount := func() org.AccountID {
			return rapid.SampledFrom(append(slices.Clone(w.accounts), "999999999999")).Draw(rt, "account")
		}
		rt.Repeat(map[string]func(*rapid.T){
			"create a unit": func(rt *rapid.T) {
				shared.pass(time.Second)
				u, err := w.plane.CreateUnit(ctx, w.admin, anyUnit(), rapid.SampledFrom([]string{"a", "b", ""}).Draw(rt, "name"), nil)
				w.after(rt, err)
				if err == nil {
					w.units = append(w.units, u.ID)
				}
			},
			"create an account": func(rt *rapid.T) {
				made++
				w.accounts = append(w.accounts, e.account(fmt.Sprint("n", made)))
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
		w.check(rt)
	})
}
