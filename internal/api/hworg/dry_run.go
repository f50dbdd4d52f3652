package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// ShowDryRunConfig returns how policies of a type are tried out. Clients poll it until the status is "enabled" or "disabled".
func (a *API) ShowDryRunConfig(ctx context.Context, in ShowDryRunConfigRequestObject) (ShowDryRunConfigResponseObject, error) {
	q := in.Params
	found, err := a.plane.GetDryRun(ctx, identity.Caller(ctx), org.UnitID(q.RootID), policyTypeIn(PolicyType(q.PolicyType)))
	if err != nil {
		return nil, err
	}
	return ShowDryRunConfig200JSONResponse{Root: dryRun(found)}, nil
}

// UpdateDryRunConfig changes what the request names. A prefix that is there and empty is none from then on.
func (a *API) UpdateDryRunConfig(ctx context.Context, in UpdateDryRunConfigRequestObject) (UpdateDryRunConfigResponseObject, error) {
	b := in.Body
	change := org.DryRunChange{Bucket: b.BucketName, Region: b.RegionID, Prefix: b.BucketPrefix, Agency: b.AgencyName}
	if b.Status != nil {
		change.On = new(*b.Status == DryRunSwitchEnabled)
	}
	changed, err := a.plane.UpdateDryRun(ctx, identity.Caller(ctx), org.UnitID(b.RootID), policyTypeIn(PolicyType(b.PolicyType)), change)
	if err != nil {
		return nil, err
	}
	return UpdateDryRunConfig200JSONResponse{Root: dryRun(changed)}, nil
}

func dryRun(d controlplane.DryRun) DryRunConfigDto {
	return DryRunConfigDto{
		RootID: string(d.Organization.RootID), PolicyType: DryRunPolicyType(policyTypes[d.Type.InForce()]), Status: statusOf(d.On, d.Underway),
		BucketName: &d.Bucket, RegionID: &d.Region, BucketPrefix: &d.Prefix, AgencyName: &d.Agency,
		CreatedAt: hwrest.Time(d.CreatedAt), UpdatedAt: hwrest.Time(d.UpdatedAt),
	}
}
