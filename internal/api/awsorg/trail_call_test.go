package awsorg

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
)

// reads tells of operations that change nothing. CloudTrail knows them too; the feed is of changes.
func reads(operation string) bool {
	return strings.HasPrefix(operation, "Describe") || strings.HasPrefix(operation, "List")
}

// records are what an organization's feed has behind a place, and the place behind them.
func (h *house) records(o string, version int64, index int) ([]map[string]any, int64, int) {
	h.Helper()
	events, err := h.plane.ListEvents(h.Context(), org.OrganizationID(o), version, index, 1000)
	if err != nil {
		h.Fatal(err)
	}
	var out []map[string]any
	for _, e := range events {
		record, ok := Trail(e)
		if !ok {
			h.Errorf("%s is not recorded", e.Name)
			continue
		}
		out = append(out, h.parse(h.text(record)).(map[string]any))
		version, index = e.Version, e.Index
	}
	return out, version, index
}

// A teller makes calls and holds the record of each against what was sent and answered.
type teller struct {
	*house
	o       string
	version int64
	index   int
	told    map[string]bool
}

// call makes a call that nobody may make, which leaves no record, and then the call, which leaves one.
func (h *teller) call(operation, account, body string) any {
	h.Helper()
	h.pass(time.Second)
	if rec := h.ask(operation, account+"-user", body); rec.Code == http.StatusOK {
		h.Errorf("%s is done for somebody powerless", operation)
	}
	answer := h.do(operation, account, body)
	if h.o == "" {
		h.o = h.find(answer, "Organization", "Id").(string)
	}
	found, version, index := h.records(h.o, h.version, h.index)
	h.version, h.index = version, index
	h.told[operation] = true
	calls := slices.DeleteFunc(found, func(r map[string]any) bool { return r["eventType"] != "AwsApiCall" })
	if len(calls) != 1 {
		h.Errorf("%s leaves %d records of calls: %v", operation, len(calls), calls)
		return answer
	}
	record := calls[0]
	want := map[string]any{
		"eventVersion": "1.08", "eventSource": "organizations.amazonaws.com", "eventName": operation, "awsRegion": "us-east-1", "eventType": "AwsApiCall",
		"eventCategory": "Management", "managementEvent": true, "readOnly": false, "recipientAccountId": account, "requestID": "id-1",
		"eventTime": h.clock().UTC().Format(time.RFC3339), "eventID": record["eventID"],
		"userIdentity":      map[string]any{"type": "Root", "accountId": account, "principalId": account, "arn": "arn:aws:iam::" + account + ":root"},
		"requestParameters": h.said(operation, h.parse(body)), "responseElements": h.said(operation, answer),
	}
	if d := cmp.Diff(want, record); d != "" {
		h.Errorf("%s: %s", operation, d)
	}
	return answer
}

// said turns what goes over the wire into what CloudTrail shows of it, by rules of its own.
func (h *house) said(operation string, v any) any {
	m, ok := v.(map[string]any)
	if !ok || len(m) == 0 {
		return nil
	}
	return spoken(operation, "", v)
}

var hidden = map[string]bool{
	".email": true, ".accountName": true, ".notes": true, ".sourceName": true, "target.id": true, "parties.id": true, "resources.value": true,
	"organization.masterAccountEmail": true, "createAccountStatus.accountName": true, "responsibilityTransfer.name": true,
	"source.managementAccountEmail": true, "target.managementAccountEmail": true,
}

func spoken(operation, within string, v any) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = spoken(operation, within, e)
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for name, value := range v {
			member := strings.ToLower(name[:1]) + name[1:]
			at, isTime := value.(float64)
			switch {
			case hidden[within+"."+member], operation == "UpdateResponsibilityTransfer" && within+member == "name":
				out[member] = "****"
			case isTime && strings.HasSuffix(name, "Timestamp"):
				out[member] = time.UnixMilli(int64(at * 1000)).UTC().Format("Jan 2, 2006 3:04:05 PM")
			default:
				out[member] = spoken(operation, member, value)
			}
		}
		return out
	}
	return v
}

