package awsorg

import (
	"net/http"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/throttle"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

func TestEveryPaceIsOfAnOperation(t *testing.T) {
	t.Parallel()
	for name, p := range paces {
		if _, ok := contract[name]; !ok || p.account.PerSecond <= 0 || p.account.Burst < 1 || p.organization.PerSecond > 0 && p.organization.Burst < 1 {
			t.Errorf("%s: %+v", name, p)
		}
	}
	if len(paces) < 40 {
		t.Errorf("%d operations have a pace", len(paces))
	}
}

// throttled is a managed house whose door holds callers to AWS's rates, on a clock of its own.
func throttled(t *testing.T) (*house, *time.Time) {
	t.Helper()
	h, at := managed(t), time.Unix(1000, 0)
	h.api = New(h.plane, authenticate, pagetoken.New(make([]byte, 32)), h.faults, Throttle(throttle.New(func() time.Time { return at })))
	return h, &at
}

func TestRequestsAreHeldByAccount(t *testing.T) {
	t.Parallel()
	h, at := throttled(t)
	one := h.member("one")
	const tooMany = "TooManyRequestsException"
	for range 2 {
		h.do("DescribeOrganization", payer, `{}`)
	}
	h.refuses("a third one", "DescribeOrganization", payer, `{}`, tooMany, "")
	h.do("DescribeOrganization", one, `{}`)
	*at = at.Add(time.Second)
	h.do("DescribeOrganization", payer, `{}`)
	h.refuses("one a second", "DescribeOrganization", payer, `{}`, tooMany, "")
}

func TestRequestsAreHeldByOrganization(t *testing.T) {
	t.Parallel()
	h, _ := throttled(t)
	one := h.member("one")
	held := func(account string) bool {
		return h.ask("ListHandshakesForAccount", account, `{}`).Code != http.StatusOK
	}
	passed := 0
	for range 20 {
		for _, account := range []string{payer, one, stranger} {
			if !held(account) && account != stranger {
				passed++
			}
		}
	}
	if passed != 10 {
		t.Errorf("%d requests of the organization went through, want 10", passed)
	}
}

func TestCreationsOfBothKindsAreHeldTogether(t *testing.T) {
	t.Parallel()
	h, _ := throttled(t)
	for _, name := range []string{"one", "two", "three"} {
		h.do("CreateAccount", payer, object("AccountName", name, "Email", name+"@corp.example"))
	}
	h.refuses("a fourth one", "CreateGovCloudAccount", payer, object("AccountName", "four", "Email", "four@corp.example"), "TooManyRequestsException", "")
}
