package awsorg

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

const day = 24 * time.Hour

// closed carries the closure of an account out as the workflow does.
func (h *house) closed(id string) {
	h.Helper()
	err := h.plane.Store.Update(h.Context(), func(tx store.Tx) error {
		o := org.OrganizationID(h.o)
		if n, err := tx.Closure(h.Context(), o, org.AccountID(id)); err != nil || n.State != org.ClosureRunning {
			h.Errorf("the closure of %s is %s: %v", id, n.State, err)
			return err
		}
		return h.plane.FinishClosure(h.Context(), tx, o, org.AccountID(id))
	})
	if err != nil {
		h.Fatal(err)
	}
}

// standing are the State and the Status of an account.
func (h *house) standing(id string) string {
	h.Helper()
	a := h.find(h.do("DescribeAccount", payer, object("AccountId", id)), "Account").(map[string]any)
	return a["State"].(string) + " " + a["Status"].(string)
}

func TestAClosedAccountIsPendingThenSuspendedThenGone(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.member("one")
	h.answers("CloseAccount", payer, object("AccountId", id), "")
	if got := h.standing(id); got != "PENDING_CLOSURE PENDING_CLOSURE" {
		t.Errorf("when CloseAccount has answered it is %s", got)
	}
	h.refuses("it is being closed", "CloseAccount", payer, object("AccountId", id), "ConflictException", "")
	h.closed(id)
	if got := h.standing(id); got != "CLOSED SUSPENDED" {
		t.Errorf("in the end it is %s", got)
	}
	h.refuses("it is closed", "CloseAccount", payer, object("AccountId", id), "AccountAlreadyClosedException", "")
	h.refuses("it is closed", "RemoveAccountFromOrganization", payer, object("AccountId", id), "ConstraintViolationException", "WAIT_PERIOD_ACTIVE")
	h.refuses("it is there", "DeleteOrganization", payer, `{}`, "OrganizationNotEmptyException", "")
	h.pass(90*day - time.Second)
	h.refuses("it is closed, and old", "RemoveAccountFromOrganization", payer, object("AccountId", id), "ConstraintViolationException", "ACCOUNT_CANNOT_LEAVE_ORGANIZATION")
	h.pass(time.Second)
	h.refuses("it is gone", "DescribeAccount", payer, object("AccountId", id), "AccountNotFoundException", "")
	if got := h.find(h.do("ListAccounts", payer, `{}`), "Accounts").([]any); len(got) != 1 {
		t.Errorf("it is still listed: %v", got)
	}
	h.answers("DeleteOrganization", payer, `{}`, "")
	for operation, body := range map[string]string{
		"CreateOrganization": `{}`, "ListHandshakesForAccount": `{}`, "DescribeHandshake": object("HandshakeId", "h-00000000"), "AcceptHandshake": object("HandshakeId", "h-00000000"),
	} {
		h.refuses("it is closed for good", operation, id, body, "UnrecognizedClientException", "")
	}
}

