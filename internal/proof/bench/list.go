package main

import (
	"context"
	"fmt"

	"github.com/polity-cloud/polity/internal/proof/client"
)

// flat is the least rate, beside that of the smallest organization, that counts as the same in the noise of a machine.
const flat = 0.8

// lists holds a page of 20 in large organizations against one in an organization of 100.
func (b *bench) lists(ctx context.Context) error {
	sizes := []int{100, 10_000}
	if b.million {
		sizes = append(sizes, 1_000_000)
	}
	orgs, serverKey, err := b.seed(ctx, "list.db", sizes)
	if err != nil {
		return err
	}
	p, err := b.reopen(ctx, "list.db", serverKey)
	if err != nil {
		return err
	}
	defer p.Kill()
	for _, o := range orgs[1:] {
		for _, deep := range []int{0, min(o.members/40, 2000)} {
			// A page that continues is held against one that continues: both have a token to open.
			small, err := b.pages(ctx, p.URL, orgs[0], min(deep, 2))
			if err != nil {
				return err
			}
			page, err := b.pages(ctx, p.URL, o, deep)
			if err != nil {
				return err
			}
			r, err := duel(b.rounds, page, small)
			if err != nil {
				return err
			}
			b.table.add(row{
				fmt.Sprintf("ListAccounts, 20 after %d of %d", deep*20, o.members), perSecond(r.ours), perSecond(r.beside) + " of 100 accounts",
				times(r.ratio), "flat: >= 0.80", verdict(r.ratio >= flat),
			})
		}
	}
	if !b.million {
		b.table.add(row{what: "ListAccounts in 1000000", verdict: "not measured: -million"})
	}
	return nil
}

// pages is a side that asks for one page of an organization, so many pages after the first.
func (b *bench) pages(ctx context.Context, endpoint string, o seeded, deep int) (side, error) {
	c := client.AWS{Endpoint: endpoint, Key: o.key, HTTP: client.New(1)}
	in := map[string]any{"MaxResults": 20}
	for range deep {
		var out struct{ NextToken string }
		if err := c.Call(ctx, "ListAccounts", in, &out); err != nil {
			return nil, err
		}
		if out.NextToken == "" {
			return nil, fmt.Errorf("an organization of %d has fewer than %d pages", o.members, deep)
		}
		in["NextToken"] = out.NextToken
	}
	request, err := signed(ctx, c, "ListAccounts", in)
	return repeat(endpoint, callers, b.each, request), err
}
