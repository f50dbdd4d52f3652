package controlplane

import (
	"context"
	"slices"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// A ClosedMember is a member that is closed or being closed, with the request for it.
type ClosedMember struct {
	org.Account
	org.Closure
}

// ChangedAt is when the closing last went on.
func (m ClosedMember) ChangedAt() time.Time {
	if m.CompletedAt.IsZero() {
		return m.RequestedAt
	}
	return m.CompletedAt
}

// ListClosedMembers lists the members that are closed or being closed, in the order of their joining; those in the given states only, when there are
// any.
func (p *Plane) ListClosedMembers(ctx context.Context, c org.Caller, states ...org.AccountState) ([]ClosedMember, error) {
	if len(states) == 0 {
		states = []org.AccountState{org.AccountPendingClosure, org.AccountClosed}
	}
	return view(ctx, p, func(r store.Reader) ([]ClosedMember, error) {
		o, err := p.authorize(ctx, r, c, managementOrDelegate, "organizations:ListCloseAccountStatuses")
		if err != nil {
			return nil, err
		}
		var found []org.Account
		err = eachOf(func(page org.Page) ([]org.Account, string, error) { return r.Accounts(ctx, o.ID, "", page) }, func(a org.Account) {
			if slices.Contains(states, a.State) {
				found = append(found, a)
			}
		})
		if err != nil {
			return nil, err
		}
		out := make([]ClosedMember, len(found))
		for i, a := range found {
			n, err := r.Closure(ctx, o.ID, a.ID)
			if err != nil {
				return nil, err
			}
			out[i] = ClosedMember{Account: a, Closure: n}
		}
		return out, nil
	})
}
