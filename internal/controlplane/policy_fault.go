package controlplane

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy/inherit"
	"github.com/polity-cloud/polity/internal/store"
)

// A PolicyFault says what is wrong with an effective policy.
type PolicyFault struct {
	Code     string
	Message  string
	Path     string // within the policy
	Policies []org.PolicyID
}

func policyFaults(state inherit.State) []PolicyFault {
	var out []PolicyFault
	for _, e := range state.ValidationErrors() {
		f := PolicyFault{Code: string(e.Code), Message: e.Message, Path: e.Path}
		for _, id := range e.Policies {
			f.Policies = append(f.Policies, org.PolicyID(id))
		}
		out = append(out, f)
	}
	return out
}

// PolicyFaults is a page of what is wrong with an account's effective policy. Next is empty on the last one.
type PolicyFaults struct {
	Account     Account
	EvaluatedAt time.Time
	Faults      []PolicyFault
	Next        string
}

// ListPolicyFaults tells what is wrong with the effective policy of an account: nothing, when it is valid. It fails with AllFeaturesRequired,
// AccountMissing, and EffectivePolicyMissing as GetEffectivePolicy does.
func (p *Plane) ListPolicyFaults(ctx context.Context, c org.Caller, t org.PolicyType, id org.AccountID, page org.Page) (PolicyFaults, error) {
	return view(ctx, p, func(r store.Reader) (PolicyFaults, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, "organizations:ListEffectivePolicyValidationErrors", page, onAccount(id), ofType(t))
		if err != nil {
			return PolicyFaults{}, err
		}
		if err := org.CheckAllFeatures(o); err != nil {
			return PolicyFaults{}, err
		}
		a, err := member(ctx, r, o, id)
		if err != nil {
			return PolicyFaults{}, err
		}
		h, err := p.heritageOf(ctx, r, o, t)
		if err != nil {
			return PolicyFaults{}, err
		}
		found, err := h.faults(ctx, a, page)
		found.Next = cursor(o, found.Next)
		return found, err
	})
}

func (h *heritage) faults(ctx context.Context, a org.Account, page org.Page) (PolicyFaults, error) {
	l, err := h.account(ctx, a)
	if err != nil {
		return PolicyFaults{}, err
	}
	if !l.state.Effective().Exists {
		return PolicyFaults{}, org.Errorf(org.EffectivePolicyMissing, "the account %s inherits no policy of that type", a.ID)
	}
	out := PolicyFaults{Account: Account{Organization: h.o, Account: a}, Faults: policyFaults(l.state)}
	if out.Account.Path, err = paths(h.r, h.o).to(ctx, a.ParentID); err != nil {
		return PolicyFaults{}, err
	}
	if out.EvaluatedAt, err = h.updatedAt(ctx, a); err != nil {
		return PolicyFaults{}, err
	}
	out.Faults, out.Next, err = cut(out.Faults, page)
	return out, err
}

// cut makes a page of a list that is made anew each time. Its cursor is the number of items that were seen.
func cut[T any](all []T, page org.Page) ([]T, string, error) {
	seen := 0
	if page.After != "" {
		var err error
		if seen, err = strconv.Atoi(page.After); err != nil || seen < 0 {
			return nil, "", org.Errorf(org.PageTokenInvalid, "the page token is not one of this service")
		}
	}
	all = all[min(seen, len(all)):]
	if len(all) <= page.Limit {
		return all, "", nil
	}
	return slices.Clone(all[:page.Limit]), strconv.Itoa(seen + page.Limit), nil
}
