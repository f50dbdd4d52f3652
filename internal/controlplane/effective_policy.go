package controlplane

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// An EffectivePolicy is what the policies of a type come to for an account.
type EffectivePolicy struct {
	AccountID org.AccountID
	Type      org.PolicyType
	Content   string
	UpdatedAt time.Time
}

// GetEffectivePolicy returns the effective policy of an account, by default the caller's, of which every member may ask. As long as it is
// invalid, that is the last valid one. It fails with AllFeaturesRequired, TargetRefused for a unit or the root, TargetMissing, and
// EffectivePolicyMissing when the type is not enabled or there is nothing to inherit.
func (p *Plane) GetEffectivePolicy(ctx context.Context, c org.Caller, t org.PolicyType, target string) (EffectivePolicy, error) {
	may := managementOrDelegate
	if target == "" || target == string(c.AccountID) {
		may, target = anyMember, string(c.AccountID)
	}
	return view(ctx, p, func(r store.Reader) (EffectivePolicy, error) {
		o, err := p.authorize(ctx, r, c, may, "organizations:DescribeEffectivePolicy", onAny(target), ofType(t))
		if err != nil {
			return EffectivePolicy{}, err
		}
		if err := org.CheckAllFeatures(o); err != nil {
			return EffectivePolicy{}, err
		}
		if _, err := r.Unit(ctx, o.ID, org.UnitID(target)); err == nil {
			return EffectivePolicy{}, org.Errorf(org.TargetRefused, "only accounts have effective policies")
		}
		a, err := member(ctx, r, o, org.AccountID(target))
		if err != nil {
			return EffectivePolicy{}, instead(err, org.AccountMissing, org.TargetMissing)
		}
		h, err := p.heritageOf(ctx, r, o, t)
		if err != nil {
			return EffectivePolicy{}, err
		}
		return h.effective(ctx, a)
	})
}

// heritageOf fails with EffectivePolicyMissing for a type that is off, or that nothing is inherited of.
func (p *Plane) heritageOf(ctx context.Context, r store.Reader, o org.Organization, t org.PolicyType) (*heritage, error) {
	rule, err := p.enabledRule(ctx, r, o, t)
	if err != nil {
		return nil, instead(err, org.PolicyTypeDisabled, org.EffectivePolicyMissing)
	}
	if !rule.Inherited {
		return nil, org.Errorf(org.EffectivePolicyMissing, "policies of the type %s are not inherited", t)
	}
	return p.heritage(r, o, rule), nil
}

// effective returns what the account goes by.
func (h *heritage) effective(ctx context.Context, a org.Account) (EffectivePolicy, error) {
	out := EffectivePolicy{AccountID: a.ID, Type: h.rule.Type}
	kept, err := h.r.KeptPolicy(ctx, h.o.ID, h.rule.Type, a.ID)
	if err == nil {
		out.Content, out.UpdatedAt = kept.Content, kept.UpdatedAt
	} else {
		if org.ReasonOf(err) != org.EffectivePolicyMissing {
			return EffectivePolicy{}, err
		}
		l, err := h.account(ctx, a)
		if err != nil {
			return EffectivePolicy{}, err
		}
		out.Content = l.state.Effective().Content
		if out.UpdatedAt, err = h.updatedAt(ctx, a); err != nil {
			return EffectivePolicy{}, err
		}
	}
	if out.Content == "" {
		return EffectivePolicy{}, org.Errorf(org.EffectivePolicyMissing, "the account %s inherits no policy of that type", a.ID)
	}
	return out, nil
}

// ListInvalid lists the accounts whose effective policy of a type is invalid, longest first. It fails with AllFeaturesRequired and
// EffectivePolicyMissing when the type is not enabled.
func (p *Plane) ListInvalid(ctx context.Context, c org.Caller, t org.PolicyType, page org.Page) (Accounts, error) {
	return view(ctx, p, func(r store.Reader) (Accounts, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, "organizations:ListAccountsWithInvalidEffectivePolicy", page, ofType(t))
		if err != nil {
			return Accounts{}, err
		}
		if err := org.CheckAllFeatures(o); err != nil {
			return Accounts{}, err
		}
		if _, err := p.heritageOf(ctx, r, o, t); err != nil {
			return Accounts{}, err
		}
		found, next, err := r.KeptPolicies(ctx, o.ID, t, page)
		if err != nil {
			return Accounts{}, err
		}
		out, ways := Accounts{Next: cursor(o, next)}, paths(r, o)
		for _, k := range found {
			a, err := member(ctx, r, o, k.AccountID)
			if err != nil {
				return Accounts{}, err
			}
			path, err := ways.to(ctx, a.ParentID)
			if err != nil {
				return Accounts{}, err
			}
			out.Accounts = append(out.Accounts, Account{Organization: o, Account: a, Path: path})
		}
		return out, nil
	})
}
