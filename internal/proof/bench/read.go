package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/polity-cloud/polity/internal/proof/client"
)

// reads holds DescribeAccount, on a durable server that verifies signatures, against the bare handler.
func (b *bench) reads(ctx context.Context) error {
	p, err := b.serve(ctx, b.sqlite("read.db"))
	if err != nil {
		return err
	}
	defer p.Kill()
	c, err := organizations(ctx, p, 1)
	if err != nil {
		return err
	}
	request, answer, err := b.describe(ctx, c[0])
	if err != nil {
		return err
	}
	q, err := startBare(ctx, b.dir, string(answer))
	if err != nil {
		return err
	}
	defer q.Kill()
	// The host is signed, so the same request is signed once more.
	toBare, err := signed(ctx, client.AWS{Endpoint: q.URL, Key: key}, "DescribeAccount", member(request.account))
	if err != nil {
		return err
	}
	for _, n := range []int{1, callers} {
		r, err := duel(b.rounds, repeat(p.URL, n, b.each, request.bytes), repeat(q.URL, n, b.each, toBare))
		if err != nil {
			return err
		}
		b.table.add(row{
			fmt.Sprintf("DescribeAccount, verified signature, %d connections", n), perSecond(r.ours), perSecond(r.beside) + " bare handler",
			times(r.ratio), ">= 0.50", verdict(r.ratio >= 0.5),
		})
	}
	return nil
}

type description struct {
	account string
	bytes   []byte
}

func member(id string) map[string]string { return map[string]string{"AccountId": id} }

// describe makes an account and returns the request that describes it, with its answer.
func (b *bench) describe(ctx context.Context, c client.AWS) (description, []byte, error) {
	id, err := created(ctx, c)
	if err != nil {
		return description{}, nil, err
	}
	request, err := signed(ctx, c, "DescribeAccount", member(id))
	if err != nil {
		return description{}, nil, err
	}
	var answer json.RawMessage
	err = c.Call(ctx, "DescribeAccount", member(id), &answer)
	return description{id, request}, answer, err
}
