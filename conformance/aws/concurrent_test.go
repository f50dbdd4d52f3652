package aws_test

import (
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

// atOnce does a thing n times at once and returns how often it ended with each code.
func atOnce(n int, do func(i int) error) map[string]int {
	var (
		mu    sync.Mutex
		all   sync.WaitGroup
		codes = map[string]int{}
	)
	for i := range n {
		all.Go(func() {
			code, _ := harness.AWSError(do(i))
			mu.Lock()
			defer mu.Unlock()
			codes[code]++
		})
	}
	all.Wait()
	return codes
}

// Writes of one client at once are normal: Terraform runs ten at a time.
func TestWritesAtOnce(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		if codes := atOnce(10, func(i int) error { return h.tryUnit(t, h.root, "unit "+string(rune('a'+i))) }); codes[""] != 10 {
			t.Errorf("ten different units at once end %v", codes)
		}
		if codes := atOnce(10, func(int) error { return h.tryUnit(t, h.root, "the one") }); codes[""] != 1 || codes["DuplicateOrganizationalUnitException"] != 9 {
			t.Errorf("ten units of one name at once end %v", codes)
		}
		if codes := atOnce(10, func(i int) error { return h.tag(t, h.root, tag("key "+string(rune('a'+i)), "v")) }); codes[""] != 10 || len(h.tags(t, h.root)) != 10 {
			t.Errorf("ten tags at once end %v", codes)
		}
		k := s.Mint(t, harness.AWS)
		begin := func(int) error {
			return second(s.Organizations(k).CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{}))
		}
		if codes := atOnce(10, begin); codes[""] != 1 || codes["AlreadyInOrganizationException"] != 9 {
			t.Errorf("ten organizations of one account at once end %v", codes)
		}
	})
}

func TestOneOfManyCreationsGetsTheAddress(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, email := newHouse(t, s), address()
		ids := make(chan *string, 10)
		codes := atOnce(10, func(int) error {
			out, err := h.CreateAccount(t.Context(), &organizations.CreateAccountInput{AccountName: aws.String("racer"), Email: email})
			if err == nil {
				ids <- out.CreateAccountStatus.Id
			}
			return err
		})
		close(ids)
		won := 0
		for id := range ids {
			switch ended := h.await(t, id); {
			case ended.State == types.CreateAccountStateSucceeded:
				won++
			case ended.FailureReason != types.CreateAccountFailureReasonEmailAlreadyExists && ended.FailureReason != types.CreateAccountFailureReasonConcurrentAccountModification:
				t.Errorf("a creation with an address that is taken ends %s", ended.FailureReason)
			}
		}
		if codes[""] != 10 || won != 1 || len(h.accounts(t, 20)) != 2 {
			t.Errorf("ten creations with one address are answered %v, and %d succeed", codes, won)
		}
	})
}
