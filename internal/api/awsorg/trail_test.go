package awsorg

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
)

// trail is the payer's whole history as CloudTrail records it.
func (h *house) trail() []map[string]any {
	h.Helper()
	events, err := h.plane.ListEvents(h.Context(), org.OrganizationID(h.o), 0, -1, 1000)
	if err != nil {
		h.Fatal(err)
	}
	var out []map[string]any
	for _, e := range events {
		record, ok := Trail(e)
		if !ok {
			h.Errorf("%s is not recorded", e.Name)
		}
		b, err := json.Marshal(record)
		if err != nil {
			h.Fatal(err)
		}
		var plain map[string]any
		if err := json.Unmarshal(b, &plain); err != nil {
			h.Fatal(err)
		}
		out = append(out, plain)
	}
	return out
}

func TestTheTrailOfAnAccount(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.find(h.do("CreateAccount", payer, object("AccountName", "Very Secret", "Email", "very-secret@corp.example")), "CreateAccountStatus", "Id").(string)
	h.pass(42 * time.Second)
	account := h.vend(id, "")
	unit := h.unit(h.r, "A Unit")
	h.do("MoveAccount", payer, object("AccountId", account, "SourceParentId", h.r, "DestinationParentId", unit))
	h.do("TagResource", payer, `{"ResourceId":"`+account+`","Tags":[{"Key":"k","Value":"v"}]}`)
	h.do("UntagResource", payer, `{"ResourceId":"`+account+`","TagKeys":["k"]}`)
	records := h.trail()
	var names []string
	for _, r := range records {
		names = append(names, r["eventName"].(string))
		if r["eventSource"] != "organizations.amazonaws.com" || r["awsRegion"] != "us-east-1" || r["eventID"] == "" {
			t.Errorf("%v", r)
		}
	}
	want := "CreateOrganization CreateAccount CreateAccountResult AccountJoinedOrganization CreateOrganizationalUnit MoveAccount TagResource UntagResource"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("recorded %s", got)
	}
	if text := h.text(records); strings.Contains(strings.ToLower(text), "secret") {
		t.Errorf("a name or an address is told: %s", text)
	}
	asked := records[1]
	if d := cmp.Diff(map[string]any{"accountId": payer, "arn": "arn:aws:iam::" + payer + ":root", "principalId": payer, "type": "Root"}, asked["userIdentity"]); d != "" || asked["eventType"] != "AwsApiCall" || asked["eventTime"] != "2026-01-01T00:00:00Z" {
		t.Errorf("%v %s", asked, d)
	}
	if d := cmp.Diff(map[string]any{"createAccountStatus": map[string]any{
		"id": id, "state": "SUCCEEDED", "accountName": "****", "accountId": account,
		"requestedTimestamp": "Jan 1, 2026 12:00:00 AM", "completedTimestamp": "Jan 1, 2026 12:00:42 AM",
	}}, records[2]["serviceEventDetails"]); d != "" || records[2]["eventType"] != "AwsServiceEvent" {
		t.Errorf("%v %s", records[2], d)
	}
	if d := cmp.Diff(map[string]any{
		"joinedMethod": "Created", "joinedTime": "Jan 1, 2026 12:00:42 AM", "managementAccountId": payer, "memberAccountId": account,
	}, records[3]["serviceEventDetails"]); d != "" {
		t.Error(d)
	}
}

func TestTheTrailOfAFailure(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.find(h.do("CreateAccount", payer, object("AccountName", "x", "Email", "x@corp.example")), "CreateAccountStatus", "Id").(string)
	h.vend(id, org.FailPaymentMissing)
	records := h.trail()
	if d := cmp.Diff(map[string]any{"createAccountStatus": map[string]any{
		"id": id, "state": "FAILED", "accountName": "****", "failureReason": "MISSING_PAYMENT_INSTRUMENT",
		"requestedTimestamp": "Jan 1, 2026 12:00:00 AM", "completedTimestamp": "Jan 1, 2026 12:00:00 AM",
	}}, records[len(records)-1]["serviceEventDetails"]); d != "" {
		t.Error(d)
	}
}

func TestWhatOtherCloudsRecordIsNotRecorded(t *testing.T) {
	t.Parallel()
	for _, name := range []org.EventName{org.LandingZoneRequested, org.UnitRegistered, "Nothing"} {
		if record, ok := Trail(org.Event{Name: name}); ok || record != nil {
			t.Errorf("%s: %v", name, record)
		}
	}
}
