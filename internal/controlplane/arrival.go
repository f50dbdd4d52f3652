package controlplane

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// arrive looks at the effective policies of a member that is new. One that is invalid from the start has nothing to keep.
func (p *Plane) arrive(ctx context.Context, tx store.Tx, o org.Organization, rules []*org.PolicyRule, target string) error {
	rules = inheritedOf(rules)
	if len(rules) == 0 {
		return nil
	}
	a, err := member(ctx, tx, o, org.AccountID(target))
	if org.ReasonOf(err) == org.AccountMissing {
		return nil // a unit, in which there is nobody yet
	}
	if err != nil {
		return err
	}
	for _, rule := range rules {
		t := &turn{p: p, tx: tx, o: o, rule: rule, after: p.heritage(tx, o, rule)}
		if err := t.settle(ctx, a, func() (string, time.Time, error) { return "", a.JoinedAt, nil }); err != nil {
			return err
		}
	}
	return nil
}

// moved carries out a change of an account's parent and sees to the effective policies that change with it.
func (p *Plane) moved(ctx context.Context, tx store.Tx, o org.Organization, from org.Account, to org.UnitID, change func() error) error {
	rules, err := enabledRules(ctx, tx, o)
	if err != nil {
		return err
	}
	for _, rule := range inheritedOf(rules) {
		if err := p.inheritAnew(ctx, tx, o, rule, from, to); err != nil {
			return err
		}
	}
	return change()
}

// inheritAnew settles one type for an account that is about to stand below another unit.
func (p *Plane) inheritAnew(ctx context.Context, tx store.Tx, o org.Organization, rule *org.PolicyRule, from org.Account, to org.UnitID) error {
	h := p.heritage(tx, o, rule)
	old, err := h.account(ctx, from)
	if err != nil {
		return err
	}
	moved := from
	moved.ParentID = to
	present, err := h.account(ctx, moved)
	if err != nil || present.key == old.key {
		return err
	}
	t := &turn{p: p, tx: tx, o: o, rule: rule, before: h, after: h}
	err = t.settle(ctx, moved, func() (string, time.Time, error) {
		at, err := h.updatedAt(ctx, from)
		return old.state.Effective().Content, at, err
	})
	if err != nil {
		return err
	}
	return tx.MarkPolicyChange(ctx, o.ID, rule.Type, string(from.ID), p.now())
}

func inheritedOf(rules []*org.PolicyRule) []*org.PolicyRule {
	var out []*org.PolicyRule
	for _, r := range rules {
		if r.Inherited {
			out = append(out, r)
		}
	}
	return out
}