func TestWhatClosingAndLeavingRefuse(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.member("one")
	none := object("AccountId", "000000000000")
	for _, c := range []struct{ says, operation, by, body, code, reason string }{
		{"nothing", "CloseAccount", payer, `{}`, "InvalidInputException", "INPUT_REQUIRED"},
		{"no id", "CloseAccount", payer, object("AccountId", "one"), "InvalidInputException", "INVALID_PATTERN"},
		{"an unknown account", "CloseAccount", payer, none, "AccountNotFoundException", ""},
		{"the management account", "CloseAccount", payer, object("AccountId", payer), "ConstraintViolationException", "CANNOT_CLOSE_MANAGEMENT_ACCOUNT"},
		{"a member", "CloseAccount", id, object("AccountId", id), "AccessDeniedException", ""},
		{"a stranger", "CloseAccount", stranger, object("AccountId", id), "AWSOrganizationsNotInUseException", ""},
		{"an unknown account", "RemoveAccountFromOrganization", payer, none, "AccountNotFoundException", ""},
		{"the management account", "RemoveAccountFromOrganization", payer, object("AccountId", payer), "MasterCannotLeaveOrganizationException", ""},
		{"a young account", "RemoveAccountFromOrganization", payer, object("AccountId", id), "ConstraintViolationException", "WAIT_PERIOD_ACTIVE"},
		{"a member", "RemoveAccountFromOrganization", id, object("AccountId", id), "AccessDeniedException", ""},
		{"the management account", "LeaveOrganization", payer, `{}`, "MasterCannotLeaveOrganizationException", ""},
		{"a young account", "LeaveOrganization", id, `{}`, "ConstraintViolationException", "WAIT_PERIOD_ACTIVE"},
		{"a stranger", "LeaveOrganization", stranger, `{}`, "AWSOrganizationsNotInUseException", ""},
		{"a user without rights", "LeaveOrganization", id + "-user", `{}`, "AccessDeniedException", ""},
	} {
		h.refuses(c.says, c.operation, c.by, c.body, c.code, c.reason)
	}
	h.pass(4 * day)
	for by, reason := range map[org.Hindrance]string{
		org.NoAgreement: "ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA", org.NoPhone: "ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION",
		org.NoPayment: "MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED", org.WrongPayment: "INVALID_PAYMENT_INSTRUMENT",
	} {
		if err := h.plane.SetHindrances(t.Context(), org.AccountID(id), by); err != nil {
			t.Fatal(err)
		}
		h.refuses("an account that something hinders", "LeaveOrganization", id, `{}`, "ConstraintViolationException", reason)
	}
	if err := h.plane.SetHindrances(t.Context(), org.AccountID(id), 0); err != nil {
		t.Fatal(err)
	}
	h.answers("LeaveOrganization", id, `{}`, "")
	h.refuses("it has left", "DescribeOrganization", id, `{}`, "AWSOrganizationsNotInUseException", "")
}

func TestTheQuotasOfClosingAreTold(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var ids []string
	for _, name := range []string{"one", "two", "three", "four"} {
		ids = append(ids, h.member(name))
	}
	for _, id := range ids[:3] {
		h.do("CloseAccount", payer, object("AccountId", id))
	}
	h.refuses("a fourth at once", "CloseAccount", payer, object("AccountId", ids[3]), "ConstraintViolationException", "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED")
	if got := fault(org.E(org.ClosureLimit)); got.Code != "ConstraintViolationException" || got.Reason != "CLOSE_ACCOUNT_QUOTA_EXCEEDED" {
		t.Errorf("%+v", got)
	}
}

func TestBillsAloneCloseNoAccounts(t *testing.T) {
	t.Parallel()
	h := empty(t)
	h.do("CreateOrganization", payer, object("FeatureSet", "CONSOLIDATED_BILLING"))
	h.refuses("bills alone", "CloseAccount", payer, object("AccountId", stranger), "ConstraintViolationException", "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE")
}

func TestTheTrailOfAnEnd(t *testing.T) {
	t.Parallel()
	h := managed(t)
	closed, removed := h.member("closed"), h.member("removed")
	h.pass(4 * day)
	before := len(h.trail())
	asked := h.clock().UTC()
	h.do("CloseAccount", payer, object("AccountId", closed))
	h.pass(time.Minute)
	h.closed(closed)
	h.do("RemoveAccountFromOrganization", payer, object("AccountId", removed))
	gone := h.clock().UTC().Add(90 * day)
	h.pass(100 * day)
	unit := h.unit(h.r, "A Unit")
	h.do("UpdateOrganizationalUnit", payer, object("OrganizationalUnitId", unit, "Name", "Another"))
	h.do("DeleteOrganizationalUnit", payer, object("OrganizationalUnitId", unit))
	records := h.trail()[before:]
	var names []string
	for _, r := range records {
		names = append(names, r["eventName"].(string))
	}
	want := "CloseAccount CloseAccountResult RemoveAccountFromOrganization AccountDepartedOrganization AccountDepartedOrganization " +
		"CreateOrganizationalUnit UpdateOrganizationalUnit DeleteOrganizationalUnit"
	if got := strings.Join(names, " "); got != want {
		t.Fatalf("recorded %s", got)
	}
	const form = "Jan 2, 2006 3:04:05 PM"
	for i, details := range map[int]map[string]any{
		1: {"closeAccountStatus": map[string]any{
			"accountId": closed, "state": "SUCCEEDED", "requestedTimestamp": asked.Format(form), "completedTimestamp": asked.Add(time.Minute).Format(form),
		}},
		3: {"departedMethod": "Removed", "departedTime": asked.Add(time.Minute).Format(form), "managementAccountId": payer, "memberAccountId": removed},
		4: {"departedMethod": "Cleaned", "departedTime": gone.Format(form), "managementAccountId": payer, "memberAccountId": closed},
	} {
		if d := cmp.Diff(details, records[i]["serviceEventDetails"]); d != "" || records[i]["eventType"] != "AwsServiceEvent" {
			t.Errorf("%v %s", records[i], d)
		}
	}
	if text := h.text(records); strings.Contains(strings.ToLower(text), "secret") {
		t.Errorf("a name is told: %s", text)
	}
}