func TestEveryChangeLeavesOneRecordOfItsCall(t *testing.T) {
	t.Parallel()
	told := map[string]bool{}
	tellUnits(t, told)
	tellPolicies(t, told)
	tellTrust(t, told)
	tellMembership(t, told)
	tellClosing(t, told)
	tellMigration(t, told)
	tellTransfers(t, told)
	for operation := range contract {
		if told[operation] == reads(operation) {
			t.Errorf("%s: recorded %v", operation, told[operation])
		}
	}
	if len(told) == 0 {
		t.Error("nothing is recorded")
	}
}

func newTeller(t *testing.T, told map[string]bool) *teller {
	t.Helper()
	h := &teller{house: empty(t), index: -1, told: told}
	h.house.o = h.find(h.call("CreateOrganization", payer, `{"FeatureSet":"ALL"}`), "Organization", "Id").(string)
	h.r = h.find(h.do("ListRoots", payer, `{}`), "Roots", 0, "Id").(string)
	return h
}

// skip passes over what was recorded meanwhile.
func (h *teller) skip() { _, h.version, h.index = h.records(h.o, h.version, h.index) }

func tellUnits(t *testing.T, told map[string]bool) {
	h := newTeller(t, told)
	made := h.call("CreateOrganizationalUnit", payer, `{"ParentId":"`+h.r+`","Name":"one","Tags":[{"Key":"k","Value":"v"}]}`)
	unit := h.find(made, "OrganizationalUnit", "Id").(string)
	h.call("UpdateOrganizationalUnit", payer, object("OrganizationalUnitId", unit, "Name", "two"))
	h.call("UpdateOrganizationalUnit", payer, object("OrganizationalUnitId", unit))
	h.call("TagResource", payer, `{"ResourceId":"`+unit+`","Tags":[{"Key":"a","Value":""},{"Key":"b","Value":"c"}]}`)
	h.call("UntagResource", payer, `{"ResourceId":"`+unit+`","TagKeys":["a","none"]}`)
	h.call("UntagResource", payer, `{"ResourceId":"`+unit+`","TagKeys":["none"]}`)
	status := h.call("CreateAccount", payer, `{"AccountName":"secret","Email":"secret@corp.example","IamUserAccessToBilling":"DENY","RoleName":"r","Tags":[{"Key":"k","Value":"v"}]}`)
	account := h.vend(h.find(status, "CreateAccountStatus", "Id").(string), "")
	h.skip()
	h.call("MoveAccount", payer, object("AccountId", account, "SourceParentId", h.r, "DestinationParentId", unit))
	h.call("MoveAccount", payer, object("AccountId", account, "SourceParentId", unit, "DestinationParentId", h.r))
	h.call("DeleteOrganizationalUnit", payer, object("OrganizationalUnitId", unit))
}

func tellPolicies(t *testing.T, told map[string]bool) {
	h := newTeller(t, told)
	const content = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}`
	kind := object("RootId", h.r, "PolicyType", "SERVICE_CONTROL_POLICY")
	h.call("EnablePolicyType", payer, kind)
	made := h.call("CreatePolicy", payer, object("Name", "deny", "Description", "", "Type", "SERVICE_CONTROL_POLICY", "Content", content))
	id := h.find(made, "Policy", "PolicySummary", "Id").(string)
	h.call("UpdatePolicy", payer, object("PolicyId", id, "Name", "no", "Description", "d"))
	h.call("AttachPolicy", payer, object("PolicyId", id, "TargetId", h.r))
	h.call("DetachPolicy", payer, object("PolicyId", id, "TargetId", h.r))
	h.call("DeletePolicy", payer, object("PolicyId", id))
	h.call("DisablePolicyType", payer, kind)
}

func tellTrust(t *testing.T, told map[string]bool) {
	h := newTeller(t, told)
	member := h.member("one")
	h.skip()
	service := object("ServicePrincipal", "ssm.amazonaws.com")
	delegate := object("ServicePrincipal", "ssm.amazonaws.com", "AccountId", member)
	h.call("EnableAWSServiceAccess", payer, service)
	h.call("EnableAWSServiceAccess", payer, service)
	h.call("RegisterDelegatedAdministrator", payer, delegate)
	h.call("DeregisterDelegatedAdministrator", payer, delegate)
	h.call("DisableAWSServiceAccess", payer, service)
	h.call("DisableAWSServiceAccess", payer, service)
	content := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + member + `"},"Action":"organizations:ListRoots","Resource":"*"}]}`
	h.call("PutResourcePolicy", payer, object("Content", content))
	h.call("DeleteResourcePolicy", payer, `{}`)
}

