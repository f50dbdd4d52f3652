package controlplane

import (
	"context"
	"slices"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// Regions is a page of regions. Next is empty on the last one.
type Regions struct {
	Regions []org.Region
	Next    string
}

// ListRegions lists the regions of an account by name; those in the given states only, when there are any.
func (p *Plane) ListRegions(ctx context.Context, c org.Caller, id org.AccountID, states []org.RegionStatus, page org.Page) (Regions, error) {
	return look(ctx, p, c, id, "account:ListRegions", func(r store.Reader, a org.Account) (Regions, error) {
		all, err := regionsOf(ctx, r, a)
		if err != nil {
			return Regions{}, err
		}
		var out Regions
		for _, g := range all {
			if g.Name <= page.After || len(states) > 0 && !slices.Contains(states, g.Status) {
				continue
			}
			if len(out.Regions) == page.Limit {
				out.Next = out.Regions[page.Limit-1].Name
				break
			}
			out.Regions = append(out.Regions, g)
		}
		return out, nil
	})
}

// GetRegion returns a region of an account. It fails with RegionMissing.
func (p *Plane) GetRegion(ctx context.Context, c org.Caller, id org.AccountID, name string) (org.Region, error) {
	return look(ctx, p, c, id, "account:GetRegionOptStatus", func(r store.Reader, a org.Account) (org.Region, error) { return regionOf(ctx, r, a, name) })
}

// SwitchRegion begins to enable or to disable a region in an account; one that is there or on that way already is left alone. It fails with
// RegionMissing, RegionFixed and RegionBusy.
func (p *Plane) SwitchRegion(ctx context.Context, c org.Caller, id org.AccountID, name string, on bool) error {
	action, what := "account:DisableRegion", org.RegionDisableRequested
	if on {
		action, what = "account:EnableRegion", org.RegionEnableRequested
	}
	return p.alter(ctx, c, id, action, func(tx store.Tx, a org.Account) (org.EventName, map[string]string, error) {
		g, err := regionOf(ctx, tx, a, name)
		if err != nil {
			return "", nil, err
		}
		g, begun, err := g.Switch(on, p.now())
		detail := map[string]string{"regionName": name}
		if err != nil || !begun {
			return what, detail, err
		}
		if err := tx.PutRegion(ctx, g); err != nil {
			return "", nil, err
		}
		return what, detail, tx.Start(ctx, p.Mint.UUID(), org.SwitchRegion, string(a.ID)+"/"+name, g.ChangedAt)
	})
}

// FinishRegion ends the switching of a region. An account that is gone has none.
func (p *Plane) FinishRegion(ctx context.Context, tx store.Tx, id org.AccountID, name string) error {
	a, err := tx.LockAccount(ctx, id)
	if org.ReasonOf(err) == org.AccountMissing {
		return nil
	}
	if err != nil {
		return err
	}
	g, err := regionOf(ctx, tx, a, name)
	if err != nil {
		return err
	}
	arrived := g.Arrive(p.now())
	if arrived == g {
		return nil
	}
	return tx.PutRegion(ctx, arrived)
}

func regionsOf(ctx context.Context, r store.Reader, a org.Account) ([]org.Region, error) {
	changed, err := r.Regions(ctx, a.ID)
	return org.RulesOf(a.Partition).Regions(a.ID, changed), err
}

func regionOf(ctx context.Context, r store.Reader, a org.Account, name string) (org.Region, error) {
	all, err := regionsOf(ctx, r, a)
	if err != nil {
		return org.Region{}, err
	}
	at := slices.IndexFunc(all, func(g org.Region) bool { return g.Name == name })
	if at < 0 {
		return org.Region{}, org.Errorf(org.RegionMissing, "the partition %s has no region %q", a.Partition, name)
	}
	return all[at], nil
}