func TestTheTreeIsPruned(t *testing.T) {
	t.Parallel()
	h := managed(t)
	top := h.unit(h.r, "top")
	below := h.unit(top, "below")
	id := h.member("one")
	h.do("MoveAccount", payer, object("AccountId", id, "SourceParentId", h.r, "DestinationParentId", top))
	want := strings.NewReplacer("{t}", top).Replace(`{"OrganizationalUnit":{"Id":"{t}","Arn":"arn:aws:organizations::210987654321:ou/{o}/{t}","Name":"crown","Path":"{o}/{r}/{t}/"}}`)
	h.answers("UpdateOrganizationalUnit", payer, object("OrganizationalUnitId", top, "Name", "crown"), want)
	h.answers("UpdateOrganizationalUnit", payer, object("OrganizationalUnitId", top, "Name", "crown"), want)
	h.answers("UpdateOrganizationalUnit", payer, object("OrganizationalUnitId", top), want)
	h.answers("ListChildren", payer, object("ParentId", top, "ChildType", "ACCOUNT"), `{"Children":[{"Id":"`+id+`","Type":"ACCOUNT"}]}`)
	h.answers("ListChildren", payer, object("ParentId", top, "ChildType", "ORGANIZATIONAL_UNIT"), `{"Children":[{"Id":"`+below+`","Type":"ORGANIZATIONAL_UNIT"}]}`)
	h.answers("ListChildren", payer, object("ParentId", below, "ChildType", "ACCOUNT"), `{"Children":[]}`)
	sibling, none := h.unit(h.r, "top"), "ou-none-12345678"
	for _, c := range []struct{ says, operation, body, code, reason string }{
		{"a sibling's name", "UpdateOrganizationalUnit", object("OrganizationalUnitId", sibling, "Name", "crown"), "DuplicateOrganizationalUnitException", ""},
		{"an empty name", "UpdateOrganizationalUnit", object("OrganizationalUnitId", sibling, "Name", ""), "InvalidInputException", "MIN_LENGTH_EXCEEDED"},
		{"a unit that is not there", "UpdateOrganizationalUnit", object("OrganizationalUnitId", none, "Name", "x"), "OrganizationalUnitNotFoundException", ""},
		{"a unit that is not there", "DeleteOrganizationalUnit", object("OrganizationalUnitId", none), "OrganizationalUnitNotFoundException", ""},
		{"the root", "DeleteOrganizationalUnit", object("OrganizationalUnitId", h.r), "InvalidInputException", "INVALID_PATTERN"},
		{"a unit that holds others", "DeleteOrganizationalUnit", object("OrganizationalUnitId", top), "OrganizationalUnitNotEmptyException", ""},
		{"a parent that is not there", "ListChildren", object("ParentId", none, "ChildType", "ACCOUNT"), "ParentNotFoundException", ""},
		{"children of no kind", "ListChildren", object("ParentId", h.r), "InvalidInputException", "INPUT_REQUIRED"},
		{"children of another kind", "ListChildren", object("ParentId", h.r, "ChildType", "POLICY"), "InvalidInputException", "INVALID_ENUM"},
	} {
		h.refuses(c.says, c.operation, payer, c.body, c.code, c.reason)
	}
	h.answers("DeleteOrganizationalUnit", payer, object("OrganizationalUnitId", below), "")
	h.do("DeleteOrganizationalUnit", payer, object("OrganizationalUnitId", sibling))
	h.answers("UpdateOrganizationalUnit", payer, object("OrganizationalUnitId", top, "Name", "top"), strings.Replace(want, "crown", "top", 1))
}

