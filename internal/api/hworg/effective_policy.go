package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// ShowEffectivePolicies returns what the tag policies above and on an account come to. The name is the vendor's: it is one policy, told flat.
func (a *API) ShowEffectivePolicies(ctx context.Context, in ShowEffectivePoliciesRequestObject) (ShowEffectivePoliciesResponseObject, error) {
	found, err := a.plane.GetEffectivePolicy(ctx, identity.Caller(ctx), org.TagPolicy, in.Params.EntityID)
	if err != nil {
		return nil, err
	}
	return ShowEffectivePolicies200JSONResponse{
		EntityID: string(found.AccountID), PolicyType: EffectivePolicyTypeTagPolicy, PolicyContent: found.Content, LastUpdatedAt: hwrest.Time(found.UpdatedAt),
	}, nil
}
