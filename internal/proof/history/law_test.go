package history

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// rows are an organization as the database has it.
type rows struct {
	o        org.Organization
	units    []org.Unit // the root first
	accounts []org.Account
	attached []org.Attachment
	policies []org.Policy
	running  int
	events   []org.Event
}

func (r *round) read(t *testing.T) (out rows) {
	t.Helper()
	ctx := t.Context()
	err := r.store.View(ctx, func(s store.Reader) (err error) {
		out = rows{}
		if out.o, err = s.Organization(ctx, r.id); err != nil {
			return err
		}
		root, err := s.Unit(ctx, r.id, out.o.RootID)
		if err != nil {
			return err
		}
		if out.units, _, err = s.Units(ctx, r.id, "", page); err != nil {
			return err
		}
		out.units = append([]org.Unit{root}, out.units...)
		if out.accounts, _, err = s.Accounts(ctx, r.id, "", page); err != nil {
			return err
		}
		if out.attached, err = s.AllAttachments(ctx, r.id, org.ServiceControl); err != nil {
			return err
		}
		if out.policies, _, err = s.Policies(ctx, r.id, org.ServiceControl, page); err != nil {
			return err
		}
		if out.running, err = s.CountCreations(ctx, r.id); err != nil {
			return err
		}
		out.events, err = s.Events(ctx, r.id, 0, -1, 1<<20)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// obey holds the rows against the laws of the tree.
func (r *round) obey(t *testing.T) {
	t.Helper()
	s := r.rows
	if len(s.units)-1 > quotas.Units || len(s.accounts) > quotas.Accounts || s.running > 0 {
		t.Errorf("%d units, %d accounts, %d creations in progress", len(s.units)-1, len(s.accounts), s.running)
	}
	s.tree(t)
	s.bounds(t)
	s.whole(t, r)
	s.feed(t)
}

// tree finds the way from every unit and account up to the root.
func (s rows) tree(t *testing.T) {
	t.Helper()
	byID, siblings := map[org.UnitID]org.Unit{}, map[org.Unit]bool{}
	for _, u := range s.units {
		if _, twice := byID[u.ID]; twice {
			t.Errorf("the unit %s is there twice", u.ID)
		}
		byID[u.ID] = u
		sibling := org.Unit{ParentID: u.ParentID, Name: u.Name}
		if siblings[sibling] {
			t.Errorf("two units %q stand below %s", u.Name, u.ParentID)
		}
		siblings[sibling] = true
	}
	// steps counts the way up, and is too many for one that does not lead there.
	steps := func(id org.UnitID) int {
		for n := range deepest + 1 {
			u, found := byID[id]
			if !found {
				break
			}
			if u.IsRoot() {
				return n
			}
			id = u.ParentID
		}
		return deepest + 1
	}
	for _, u := range s.units {
		if n := steps(u.ID); n > deepest || n != u.Depth {
			t.Errorf("%s is %d steps from the root and says %d", u.ID, n, u.Depth)
		}
	}
	seen := map[org.AccountID]bool{}
	for _, a := range s.accounts {
		if seen[a.ID] || steps(a.ParentID) > deepest {
			t.Errorf("%s stands below %q, which does not lead to the root, or is there twice", a.ID, a.ParentID)
		}
		seen[a.ID] = true
	}
}

// bounds counts what is attached to each node: at least one policy and at most ten, all of them existing.
func (s rows) bounds(t *testing.T) {
	t.Helper()
	count, exists := map[string]int{}, map[org.PolicyID]bool{own: true}
	for _, p := range s.policies {
		exists[p.ID] = true
	}
	for _, u := range s.units {
		count[string(u.ID)] = 0
	}
	for _, a := range s.accounts {
		count[string(a.ID)] = 0
	}
	for _, a := range s.attached {
		if _, node := count[a.TargetID]; !node || !exists[a.PolicyID] {
			t.Errorf("%s is attached to %s, and one of them does not exist", a.PolicyID, a.TargetID)
		}
		count[a.TargetID]++
	}
	for target, n := range count {
		if n < 1 || n > mostOfType {
			t.Errorf("%d policies are attached to %s", n, target)
		}
	}
}