func tellMembership(t *testing.T, told map[string]bool) {
	h := newTeller(t, told)
	invite := func() string {
		h.pass(time.Hour)
		made := h.call("InviteAccountToOrganization", payer, `{`+party("ACCOUNT", stranger)+`,"Notes":"secret","Tags":[{"Key":"k","Value":"v"}]}`)
		return object("HandshakeId", h.find(made, "Handshake", "Id").(string))
	}
	h.call("CancelHandshake", payer, invite())
	h.call("DeclineHandshake", stranger, invite())
	h.call("AcceptHandshake", stranger, invite())
	h.pass(time.Hour)
	h.call("LeaveOrganization", stranger, `{}`)
	h.call("AcceptHandshake", stranger, invite())
	h.pass(time.Hour)
	h.call("RemoveAccountFromOrganization", payer, object("AccountId", stranger))
	h.call("DeleteOrganization", payer, `{}`)
}

func tellClosing(t *testing.T, told map[string]bool) {
	h := newTeller(t, told)
	if _, err := h.plane.PairAccount(t.Context(), payer); err != nil {
		t.Fatal(err)
	}
	h.call("CreateGovCloudAccount", payer, object("AccountName", "secret", "Email", "secret@corp.example"))
	member := h.member("one")
	h.skip()
	h.call("CloseAccount", payer, object("AccountId", member))
}

func tellMigration(t *testing.T, told map[string]bool) {
	h := &teller{house: empty(t), index: -1, told: told}
	h.house.o = h.find(h.call("CreateOrganization", payer, `{"FeatureSet":"CONSOLIDATED_BILLING"}`), "Organization", "Id").(string)
	asked := h.call("EnableAllFeatures", payer, `{}`)
	h.call("AcceptHandshake", payer, object("HandshakeId", h.find(asked, "Handshake", "Id").(string)))
}

func tellTransfers(t *testing.T, told map[string]bool) {
	h := newTeller(t, told)
	h.do("CreateOrganization", stranger, `{}`)
	made := h.call("InviteOrganizationToTransferResponsibility", payer, `{"Type":"BILLING",`+party("EMAIL", "345678901234@account.example")+`,"StartTimestamp":`+february+
		`,"SourceName":"secret","Notes":"secret","Tags":[{"Key":"k","Value":"v"}]}`)
	rt := h.find(made, "Handshake", "Resources", 0, "Value").(string)
	h.call("UpdateResponsibilityTransfer", payer, object("Id", rt, "Name", "secret too"))
	h.call("AcceptHandshake", stranger, object("HandshakeId", h.find(made, "Handshake", "Id").(string)))
	h.call("TerminateResponsibilityTransfer", payer, `{"Id":"`+rt+`","EndTimestamp":1772323199.999}`)
}

func TestNothingSecretIsRecorded(t *testing.T) {
	t.Parallel()
	var model struct {
		Shapes map[string]struct {
			Sensitive bool
			Members   map[string]string
		}
	}
	text, err := os.ReadFile("contract.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &model); err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for name, shape := range model.Shapes {
		for member, of := range shape.Members {
			if model.Shapes[of].Sensitive {
				want[name+"."+member] = true
			}
		}
	}
	if d := cmp.Diff(want, secret); d != "" || len(want) == 0 {
		t.Errorf("what the contract calls sensitive is not what is masked: %s", d)
	}
}
