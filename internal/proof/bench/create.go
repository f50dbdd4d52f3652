package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/polity-cloud/polity/internal/proof/client"
)

var serial atomic.Int64

func wish() map[string]string {
	n := serial.Add(1)
	return map[string]string{"AccountName": fmt.Sprintf("bench %d", n), "Email": fmt.Sprintf("bench-%d@bench.example", n)}
}

type status struct {
	CreateAccountStatus struct {
		ID            string `json:"Id"`
		AccountID     string `json:"AccountId"`
		State         string
		FailureReason string
	}
}

// created makes an account and returns its id.
func created(ctx context.Context, c client.AWS) (string, error) {
	var s status
	err := c.Call(ctx, "CreateAccount", wish(), &s)
	for err == nil && s.CreateAccountStatus.State == "IN_PROGRESS" {
		time.Sleep(2 * time.Millisecond)
		err = c.Call(ctx, "DescribeCreateAccountStatus", map[string]string{"CreateAccountRequestId": s.CreateAccountStatus.ID}, &s)
	}
	if err == nil && s.CreateAccountStatus.State != "SUCCEEDED" {
		err = fmt.Errorf("an account is not created: %s", s.CreateAccountStatus.FailureReason)
	}
	return s.CreateAccountStatus.AccountID, err
}

// asking has the callers ask for accounts, in as many organizations as there are, without waiting for them. The rate is that of accounts that
// have succeeded.
func asking(ctx context.Context, in []client.AWS, d time.Duration) side {
	return func() (float64, error) {
		before := serial.Load()
		began := time.Now()
		_, err := load(in[0].Endpoint, callers, d, func(w *wire, n int) error {
			_, err := ask(ctx, in[n%len(in)], w, "CreateAccount", wish())
			return err
		})
		if err != nil {
			return 0, err
		}
		for _, c := range in {
			if err := idle(ctx, c); err != nil {
				return 0, err
			}
		}
		return float64(serial.Load()-before) / time.Since(began).Seconds(), nil
	}
}

// idle waits until no account is being created.
func idle(ctx context.Context, c client.AWS) error {
	for {
		var out struct{ CreateAccountStatuses []struct{} }
		err := c.Call(ctx, "ListCreateAccountStatus", map[string][]string{"States": {"IN_PROGRESS"}}, &out)
		if err != nil || len(out.CreateAccountStatuses) == 0 {
			return err
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// waiting has each caller ask for an account and look every few milliseconds until it is there, before it asks for the next.
func waiting(ctx context.Context, in []client.AWS, d time.Duration) side {
	return func() (float64, error) {
		return load(in[0].Endpoint, callers, d, func(w *wire, n int) error {
			c := in[n%len(in)]
			s, err := ask(ctx, c, w, "CreateAccount", wish())
			for err == nil && s.CreateAccountStatus.State == "IN_PROGRESS" {
				time.Sleep(5 * time.Millisecond)
				s, err = ask(ctx, c, w, "DescribeCreateAccountStatus", map[string]string{"CreateAccountRequestId": s.CreateAccountStatus.ID})
			}
			if err == nil && s.CreateAccountStatus.State != "SUCCEEDED" {
				err = fmt.Errorf("an account is not created: %s", s.CreateAccountStatus.FailureReason)
			}
			return err
		})
	}
}

func ask(ctx context.Context, c client.AWS, w *wire, operation string, in any) (status, error) {
	var s status
	request, err := signed(ctx, c, operation, in)
	if err != nil {
		return s, err
	}
	answer, err := w.ask(request)
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(answer, &s)
}
