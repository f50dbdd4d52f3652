package awsaccount

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// pageSize is the largest page of ListRegions, and the one that is given unless a smaller one is asked for.
const pageSize = 50

func (a *API) listRegions(ctx context.Context, in *ListRegionsRequest) (*ListRegionsResponse, error) {
	c := identity.Caller(ctx)
	states := make([]org.RegionStatus, len(in.RegionOptStatusContains))
	scope := Name + "\x00ListRegions\x00" + string(c.AccountID) + "\x00" + in.AccountID
	for i, s := range in.RegionOptStatusContains {
		states[i] = org.RegionStatus(s)
		scope += "\x00" + string(s)
	}
	page := org.Page{Limit: in.MaxResults}
	if page.Limit == 0 {
		page.Limit = pageSize
	}
	if in.NextToken != "" {
		after, err := a.tokens.Open(scope, in.NextToken)
		if err != nil {
			return nil, org.Errorf(org.PageTokenInvalid, "the NextToken is not valid for this request")
		}
		page.After = after
	}
	found, err := a.plane.ListRegions(ctx, c, org.AccountID(in.AccountID), states, page)
	if err != nil {
		return nil, err
	}
	out := &ListRegionsResponse{}
	for _, g := range found.Regions {
		out.Regions = append(out.Regions, Region{RegionName: g.Name, RegionOptStatus: RegionOptStatus(g.Status)})
	}
	if found.Next != "" {
		out.NextToken = a.tokens.Seal(scope, found.Next)
	}
	return out, nil
}

func (a *API) getRegionOptStatus(ctx context.Context, in *GetRegionOptStatusRequest) (*GetRegionOptStatusResponse, error) {
	g, err := a.plane.GetRegion(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), in.RegionName)
	if err != nil {
		return nil, err
	}
	return &GetRegionOptStatusResponse{RegionName: g.Name, RegionOptStatus: RegionOptStatus(g.Status)}, nil
}

func (a *API) enableRegion(ctx context.Context, in *EnableRegionRequest) error {
	return a.plane.SwitchRegion(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), in.RegionName, true)
}

func (a *API) disableRegion(ctx context.Context, in *DisableRegionRequest) error {
	return a.plane.SwitchRegion(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), in.RegionName, false)
}
