package main

import (
	"context"
	"fmt"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/proof/client"
)

const (
	divisions = 10
	teams     = 100
)

// An estate is an organization whose accounts stand in teams, these in divisions, under service control, with a tag policy of its own at the root, at each division and team,
// and at one account of each team: those in accounts.
type estate struct {
	size     int
	key      client.Key
	root     string
	accounts []string
}

// estates fills a database with one of each size.
func (b *bench) estates(ctx context.Context, name string, sizes ...int) (out []estate, serverKey string, err error) {
	serverKey, err = b.fill(ctx, name, func(p *controlplane.Plane) error {
		for _, n := range sizes {
			e, err := newEstate(ctx, p, n)
			if err != nil {
				return fmt.Errorf("an estate of %d: %w", n, err)
			}
			out = append(out, e)
		}
		return nil
	})
	return out, serverKey, err
}

func newEstate(ctx context.Context, p *controlplane.Plane, size int) (estate, error) {
	c, o, err := organization(ctx, p, size)
	if err != nil {
		return estate{}, err
	}
	e := estate{size: size, key: client.Key{ID: string(c.KeyID), Secret: c.Secret}, root: string(o.RootID)}
	nodes := []string{e.root}
	unit := func(parent org.UnitID, name string) (org.UnitID, error) {
		u, err := p.CreateUnit(ctx, c.Caller, parent, name, nil)
		nodes = append(nodes, string(u.ID))
		return u.ID, err
	}
	var at [teams]org.UnitID
	for d := range divisions {
		division, err := unit(o.RootID, fmt.Sprintf("division %d", d))
		if err != nil {
			return e, err
		}
		for t := d; t < teams; t += divisions {
			if at[t], err = unit(division, fmt.Sprintf("team %d", t)); err != nil {
				return e, err
			}
		}
	}
	if err := members(ctx, p, o, size, func(i int) org.UnitID { return at[i%teams] }); err != nil {
		return e, err
	}
	for _, t := range []org.PolicyType{org.ServiceControl, org.TagPolicy} {
		if _, err := p.EnablePolicyType(ctx, c.Caller, o.RootID, t); err != nil {
			return e, err
		}
	}
	for i := 1; i <= teams; i++ {
		e.accounts = append(e.accounts, string(numbered(o, size, i).ID))
	}
	return e, inherit(ctx, p, c.Caller, append(nodes, e.accounts...))
}

// inherit gives each of the nodes a tag policy of its own.
func inherit(ctx context.Context, p *controlplane.Plane, by org.Caller, nodes []string) error {
	for i, node := range nodes {
		made, err := p.CreatePolicy(ctx, by, org.TagPolicy, fmt.Sprintf("tags %d", i), "", tagPolicy(i), nil)
		if err != nil {
			return err
		}
		if err := p.AttachPolicy(ctx, by, made.ID, node); err != nil {
			return err
		}
	}
	return nil
}

// tagPolicy is a tag policy like no other.
func tagPolicy(n int) string {
	return fmt.Sprintf(`{"tags":{"key%d":{"tag_key":{"@@assign":"Key%d"},"tag_value":{"@@assign":["one","two","three"]}},`+
		`"cost":{"tag_key":{"@@assign":"Cost"},"tag_value":{"@@append":["centre-%d"]}}}}`, n, n, n)
}
