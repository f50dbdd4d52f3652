package controlplane

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// overturn carries out a change of the policies that the targets have, and sees to the accounts whose effective policy turns.
func (p *Plane) overturn(ctx context.Context, tx store.Tx, o org.Organization, rule *org.PolicyRule, targets []string, change func() error) error {
	if !rule.Inherited || len(targets) == 0 {
		return change()
	}
	t := &turn{p: p, tx: tx, o: o, rule: rule, before: p.heritage(tx, o, rule), after: p.heritage(tx, o, rule)}
	if len(targets) == 1 {
		if a, err := member(ctx, tx, o, org.AccountID(targets[0])); err == nil {
			if _, err := t.before.account(ctx, a); err != nil {
				return err
			}
			if err := change(); err != nil {
				return err
			}
			return t.judge(ctx, a)
		}
	}
	if err := t.before.survey(ctx); err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	if err := t.after.survey(ctx); err != nil {
		return err
	}
	return t.judgeBelow(ctx, targets)
}

// A turn is a change seen from both sides.
type turn struct {
	p      *Plane
	tx     store.Tx
	o      org.Organization
	rule   *org.PolicyRule
	before *heritage
	after  *heritage
}

// judgeBelow looks at those accounts below the targets, or among them, whose effective policy may have turned: those that had an invalid one, those with
// policies of their own, and all in units where what they inherit is invalid. The others have what their unit has, and that is valid as it was.
func (t *turn) judgeBelow(ctx context.Context, targets []string) error {
	tops, suspects := map[org.UnitID]bool{}, map[org.AccountID]bool{}
	for _, id := range targets {
		tops[org.UnitID(id)] = true
	}
	for id := range t.after.attached {
		suspects[org.AccountID(id)] = true
	}
	for id := range t.before.attached {
		suspects[org.AccountID(id)] = true
	}
	if err := t.eachKept(ctx, func(k org.KeptPolicy) { suspects[k.AccountID] = true }); err != nil {
		return err
	}
	for id := range t.after.parents {
		delete(suspects, org.AccountID(id))
		l, err := t.after.unit(ctx, id)
		if err != nil {
			return err
		}
		if !t.after.within(id, tops) || len(l.state.ValidationErrors()) == 0 {
			continue
		}
		if err := t.eachMember(ctx, id, func(a org.Account) { suspects[a.ID] = true }); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(suspects)) {
		a, err := member(ctx, t.tx, t.o, id)
		if err != nil {
			return err
		}
		if tops[org.UnitID(id)] || t.after.within(a.ParentID, tops) {
			if err := t.judge(ctx, a); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *turn) eachKept(ctx context.Context, visit func(org.KeptPolicy)) error {
	return eachOf(func(p org.Page) ([]org.KeptPolicy, string, error) {
		return t.tx.KeptPolicies(ctx, t.o.ID, t.rule.Type, p)
	}, visit)
}

func (t *turn) eachMember(ctx context.Context, parent org.UnitID, visit func(org.Account)) error {
	return eachOf(func(p org.Page) ([]org.Account, string, error) { return t.tx.Accounts(ctx, t.o.ID, parent, p) }, visit)
}

// eachOf visits all of a list.
func eachOf[T any](list func(org.Page) ([]T, string, error), visit func(T)) error {
	page := org.Page{Limit: 1000}
	for {
		found, next, err := list(page)
		if err != nil {
			return err
		}
		for _, v := range found {
			visit(v)
		}
		if page.After = next; next == "" {
			return nil
		}
	}
}

// judge looks at one account whose place did not change.
func (t *turn) judge(ctx context.Context, a org.Account) error {
	return t.settle(ctx, a, func() (string, time.Time, error) {
		l, err := t.before.account(ctx, a)
		if err != nil {
			return "", time.Time{}, err
		}
		at, err := t.before.updatedAt(ctx, a)
		return l.state.Effective().Content, at, err
	})
}
