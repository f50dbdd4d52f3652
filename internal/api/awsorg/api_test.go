package awsorg

import (
	"strings"
	"testing"
)

func TestWhatIsNotServedSaysSo(t *testing.T) {
	t.Parallel()
	h := managed(t)
	served, unserved := 0, 0
	for name, is := range Coverage() {
		if is {
			served++
			continue
		}
		unserved++
		h.refuses("an operation that is not served", name, payer, `{}`, "UnsupportedOperationException", "")
	}
	if served < 18 || served+unserved != 63 {
		t.Errorf("%d served, %d not", served, unserved)
	}
}

func TestTheFrontDoor(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.refuses("an operation that nobody has", "CreateEverything", payer, `{}`, "UnknownOperationException", "")
	for name, is := range Coverage() {
		if !is {
			continue
		}
		h.refuses("no credentials", name, "", `{}`, "MissingAuthenticationTokenException", "")
		h.refuses("no credentials and no JSON", name, "", `{`, "MissingAuthenticationTokenException", "")
		h.refuses("no JSON", name, payer, `{`, "SerializationException", "")
	}
}

func TestADenialNamesTheActionAndAMemberLearnsLess(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for account, want := range map[string]string{
		payer + "-user": "organizations:ListAccounts", h.member("one"): "You don't have permissions to access this resource.",
	} {
		if rec := h.ask("ListAccounts", account, `{}`); !strings.Contains(rec.Body.String(), want) {
			t.Errorf("%s: %s", account, rec.Body)
		}
	}
}

func TestAnInjectedFaultIsAnswered(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for _, code := range []string{"TooManyRequestsException", "ServiceException", "ConcurrentModificationException"} {
		if _, err := h.faults.Add(faultOn("DescribeOrganization", code)); err != nil {
			t.Fatal(err)
		}
		h.refuses("injected", "DescribeOrganization", payer, `{}`, code, "")
		h.do("DescribeOrganization", payer, `{}`)
	}
}
