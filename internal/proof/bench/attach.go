package main

import (
	"context"
	"fmt"
	"time"

	"github.com/polity-cloud/polity/internal/proof/client"
)

// attachments holds AttachPolicy at the root of a large organization against the same in one with a hundredth of the accounts, and against another
// change of the root that concerns no account.
func (b *bench) attachments(ctx context.Context) error {
	estates, serverKey, err := b.estates(ctx, "attach.db", estateSize, teams+1)
	if err != nil {
		return err
	}
	p, err := b.reopen(ctx, "attach.db", serverKey)
	if err != nil {
		return err
	}
	defer p.Kill()
	for _, kind := range []struct{ name, content string }{
		{"SERVICE_CONTROL_POLICY", `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}]}`},
		{"TAG_POLICY", tagPolicy(1000)},
	} {
		var sides []side
		for _, e := range estates {
			s, err := b.attaching(ctx, client.AWS{Endpoint: p.URL, Key: e.key, HTTP: client.New(1)}, e.root, kind.name, kind.content)
			if err != nil {
				return err
			}
			sides = append(sides, s)
		}
		what := fmt.Sprintf("AttachPolicy, %s, at the root of %d accounts", kind.name, estateSize)
		r, err := duel(b.rounds, sides[0], sides[1])
		if err != nil {
			return err
		}
		b.table.add(row{what, each(r.ours), fmt.Sprintf("%s of %d accounts", each(r.beside), estates[1].size), times(r.ratio), "flat: >= 0.80", verdict(r.ratio >= flat)})
		large := client.AWS{Endpoint: p.URL, Key: estates[0].key, HTTP: client.New(1)}
		if r, err = duel(b.rounds, sides[0], b.tagging(ctx, large, estates[0].root)); err != nil {
			return err
		}
		b.table.add(row{what: what, ours: each(r.ours), beside: each(r.beside) + " TagResource", ratio: times(r.ratio)})
	}
	return nil
}

// attaching is a side that attaches a policy and detaches it, over and over; only the first is timed.
func (b *bench) attaching(ctx context.Context, c client.AWS, root, kind, content string) (side, error) {
	var made struct {
		Policy struct {
			PolicySummary struct {
				ID string `json:"Id"`
			}
		}
	}
	in := map[string]string{"Type": kind, "Name": "bench " + kind, "Description": "", "Content": content}
	if err := c.Call(ctx, "CreatePolicy", in, &made); err != nil {
		return nil, err
	}
	at := map[string]string{"PolicyId": made.Policy.PolicySummary.ID, "TargetId": root}
	return b.alternating(ctx, c, "AttachPolicy", at, "DetachPolicy", at), nil
}

func (b *bench) tagging(ctx context.Context, c client.AWS, root string) side {
	return b.alternating(ctx, c, "TagResource", map[string]any{"ResourceId": root, "Tags": []map[string]string{{"Key": "bench", "Value": "one"}}},
		"UntagResource", map[string]any{"ResourceId": root, "TagKeys": []string{"bench"}})
}

// alternating is a side that does a thing and undoes it over one connection. Only the doing counts.
func (b *bench) alternating(ctx context.Context, c client.AWS, do string, what any, undo string, back any) side {
	return func() (float64, error) {
		w, err := dial(c.Endpoint)
		if err != nil {
			return 0, err
		}
		defer w.close()
		done, took := 0, time.Duration(0)
		for began := time.Now(); time.Since(began) < b.each; done++ {
			at := time.Now()
			if err := exchange(ctx, c, w, do, what, nil); err != nil {
				return 0, err
			}
			took += time.Since(at)
			if err := exchange(ctx, c, w, undo, back, nil); err != nil {
				return 0, err
			}
		}
		return float64(done) / took.Seconds(), nil
	}
}
