package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/polity-cloud/polity/internal/proof/client"
)

// walks holds a client that lists all of a large organization, page after page, against one that asks as often for the first page.
func (b *bench) walks(ctx context.Context) error {
	const size = 10_000
	orgs, serverKey, err := b.seed(ctx, "walk.db", []int{size})
	if err != nil {
		return err
	}
	p, err := b.reopen(ctx, "walk.db", serverKey)
	if err != nil {
		return err
	}
	defer p.Kill()
	c := client.AWS{Endpoint: p.URL, Key: orgs[0].key, HTTP: client.New(1)}
	r, err := duel(b.rounds, walk(ctx, c, size, true), walk(ctx, c, size, false))
	if err != nil {
		return err
	}
	b.table.add(row{
		fmt.Sprintf("ListAccounts, all %d by pages of 20, 1 connection", size), perSecond(r.ours) + " pages", perSecond(r.beside) + " first pages",
		times(r.ratio), "flat: >= 0.80", verdict(r.ratio >= flat),
	})
	return nil
}

// walk is a side that asks for as many pages as an organization of that size has, each signed when it is its turn, and counts the accounts.
func walk(ctx context.Context, c client.AWS, size int, on bool) side {
	return func() (float64, error) {
		w, err := dial(c.Endpoint)
		if err != nil {
			return 0, err
		}
		defer w.close()
		in, seen, pages := map[string]any{"MaxResults": 20}, 0, 0
		began := time.Now()
		for seen < size {
			var out struct {
				Accounts  []struct{}
				NextToken string
			}
			if err := exchange(ctx, c, w, "ListAccounts", in, &out); err != nil {
				return 0, err
			}
			seen, pages = seen+len(out.Accounts), pages+1
			if (out.NextToken == "") != (on && seen == size) {
				return 0, fmt.Errorf("after %d pages and %d of %d accounts the next token is %q", pages, seen, size, out.NextToken)
			}
			if on {
				in["NextToken"] = out.NextToken
			}
		}
		return float64(pages) / time.Since(began).Seconds(), nil
	}
}

// exchange asks for one thing over a connection and reads the answer.
func exchange(ctx context.Context, c client.AWS, w *wire, operation string, in, out any) error {
	request, err := signed(ctx, c, operation, in)
	if err != nil {
		return err
	}
	answer, err := w.ask(request)
	if err != nil || out == nil {
		return err
	}
	return json.Unmarshal(answer, out)
}
