package controlplane

import (
	"context"
	"slices"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// ListClosedMembers lists the members that are closed or being closed, in the order of their joining; those in the given states only, when there are
// any.
func (p *Plane) ListClosedMembers(ctx context.Context, c org.Caller, states ...org.AccountState) ([]org.ClosedMember, error) {
	if len(states) == 0 {
		states = []org.AccountState{org.AccountPendingClosure, org.AccountClosed}
	}
	return view(ctx, p, func(r store.Reader) ([]org.ClosedMember, error) {
		o, err := p.authorize(ctx, r, c, managementOrDelegate, "organizations:ListCloseAccountStatuses")
		if err != nil {
			return nil, err
		}
		found, err := r.ClosedMembers(ctx, o.ID)
		if err != nil {
			return nil, err
		}
		return slices.DeleteFunc(found, func(m org.ClosedMember) bool { return !slices.Contains(states, m.Account.State) }), nil
	})
}
