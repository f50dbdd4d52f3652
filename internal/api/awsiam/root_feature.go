package awsiam

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsquery"
)

type organizationsFeatures struct {
	OrganizationID  string `xml:"OrganizationId"`
	EnabledFeatures awsquery.List[string]
}

func featuresOf(f controlplane.RootFeatures) organizationsFeatures {
	out := organizationsFeatures{OrganizationID: string(f.OrganizationID)}
	for _, on := range f.Enabled {
		out.EnabledFeatures.Member = append(out.EnabledFeatures.Member, string(on))
	}
	return out
}

func (a *API) listOrganizationsFeatures(ctx context.Context, _ *awsquery.Form) (any, error) {
	on, err := a.plane.ListRootFeatures(ctx, identity.Caller(ctx))
	if err != nil {
		return nil, err
	}
	return featuresOf(on), nil
}

// switchFeature is the operation that turns a feature on or off. Each has one feature, and no parameters.
func (a *API) switchFeature(deed func(context.Context, org.Caller, org.RootFeature) (controlplane.RootFeatures, error), f org.RootFeature) awsquery.Operation {
	return func(ctx context.Context, _ *awsquery.Form) (any, error) {
		on, err := deed(ctx, identity.Caller(ctx), f)
		if err != nil {
			return nil, err
		}
		return featuresOf(on), nil
	}
}
