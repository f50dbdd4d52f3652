package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/polity-cloud/polity/internal/proof/client"
)

const estateSize = 10_000

// effective measures the effective policy of an account that inherits from the root and two units, beside the description of an account: of many
// accounts that a fresh server has never been asked for, and of one over and over.
func (b *bench) effective(ctx context.Context) error {
	estates, serverKey, err := b.estates(ctx, "effective.db", estateSize, teams+1)
	if err != nil {
		return err
	}
	large, small := estates[0], estates[1]
	r, err := duel(b.rounds, b.afresh(ctx, serverKey, large, "DescribeEffectivePolicy", ofAccount), b.afresh(ctx, serverKey, large, "DescribeAccount", member))
	if err != nil {
		return err
	}
	b.table.add(row{
		what: fmt.Sprintf("DescribeEffectivePolicy in %d accounts, cold: %d accounts after a start, 1 connection", estateSize, teams), ours: each(r.ours),
		beside: each(r.beside) + " DescribeAccount, cold", ratio: times(r.ratio),
	})
	p, err := b.reopen(ctx, "effective.db", serverKey)
	if err != nil {
		return err
	}
	defer p.Kill()
	warm := func(e estate, operation string, in map[string]string) (side, error) {
		c := client.AWS{Endpoint: p.URL, Key: e.key}
		request, err := signed(ctx, c, operation, in)
		return repeat(p.URL, callers, b.each, request), err
	}
	ours, failed := warm(large, "DescribeEffectivePolicy", ofAccount(large.accounts[0]))
	account, failed2 := warm(large, "DescribeAccount", member(large.accounts[0]))
	few, failed3 := warm(small, "DescribeEffectivePolicy", ofAccount(small.accounts[0]))
	if err := errors.Join(failed, failed2, failed3); err != nil {
		return err
	}
	what := fmt.Sprintf("DescribeEffectivePolicy in %d accounts, warm, %d connections", estateSize, callers)
	if r, err = duel(b.rounds, ours, account); err != nil {
		return err
	}
	b.table.add(row{what: what, ours: perSecond(r.ours), beside: perSecond(r.beside) + " DescribeAccount", ratio: times(r.ratio)})
	if r, err = duel(b.rounds, ours, few); err != nil {
		return err
	}
	b.table.add(row{what, perSecond(r.ours), perSecond(r.beside) + fmt.Sprintf(" of %d accounts", small.size), times(r.ratio), "flat: >= 0.80", verdict(r.ratio >= flat)})
	return nil
}

func ofAccount(id string) map[string]string {
	return map[string]string{"PolicyType": "TAG_POLICY", "TargetId": id}
}

// afresh is a side that starts a server and asks once for each of an estate's accounts. The connection, the caller's key and the code are warm by
// then; what is asked for is not.
func (b *bench) afresh(ctx context.Context, serverKey string, e estate, operation string, in func(string) map[string]string) side {
	return func() (float64, error) {
		p, err := b.reopen(ctx, "effective.db", serverKey)
		if err != nil {
			return 0, err
		}
		defer p.Kill()
		c := client.AWS{Endpoint: p.URL, Key: e.key}
		w, err := dial(p.URL)
		if err != nil {
			return 0, err
		}
		defer w.close()
		for range 50 {
			if err := exchange(ctx, c, w, "ListRoots", struct{}{}, nil); err != nil {
				return 0, err
			}
		}
		began := time.Now()
		for _, id := range e.accounts {
			if err := exchange(ctx, c, w, operation, in(id), nil); err != nil {
				return 0, err
			}
		}
		return float64(len(e.accounts)) / time.Since(began).Seconds(), nil
	}
}

// each tells a rate as the time of one.
func each(rate float64) string {
	return (time.Duration(float64(time.Second) / rate)).Round(time.Microsecond).String()
}
