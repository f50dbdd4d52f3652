package aws_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestAccountsComeInPagesOfAnySize(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		const members = 24
		var all sync.WaitGroup
		for range members {
			all.Go(func() {
				out, err := h.CreateAccount(t.Context(), &organizations.CreateAccountInput{AccountName: aws.String("paged"), Email: address()})
				if err != nil {
					t.Error(err)
					return
				}
				h.await(t, out.CreateAccountStatus.Id)
			})
		}
		all.Wait()
		var order []string
		for size := range int32(20) {
			var ids []string
			seen := map[string]bool{}
			for _, a := range h.accounts(t, size+1) {
				ids, seen[*a.Id] = append(ids, *a.Id), true
			}
			if len(ids) != members+1 || len(seen) != members+1 {
				t.Fatalf("in pages of %d there are %d accounts, %d of them different, want %d", size+1, len(ids), len(seen), members+1)
			}
			if order != nil && fmt.Sprint(ids) != fmt.Sprint(order) {
				t.Errorf("in pages of %d the accounts come in another order", size+1)
			}
			order = ids
		}
		first := harness.Try(h.ListAccounts(t.Context(), &organizations.ListAccountsInput{})).Or(t)
		if len(first.Accounts) != 20 || first.NextToken == nil {
			t.Errorf("a page without a size has %d accounts, want 20 and a token", len(first.Accounts))
		}
	})
}

func TestPageIsRefused(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		h.account(t)
		other.account(t)
		mine := harness.Try(h.ListAccounts(t.Context(), &organizations.ListAccountsInput{MaxResults: aws.Int32(1)})).Or(t).NextToken
		if mine == nil || *mine == "" {
			t.Fatal("a page of one out of two has no token")
		}
		tampered := []byte(*mine)
		tampered[len(tampered)/2] ^= 1
		for name, c := range map[string]struct {
			in     organizations.ListAccountsInput
			house  *house
			reason string
		}{
			"a size of 0":                       {organizations.ListAccountsInput{MaxResults: aws.Int32(0)}, h, "MIN_VALUE_EXCEEDED"},
			"a size of 21":                      {organizations.ListAccountsInput{MaxResults: aws.Int32(21)}, h, "MAX_VALUE_EXCEEDED"},
			"a token that is none":              {organizations.ListAccountsInput{NextToken: aws.String("next")}, h, "INVALID_NEXT_TOKEN"},
			"a token that was tampered with":    {organizations.ListAccountsInput{NextToken: aws.String(string(tampered))}, h, "INVALID_NEXT_TOKEN"},
			"a token of another organization's": {organizations.ListAccountsInput{NextToken: mine}, other, "INVALID_NEXT_TOKEN"},
		} {
			code, reason := harness.AWSError(second(c.house.ListAccounts(t.Context(), &c.in)))
			if code != invalid || reason != c.reason {
				t.Errorf("%s: ListAccounts ends with %s %s, want %s %s", name, code, reason, invalid, c.reason)
			}
		}
		_, err := h.ListOrganizationalUnitsForParent(t.Context(), &organizations.ListOrganizationalUnitsForParentInput{ParentId: &h.root, NextToken: mine})
		harness.WantAWS(t, err, invalid, "INVALID_NEXT_TOKEN")
	})
}

func second[T any](_ T, err error) error { return err }
