package awsorg

import (
	_ "embed"
	"slices"
	"strings"
	"testing"
)

//go:embed testdata/who-may-call.txt
var whoMayCall string

// who is a kind of caller.
type who string

const (
	theManagement   who = "the management account"
	aMember         who = "a member"
	aPolicyDelegate who = "a delegated administrator of a policy type's service"
	aDelegate       who = "a delegated administrator of another service"
	aGrantee        who = "a member that the resource policy grants the operation"
	aStranger       who = "an account of no organization"
)

var inOrganization = []who{theManagement, aMember, aPolicyDelegate, aDelegate, aGrantee}

// A right is a row of the table: who may call an operation.
type right struct {
	operation, callers string
	delegable          bool
}

func rights(t *testing.T) []right {
	t.Helper()
	var out []right
	for line := range strings.Lines(whoMayCall) {
		cells := strings.Split(line, "|")
		if len(cells) != 3 {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		out = append(out, right{cells[0], cells[1], cells[2] == "delegable"})
	}
	if len(out) != len(contract) {
		t.Fatalf("%d rows for %d operations", len(out), len(contract))
	}
	return out
}

// mayCall lists who may, by the words of the table.
func (r right) mayCall(t *testing.T) []who {
	t.Helper()
	switch r.callers {
	case "management":
		return []who{theManagement}
	case "management or delegated", "any account (own); management/delegated for others":
		out := []who{theManagement}
		if strings.HasPrefix(r.operation, "Describe") || strings.HasPrefix(r.operation, "List") {
			out = append(out, aPolicyDelegate, aDelegate)
		}
		if r.delegable {
			out = append(out, aGrantee)
		}
		return out
	case "any account of the organization":
		return inOrganization
	case "member only":
		return inOrganization[1:]
	case "account in no organization":
		return []who{aStranger}
	case "any account, also standalone", "any party; any account of the organization", "recipient", "sender":
		// Which account is a party shows with a handshake alone: TestWhoAnswersHandshakes.
		return append(slices.Clone(inOrganization), aStranger)
	}
	t.Fatalf("%s is called by %q", r.operation, r.callers)
	return nil
}

// denial is what those are told who may not.
func (r right) denial(by who) string {
	switch {
	case r.operation == "CreateOrganization":
		return "AlreadyInOrganizationException"
	case by == aStranger:
		return "AWSOrganizationsNotInUseException"
	case r.operation == "LeaveOrganization":
		return "MasterCannotLeaveOrganizationException"
	}
	return accessDenied
}

// callers are an account of each kind. Of the resource policy they learn whether it takes the operation at all.
func (h *house) callers(r right) map[who]string {
	h.Helper()
	out := map[who]string{theManagement: payer, aStranger: stranger, aMember: h.member("plain")}
	for by, service := range map[who]string{aPolicyDelegate: "backup.amazonaws.com", aDelegate: "ssm.amazonaws.com"} {
		out[by] = h.member(strings.Split(service, ".")[0])
		h.do("EnableAWSServiceAccess", payer, object("ServicePrincipal", service))
		h.do("RegisterDelegatedAdministrator", payer, object("AccountId", out[by], "ServicePrincipal", service))
	}
	out[aGrantee] = h.member("grantee")
	grant := object("Content", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"`+out[aGrantee]+`"},"Action":"organizations:`+r.operation+`","Resource":"*"}]}`)
	if r.delegable {
		h.do("PutResourcePolicy", payer, grant)
	} else {
		h.refuses("an operation that is not delegated", "PutResourcePolicy", payer, grant, invalidInput, "UNSUPPORTED_ACTION_IN_RESOURCE_POLICY")
	}
	return out
}

// Whoever may not call an operation learns so before anything about what exists; whoever may is told something else.
func TestWhoMayCallWhat(t *testing.T) {
	t.Parallel()
	for _, r := range rights(t) {
		t.Run(r.operation, func(t *testing.T) {
			t.Parallel()
			h := managed(t)
			accounts, may := h.callers(r), r.mayCall(t)
			body, ok := sweep[r.operation]
			if !ok {
				t.Fatal("it has no request")
			}
			h.refuses("an account that is gone", r.operation, noAccount, body, "UnrecognizedClientException", "")
			for _, by := range append(slices.Clone(inOrganization), aStranger) {
				if slices.Contains(may, by) {
					h.refuses("a powerless user of "+string(by), r.operation, accounts[by]+"-user", body, accessDenied, "")
					h.lets(by, r.operation, accounts[by], body)
					continue
				}
				h.refuses(string(by), r.operation, accounts[by], body, r.denial(by), "")
			}
		})
	}
}

// lets fails the test when an operation tells a caller that it is not for it.
func (h *house) lets(by who, operation, account, body string) {
	h.Helper()
	rec := h.ask(operation, account, body)
	if rec.Code == 200 {
		return
	}
	if code, _ := faultOf(h.T, rec); slices.Contains([]string{accessDenied, "AWSOrganizationsNotInUseException", "AlreadyInOrganizationException"}, code) {
		h.Errorf("%s may not call %s: %s", by, operation, rec.Body)
	}
}

// Every account may ask for its own effective policy, and a member that nobody delegated anything to for no other.
func TestMembersAskForTheirOwnEffectivePolicy(t *testing.T) {
	t.Parallel()
	h := managed(t)
	one, two := h.member("one"), h.member("two")
	about := func(target string) string { return object("PolicyType", "TAG_POLICY", "TargetId", target) }
	h.refuses("its own", "DescribeEffectivePolicy", one, about(one), "EffectivePolicyNotFoundException", "")
	h.refuses("its own, unnamed", "DescribeEffectivePolicy", one, object("PolicyType", "TAG_POLICY"), "EffectivePolicyNotFoundException", "")
	h.refuses("another's", "DescribeEffectivePolicy", one, about(two), accessDenied, "")
	h.refuses("management's", "DescribeEffectivePolicy", one, about(payer), accessDenied, "")
}
