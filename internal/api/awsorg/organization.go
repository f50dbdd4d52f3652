package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsjson"
)

func (a *API) createOrganization(ctx context.Context, in *CreateOrganizationRequest) (*CreateOrganizationResponse, error) {
	features := org.FeatureSet(in.FeatureSet)
	if features == "" {
		features = org.AllFeatures
	}
	o, err := a.plane.CreateOrganization(ctx, identity.Caller(ctx), features)
	if err != nil {
		return nil, err
	}
	return &CreateOrganizationResponse{Organization: organization(o)}, nil
}

func (a *API) describeOrganization(ctx context.Context, _ *awsjson.Empty) (*DescribeOrganizationResponse, error) {
	o, err := a.plane.GetOrganization(ctx, identity.Caller(ctx))
	if err != nil {
		return nil, err
	}
	return &DescribeOrganizationResponse{Organization: organization(o)}, nil
}

func (a *API) deleteOrganization(ctx context.Context, _ *awsjson.Empty) error {
	return a.plane.DeleteOrganization(ctx, identity.Caller(ctx))
}

func (a *API) listRoots(ctx context.Context, in *ListRootsRequest) (*ListRootsResponse, error) {
	if in.NextToken != "" {
		return nil, org.E(org.PageTokenInvalid) // there is one root, so no list of them was ever cut
	}
	r, err := a.plane.GetRoot(ctx, identity.Caller(ctx))
	if err != nil {
		return nil, err
	}
	return &ListRootsResponse{Roots: []Root{root(r)}}, nil
}

// organization writes AvailablePolicyTypes as AWS does: deprecated, SCPs alone, and "available" rather than enabled in the root.
func organization(o controlplane.Organization) *Organization {
	out := &Organization{
		ID: string(o.ID), ARN: arn(o.Organization, "organization"), FeatureSet: OrganizationFeatureSet(o.FeatureSet),
		MasterAccountID: string(o.ManagementID), MasterAccountARN: accountARN(o.Organization, o.ManagementID), MasterAccountEmail: o.Management.Email,
		AvailablePolicyTypes: []PolicyTypeSummary{},
	}
	if o.FeatureSet == org.AllFeatures {
		out.AvailablePolicyTypes = []PolicyTypeSummary{{Type: PolicyTypeServiceControlPolicy, Status: PolicyTypeStatusEnabled}}
	}
	return out
}
