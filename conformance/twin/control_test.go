package twin_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/organizations"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestResetLeavesNothing(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	for _, path := range []string{"/_polity/reset", "/moto-api/reset"} {
		c := s.Organizations(harness.Key{ID: "123456789012", Secret: "x"})
		harness.Try(c.CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{})).Or(t)
		const email = "reset@corp.example"
		if made := create(t, c, email); made.AccountId == nil {
			t.Fatalf("the creation ends %s", made.FailureReason)
		}
		inject(t, s, fault{"operation": "ListRoots", "error": "TooManyRequestsException"})
		s.Native(t, "POST", "/_polity/clock", map[string]string{"advance": "91d"}, nil)
		s.Native(t, "POST", path, struct{}{}, nil)
		_, err := c.DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
		harness.WantAWS(t, err, "AWSOrganizationsNotInUseException", "")
		if n := armed(t, s); n != 0 {
			t.Errorf("after %s there are %d faults", path, n)
		}
		if now := clock(t, s); time.Since(now).Abs() > time.Minute {
			t.Errorf("after %s the clock shows %s", path, now)
		}
	}
}

func clock(t *testing.T, s *harness.Server) time.Time {
	t.Helper()
	var state struct{ Now time.Time }
	s.Native(t, "GET", "/_polity/clock", nil, &state)
	return state.Now
}

func TestClockIsSeenInTimestamps(t *testing.T) {
	t.Parallel()
	s := harness.Dev(t)
	c := begin(t, s)
	s.Native(t, "POST", "/_polity/clock", map[string]any{"set": "2031-02-03T04:05:06Z", "freeze": true}, nil)
	frozen := time.Date(2031, 2, 3, 4, 5, 6, 0, time.UTC)
	made := create(t, c, address())
	if !made.RequestedTimestamp.Equal(frozen) || !made.CompletedTimestamp.Equal(frozen) {
		t.Errorf("under a frozen clock the creation was asked for at %s and ended at %s, want %s", made.RequestedTimestamp, made.CompletedTimestamp, frozen)
	}
	account := harness.Try(c.DescribeAccount(t.Context(), &organizations.DescribeAccountInput{AccountId: made.AccountId})).Or(t).Account
	if !account.JoinedTimestamp.Equal(frozen) {
		t.Errorf("the account joined at %s, want %s", account.JoinedTimestamp, frozen)
	}
	s.Native(t, "POST", "/_polity/clock", map[string]any{"advance": "36h"}, nil)
	if later := create(t, c, address()); !later.RequestedTimestamp.Equal(frozen.Add(36 * time.Hour)) {
		t.Errorf("36 hours later a creation is asked for at %s", later.RequestedTimestamp)
	}
	s.Native(t, "POST", "/_polity/clock", map[string]any{"freeze": false}, nil)
	harness.Until(t, "the clock runs on", func() bool { return clock(t, s).After(frozen.Add(36 * time.Hour)) })
}

func TestControlsAreRefused(t *testing.T) {
	t.Parallel()
	s := harness.SharedTwin(t)
	for name, c := range map[string]struct {
		path string
		in   any
	}{
		"a span that is none":                {"/_polity/clock", map[string]string{"advance": "soon"}},
		"a member that does not exist":       {"/_polity/clock", map[string]string{"forward": "1h"}},
		"a fault of nothing":                 {"/_polity/faults", fault{"count": 1}},
		"a fault with an error of its own":   {"/_polity/faults", fault{"operation": "ListRoots", "error": "NoSuchError"}},
		"a fault with a failure of its own":  {"/_polity/faults", fault{"failure": "NO_SUCH_FAILURE"}},
		"a fault of a step of its own":       {"/_polity/faults", fault{"step": "dance"}},
		"a fault with a probability above 1": {"/_polity/faults", fault{"operation": "ListRoots", "error": "ServiceException", "probability": 2}},
		"an account of no partition":         {"/_polity/accounts", map[string]string{"partition": "elsewhere"}},
	} {
		if status, body := s.TryNative(t, "POST", c.path, "", c.in); status != 400 {
			t.Errorf("%s is answered %d: %s, want 400", name, status, body)
		}
	}
}

// Nothing of a twin's is served by a control plane, and its own API is its operator's.
func TestControlPlaneHasNoControls(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		for _, path := range []string{"/_polity/reset", "/moto-api/reset", "/_polity/clock", "/_polity/faults"} {
			if status, body := s.TryNative(t, "POST", path, s.Token, struct{}{}); status != 404 && status != 405 {
				t.Errorf("POST %s is answered %d: %s", path, status, body)
			}
		}
		for _, token := range []string{"", "guessed"} {
			if status, body := s.TryNative(t, "POST", "/_polity/accounts", token, map[string]string{"partition": "aws"}); status != 401 {
				t.Errorf("with the token %q an account is answered %d: %s, want 401", token, status, body)
			}
		}
	})
}
