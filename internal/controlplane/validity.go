package controlplane

import (
	"context"
	"encoding/json"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// An account whose effective policy becomes invalid keeps the last valid one (User Guide, "Effective management policies"). So every change that could make
// one invalid, or valid again, looks at the accounts that it may concern, in its own transaction.

// PolicyState says whether an account's effective policy is valid, in events.
type PolicyState string

// The states of an effective policy.
const (
	PolicyValid   PolicyState = "VALID"
	PolicyInvalid PolicyState = "INVALID"
)

// settle keeps the last valid policy of an account whose present one is invalid, and forgets it once the present one is valid. Either turn is an event.
func (t *turn) settle(ctx context.Context, a org.Account, last func() (string, time.Time, error)) error {
	l, err := t.after.account(ctx, a)
	if err != nil {
		return err
	}
	faults := policyFaults(l.state)
	_, err = t.tx.KeptPolicy(ctx, t.o.ID, t.rule.Type, a.ID)
	if err != nil && org.ReasonOf(err) != org.EffectivePolicyMissing {
		return err
	}
	switch kept := err == nil; {
	case len(faults) > 0 && !kept:
		content, at, err := last()
		if err != nil {
			return err
		}
		err = t.tx.KeepPolicy(ctx, org.KeptPolicy{
			OrganizationID: t.o.ID, Type: t.rule.Type, AccountID: a.ID, Content: content, UpdatedAt: at, KeptAt: t.p.now(),
		})
		if err != nil {
			return err
		}
		return t.tell(ctx, a, PolicyInvalid, faults)
	case len(faults) == 0 && kept:
		if err := t.tx.DropKeptPolicy(ctx, t.o.ID, t.rule.Type, a.ID); err != nil {
			return err
		}
		return t.tell(ctx, a, PolicyValid, nil)
	}
	return nil
}

// tell writes the event that CloudTrail knows as EffectivePolicyValidation.
func (t *turn) tell(ctx context.Context, a org.Account, state PolicyState, faults []PolicyFault) error {
	path, err := paths(t.tx, t.o).to(ctx, a.ParentID)
	if err != nil {
		return err
	}
	detail := map[string]string{
		"policyType": string(t.rule.Type), "state": string(state), "path": joinUnits(path), "at": t.p.now().Format(time.RFC3339Nano),
		"managementId": string(t.o.ManagementID),
	}
	if len(faults) > 0 {
		text, err := json.Marshal(faults)
		if err != nil {
			return err
		}
		detail["faults"] = string(text)
	}
	return t.p.record(ctx, t.tx, t.o, org.EffectivePolicyValidated, org.Caller{}, string(a.ID), detail)
}

// joinUnits writes a way through the tree as events and condition keys have it.
func joinUnits(path []org.UnitID) string {
	out := ""
	for _, u := range path {
		out += string(u) + "/"
	}
	return out
}
