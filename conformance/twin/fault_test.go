package twin_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

func listRoots(t *testing.T, c *organizations.Client) string {
	t.Helper()
	_, err := c.ListRoots(t.Context(), &organizations.ListRootsInput{})
	code, _ := harness.AWSError(err)
	return code
}

func TestFaultStrikesAsOftenAsItIsTold(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	c := begin(t, s)
	for _, f := range []struct {
		fault fault
		want  []string
	}{
		{fault{"operation": "ListRoots", "error": "TooManyRequestsException"}, []string{"TooManyRequestsException", "", ""}},
		{fault{"api": "awsorg", "operation": "ListRoots", "error": "ConcurrentModificationException", "count": 2},
			[]string{"ConcurrentModificationException", "ConcurrentModificationException", ""}},
		{fault{"operation": "*", "error": "FinalizingOrganizationException", "count": 1}, []string{"FinalizingOrganizationException", ""}},
		{fault{"operation": "ListAccounts", "error": "TooManyRequestsException"}, []string{"", ""}},
		{fault{"api": "hworg", "operation": "ListRoots", "error": "Organizations.1003"}, []string{"", ""}},
	} {
		inject(t, s, f.fault)
		for i, want := range f.want {
			if got := listRoots(t, c); got != want {
				t.Errorf("under %v call %d ends with %q, want %q", f.fault, i+1, got, want)
			}
		}
		s.Native(t, "DELETE", "/_polity/faults", nil, nil)
		if n := armed(t, s); n != 0 {
			t.Errorf("after they were cleared there are %d faults", n)
		}
	}
	huawei := beginHuawei(t, s)
	inject(t, s, fault{"operation": "ListRoots", "error": "Organizations.1003"})
	_, err := huawei.ListRoots(&model.ListRootsRequest{})
	harness.WantHuawei(t, err, 409, "Organizations.1003")
}

func TestFaultStrikesByTheSameChance(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	c := begin(t, s)
	draw := func(seed int) string {
		inject(t, s, fault{"operation": "ListRoots", "error": "TooManyRequestsException", "probability": 0.5, "seed": seed})
		var drawn strings.Builder
		for range 40 {
			if listRoots(t, c) == "" {
				drawn.WriteByte('.')
			} else {
				drawn.WriteByte('x')
			}
		}
		s.Native(t, "DELETE", "/_polity/faults", nil, nil)
		return drawn.String()
	}
	one, again, other := draw(7), draw(7), draw(8)
	if one != again || one == other {
		t.Errorf("the seed 7 draws %s and %s, the seed 8 %s", one, again, other)
	}
	if n := strings.Count(one, "x"); n < 8 || n > 32 {
		t.Errorf("a probability of one half strikes %d times in 40", n)
	}
}

// After a failed creation the same data can be used, and the organization is as it was.
func TestEveryAWSFailureIsReachedAndLeavesNothing(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	c := begin(t, s)
	reached := map[types.CreateAccountFailureReason]bool{}
	for _, reason := range types.CreateAccountFailureReason("").Values() {
		if reason == types.CreateAccountFailureReasonUpdateExistingResourcePolicyWithTagsNotSupported {
			continue // in the enum, and belongs to PutResourcePolicy
		}
		email := address()
		inject(t, s, fault{"failure": string(reason)})
		failed := create(t, c, email)
		if failed.State != types.CreateAccountStateFailed || failed.FailureReason != reason || failed.AccountId != nil {
			t.Errorf("the fault %s ends a creation %s, %s", reason, failed.State, failed.FailureReason)
		}
		reached[failed.FailureReason] = true
		if n := count(t, c); n != len(reached) {
			t.Errorf("after %s there are %d accounts, want %d", reason, n, len(reached))
		}
		// The same address is free again.
		if made := create(t, c, email); made.State != types.CreateAccountStateSucceeded {
			t.Errorf("after %s the same address ends %s, %s", reason, made.State, made.FailureReason)
		}
	}
	if len(reached) != 14 {
		t.Errorf("%d failures were reached, want 14", len(reached))
	}
	if n := armed(t, s); n != 0 {
		t.Errorf("%d faults never struck", n)
	}
}

func TestEveryHuaweiFailureIsReachedAndLeavesNothing(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	c := beginHuawei(t, s)
	codes := []string{"0000", "1000", "2000", "2001", "3000", "3001", "4000", "5000", "6000", "6001", "6002", "7000", "7001", "7002"}
	for i, code := range codes {
		name, email := "failing-"+code, address()
		inject(t, s, fault{"failure": code})
		failed := createHuawei(t, c, name, email)
		if failed.State != "failed" || !regexp.MustCompile(`\b`+code+`\b`).MatchString(aws.ToString(failed.FailureReason)) || failed.AccountId != "" {
			t.Errorf("the fault %s ends a creation %s, %s", code, failed.State, aws.ToString(failed.FailureReason))
		}
		if n := len(*harness.Try(c.ListAccounts(&model.ListAccountsRequest{})).Or(t).Accounts); n != i+1 {
			t.Errorf("after %s there are %d accounts, want %d", code, n, i+1)
		}
		if made := createHuawei(t, c, name, email); made.State != "succeeded" {
			t.Errorf("after %s the same name and address end %s, %s", code, made.State, aws.ToString(made.FailureReason))
		}
	}
	if n := armed(t, s); n != 0 {
		t.Errorf("%d faults never struck", n)
	}
}

func TestFaultAtEveryStepLeavesNothing(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	c := begin(t, s)
	email := address()
	for _, step := range []string{"identify", "reserve", "account", "token", "service-role", "access-role", "billing", "gov-account", "provision", "place"} {
		inject(t, s, fault{"step": step})
		if failed := create(t, c, email); failed.State != types.CreateAccountStateFailed {
			t.Errorf("a fault at the step %s ends a creation %s", step, failed.State)
		}
	}
	if n := count(t, c); n != 1 {
		t.Errorf("failed creations leave %d accounts, want the management account alone", n)
	}
	if made := create(t, c, email); made.State != types.CreateAccountStateSucceeded {
		t.Errorf("afterwards the same address ends %s, %s", made.State, made.FailureReason)
	}
}
