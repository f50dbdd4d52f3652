package awsorg

import (
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// denied has a service control policy that denies leaving on an account.
func (h *house) denied(account string) {
	h.Helper()
	h.enable(scp)
	h.attach(h.policy(scp, "stay", denyLeave), account)
}

// A service control policy keeps a member from leaving and from moving over, and not its organization from removing it (User Guide, "Leave an organization").
func TestAPolicyAgainstLeavingBindsTheMemberAlone(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.member("one")
	h.denied(id)
	h.pass(4 * day)
	h.refuses("it leaves", "LeaveOrganization", id, `{}`, accessDenied, "")
	h.do("CreateOrganization", stranger, `{}`)
	invited := h.do("InviteAccountToOrganization", stranger, `{`+party("ACCOUNT", id)+`}`)
	over := object("HandshakeId", h.find(invited, "Handshake", "Id").(string))
	h.refuses("it moves over", "AcceptHandshake", id, over, accessDenied, "")
	h.do("RemoveAccountFromOrganization", payer, object("AccountId", id))
	h.refuses("it is gone", "DescribeAccount", payer, object("AccountId", id), "AccountNotFoundException", "")
	h.refuses("it stands alone", "DescribeOrganization", id, `{}`, "AWSOrganizationsNotInUseException", "")
	h.pass(time.Hour)
	h.do("AcceptHandshake", id, over) // nothing denies it any more
	found := h.do("DescribeAccount", stranger, object("AccountId", id))
	if h.find(found, "Account", "JoinedMethod") != "INVITED" {
		t.Errorf("%v", found)
	}
	h.do("RemoveAccountFromOrganization", stranger, object("AccountId", id)) // who was invited may go at once
}

// A closed account keeps its place, its tags and its policies, may be moved, and counts in the quota of accounts.
func TestAClosedAccountIsStillAMember(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id, unit := h.member("one"), h.unit(h.r, "suspended")
	h.denied(id)
	h.do("TagResource", payer, `{"ResourceId":"`+id+`","Tags":[{"Key":"k","Value":"v"}]}`)
	h.do("CloseAccount", payer, object("AccountId", id))
	attached := h.do("ListPoliciesForTarget", payer, object("TargetId", id, "Filter", "SERVICE_CONTROL_POLICY"))
	if got := len(h.find(attached, "Policies").([]any)); got != 2 {
		t.Errorf("while it is being closed it has %d policies", got)
	}
	h.closed(id)
	h.do("MoveAccount", payer, object("AccountId", id, "SourceParentId", h.r, "DestinationParentId", unit))
	h.answers("ListParents", payer, object("ChildId", id), `{"Parents":[{"Id":"`+unit+`","Type":"ORGANIZATIONAL_UNIT"}]}`)
	h.answers("ListTagsForResource", payer, object("ResourceId", id), `{"Tags":[{"Key":"k","Value":"v"}]}`)
	if d := h.text(h.do("ListPoliciesForTarget", payer, object("TargetId", id, "Filter", "SERVICE_CONTROL_POLICY"))); d != h.text(attached) {
		t.Errorf("closed it has %s", d)
	}
	h.refuses("it is in the unit", "DeleteOrganizationalUnit", payer, object("OrganizationalUnitId", unit), "OrganizationalUnitNotEmptyException", "")
	h.refuses("it becomes a delegate", "RegisterDelegatedAdministrator", payer, object("AccountId", id, "ServicePrincipal", service), constraint,
		"CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR")
	for i := range 8 { // the management account and the closed one are two of ten
		h.member("more" + string(rune('a'+i)))
	}
	full := h.find(h.do("CreateAccount", payer, object("AccountName", "full", "Email", "full@corp.example")), "CreateAccountStatus", "Id").(string)
	h.vend(full, "")
	if got := h.find(h.do("DescribeCreateAccountStatus", payer, object("CreateAccountRequestId", full)), "CreateAccountStatus", "FailureReason"); got != "ACCOUNT_LIMIT_EXCEEDED" {
		t.Errorf("the eleventh ends with %v", got)
	}
	h.refuses("nor is one invited", "InviteAccountToOrganization", payer, `{`+party("ACCOUNT", stranger)+`}`, handshakeConstraintCode, "ACCOUNT_NUMBER_LIMIT_EXCEEDED")
	h.pass(90 * day)
	h.refuses("it is gone", "ListParents", payer, object("ChildId", id), "ChildNotFoundException", "")
	h.do("DeleteOrganizationalUnit", payer, object("OrganizationalUnitId", unit))
	h.invite("")
}

func TestTheManagementAccountIsMoved(t *testing.T) {
	t.Parallel()
	h := managed(t)
	unit := h.unit(h.r, "unit")
	h.do("MoveAccount", payer, object("AccountId", payer, "SourceParentId", h.r, "DestinationParentId", unit))
	h.answers("ListChildren", payer, object("ParentId", unit, "ChildType", "ACCOUNT"), `{"Children":[{"Id":"`+payer+`","Type":"ACCOUNT"}]}`)
	h.refuses("with its manager in a unit it ends", "DeleteOrganizationalUnit", payer, object("OrganizationalUnitId", unit), "OrganizationalUnitNotEmptyException", "")
	h.answers("DeleteOrganization", payer, `{}`, "")
}

// The first of all that keeps an account is told, whoever asks.
func TestWhatKeepsAMemberIsToldInOrder(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.member("one")
	is := func(all org.Hindrance) func() {
		return func() {
			if err := h.plane.SetHindrances(t.Context(), org.AccountID(id), all); err != nil {
				t.Fatal(err)
			}
		}
	}
	delegate := object("AccountId", id, "ServicePrincipal", "ssm.amazonaws.com")
	h.do("EnableAWSServiceAccess", payer, object("ServicePrincipal", "ssm.amazonaws.com"))
	h.do("RegisterDelegatedAdministrator", payer, delegate)
	is(org.NoAgreement | org.NoPhone | org.NoPayment | org.WrongPayment)()
	h.do("CloseAccount", payer, object("AccountId", id))
	for _, c := range []struct {
		reason string
		mended func()
	}{
		{"WAIT_PERIOD_ACTIVE", func() { h.pass(4 * day) }},
		{"CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG", func() { h.do("DeregisterDelegatedAdministrator", payer, delegate) }},
		{"ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA", is(org.NoPhone | org.NoPayment | org.WrongPayment)},
		{"ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION", is(org.NoPayment | org.WrongPayment)},
		{"MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED", is(org.WrongPayment)},
		{"INVALID_PAYMENT_INSTRUMENT", is(0)},
		{"ACCOUNT_CANNOT_LEAVE_ORGANIZATION", func() { h.closed(id) }},
		{"ACCOUNT_CANNOT_LEAVE_ORGANIZATION", func() {}},
	} {
		h.refuses("it leaves", "LeaveOrganization", id, `{}`, constraint, c.reason)
		h.refuses("it is removed", "RemoveAccountFromOrganization", payer, object("AccountId", id), constraint, c.reason)
		c.mended()
	}
}

// What is the matter with one account comes before what too many are.
func TestWhatForbidsClosingIsToldInOrder(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var ids []string
	for _, name := range []string{"one", "two", "three", "four", "five"} {
		ids = append(ids, h.member(name))
	}
	h.do("CloseAccount", payer, object("AccountId", ids[4]))
	h.closed(ids[4])
	for _, id := range ids[:3] {
		h.do("CloseAccount", payer, object("AccountId", id))
	}
	for _, c := range []struct{ says, id, code, reason string }{
		{"the management account", payer, constraint, "CANNOT_CLOSE_MANAGEMENT_ACCOUNT"},
		{"nobody", noAccount, "AccountNotFoundException", ""},
		{"a stranger", stranger, "AccountNotFoundException", ""},
		{"a closed one", ids[4], "AccountAlreadyClosedException", ""},
		{"one that is being closed", ids[0], "ConflictException", ""},
		{"a fourth at once", ids[3], constraint, "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED"},
	} {
		h.refuses(c.says, "CloseAccount", payer, object("AccountId", c.id), c.code, c.reason)
	}
	if got := h.standing(ids[3]); got != "ACTIVE ACTIVE" {
		t.Errorf("after a refusal it is %s", got)
	}
	h.closed(ids[0])
	h.do("CloseAccount", payer, object("AccountId", ids[3]))
}

// A member that moves over never stands alone, and needs nothing for that (AWS News, "AWS Organizations introduces direct account transfers between organizations").
func TestAMemberThatCannotStandAloneMovesOver(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.member("one")
	if err := h.plane.SetHindrances(t.Context(), org.AccountID(id), org.NoAgreement|org.NoPhone|org.NoPayment|org.WrongPayment); err != nil {
		t.Fatal(err)
	}
	h.do("CreateOrganization", stranger, `{}`)
	over := object("HandshakeId", h.find(h.do("InviteAccountToOrganization", stranger, `{`+party("ACCOUNT", id)+`}`), "Handshake", "Id").(string))
	h.refuses("too young", "AcceptHandshake", id, over, constraint, "WAIT_PERIOD_ACTIVE")
	h.pass(4 * day)
	h.do("EnableAWSServiceAccess", payer, object("ServicePrincipal", "ssm.amazonaws.com"))
	h.do("RegisterDelegatedAdministrator", payer, object("AccountId", id, "ServicePrincipal", "ssm.amazonaws.com"))
	h.refuses("a delegate", "AcceptHandshake", id, over, constraint, "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG")
	h.do("DeregisterDelegatedAdministrator", payer, object("AccountId", id, "ServicePrincipal", "ssm.amazonaws.com"))
	h.refuses("it leaves", "LeaveOrganization", id, `{}`, constraint, "ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA")
	h.do("AcceptHandshake", id, over)
	h.refuses("it is gone", "DescribeAccount", payer, object("AccountId", id), "AccountNotFoundException", "")
	h.refuses("it leaves", "RemoveAccountFromOrganization", stranger, object("AccountId", id), constraint, "ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA")
}