func TestAGovCloudAccountNeedsAPairedManagementAccount(t *testing.T) {
	t.Parallel()
	h := managed(t)
	body := object("AccountName", "one", "Email", "one@corp.example")
	h.refuses("no pair", "CreateGovCloudAccount", payer, body, "ConstraintViolationException", "MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED")
	if _, err := h.plane.PairAccount(t.Context(), payer); err != nil {
		t.Fatal(err)
	}
	made := h.do("CreateGovCloudAccount", payer, body)
	if got := h.find(made, "CreateAccountStatus", "State"); got != "IN_PROGRESS" {
		t.Errorf("it is %v", got)
	}
	if h.find(made, "CreateAccountStatus", "GovCloudAccountId") != nil {
		t.Error("the twin is told before it is there")
	}
	for _, where := range []string{gov, china} {
		h.do("CreateOrganization", where, `{"FeatureSet":"ALL"}`)
		h.refuses(where, "CreateGovCloudAccount", where, body, "UnsupportedAPIEndpointException", "")
	}
}

func TestTheTrailOfIAM(t *testing.T) {
	t.Parallel()
	h := managed(t)
	c := org.Caller{Partition: org.AWS, AccountID: payer, Kind: org.RootUser, Path: "/", Admin: true}
	if err := h.plane.TrustService(t.Context(), c, org.RootAccessService); err != nil {
		t.Fatal(err)
	}
	before := len(h.trail())
	for _, f := range []org.RootFeature{org.RootCredentials, org.RootSessions} {
		if _, err := h.plane.EnableRootFeature(t.Context(), c, f); err != nil {
			t.Fatal(err)
		}
		if _, err := h.plane.DisableRootFeature(t.Context(), c, f); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.plane.CreateServiceRole(t.Context(), c, "config.amazonaws.com", "", ""); err != nil {
		t.Fatal(err)
	}
	records := h.trail()[before:]
	wants := []string{
		"EnableOrganizationsRootCredentialsManagement", "DisableOrganizationsRootCredentialsManagement", "EnableOrganizationsRootSessions",
		"DisableOrganizationsRootSessions", "CreateServiceLinkedRole",
	}
	if len(records) != len(wants) {
		t.Fatalf("%d records", len(records))
	}
	for i, want := range wants {
		r := records[i]
		if r["eventName"] != want || r["eventSource"] != "iam.amazonaws.com" || r["recipientAccountId"] != payer {
			t.Errorf("%v, want %s", r, want)
		}
		if asked := r["requestParameters"]; (asked == nil) != (want != "CreateServiceLinkedRole") {
			t.Errorf("%s was asked for with %v", want, asked)
		}
	}
}

func TestTheTrailOfTheAccountService(t *testing.T) {
	t.Parallel()
	h := managed(t)
	c := org.Caller{Partition: org.AWS, AccountID: payer, Kind: org.RootUser, Path: "/", Admin: true}
	before, p, ctx := len(h.trail()), h.plane, t.Context()
	wants := []string{"PutAccountName", "PutContactInformation", "PutAlternateContact", "DeleteAlternateContact", "EnableRegion"}
	for _, err := range []error{
		p.RenameAccount(ctx, c, "", "Very Secret"), p.PutContact(ctx, c, "", org.PrimaryContact, map[string]string{"FullName": "Secret"}),
		p.PutContact(ctx, c, "", org.BillingContact, nil), p.DeleteContact(ctx, c, "", org.BillingContact), p.SwitchRegion(ctx, c, "", "af-south-1", true),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	records := h.trail()[before:]
	for i, want := range wants {
		if records[i]["eventName"] != want || records[i]["eventSource"] != accountSource {
			t.Errorf("%v, want %s", records[i], want)
		}
	}
	if text := h.text(records); strings.Contains(strings.ToLower(text), "secret") {
		t.Errorf("a name is told: %s", text)
	}
}
