package awsorg

import (
	"strings"
	"testing"
	"time"
)

// The clock of a house begins at 1767225600.125, the first moments of January 2026.
const (
	february = "1769904000"
	april    = "1775001600"
)

func transferOf(target, start string) string {
	return `{"Type":"BILLING",` + party("ACCOUNT", target) + `,"StartTimestamp":` + start + `,"SourceName":"other"}`
}

func TestTransfersAreShownFromBothSides(t *testing.T) {
	t.Parallel()
	h := managed(t)
	other := h.find(h.do("CreateOrganization", stranger, `{}`), "Organization", "Id").(string)
	h.names = strings.NewReplacer("{o}", h.o, "{other}", other)
	body := `{"Type":"BILLING",` + party("EMAIL", "345678901234@ACCOUNT.example") + `,"StartTimestamp":` + february + `,"SourceName":"other","Notes":"n","Tags":[{"Key":"k","Value":"v"}]}`
	made := h.do("InviteOrganizationToTransferResponsibility", payer, body)
	id := h.find(made, "Handshake", "Id").(string)
	rt := h.find(made, "Handshake", "Resources", 0, "Value").(string)
	h.answers("DescribeHandshake", stranger, object("HandshakeId", id), `{"Handshake":{"Id":"`+id+`","Action":"TRANSFER_RESPONSIBILITY","State":"OPEN",
		"Arn":"arn:aws:organizations::210987654321:handshake/{o}/transfer_responsibility/`+id+`","RequestedTimestamp":1767225600.125,"ExpirationTimestamp":1769817600.0,
		"Parties":[{"Id":"210987654321","Type":"ACCOUNT"},{"Id":"345678901234@ACCOUNT.example","Type":"EMAIL"}],
		"Resources":[{"Type":"RESPONSIBILITY_TRANSFER","Value":"`+rt+`"},{"Type":"TRANSFER_START_TIMESTAMP","Value":"2026-02-01T00:00:00.000Z"},
		{"Type":"TRANSFER_TYPE","Value":"BILLING"},{"Type":"MANAGEMENT_ACCOUNT","Value":"210987654321"},
		{"Type":"MANAGEMENT_EMAIL","Value":"210987654321@account.example"},{"Type":"MANAGEMENT_NAME","Value":"account-210987654321"},{"Type":"NOTES","Value":"n"}]}}`)
	h.do("AcceptHandshake", stranger, object("HandshakeId", id))
	shown := func(viewer, more string) string {
		return `{"Id":"` + rt + `","Arn":"arn:aws:organizations::` + viewer + `/` + rt + `","Name":"other","Type":"BILLING",` + more + `,
			"Source":{"ManagementAccountId":"345678901234","ManagementAccountEmail":"345678901234@account.example"},
			"Target":{"ManagementAccountId":"210987654321","ManagementAccountEmail":"210987654321@account.example"},
			"StartTimestamp":1769904000.0,"ActiveHandshakeId":"` + id + `"}`
	}
	inbound, outbound := "210987654321:transfer/{o}/billing/inbound", "345678901234:transfer/{other}/billing/outbound"
	accepted := `"Status":"ACCEPTED"`
	h.answers("DescribeResponsibilityTransfer", payer, object("Id", rt), `{"ResponsibilityTransfer":`+shown(inbound, accepted)+`}`)
	h.answers("ListInboundResponsibilityTransfers", payer, object("Type", "BILLING"), `{"ResponsibilityTransfers":[`+shown(inbound, accepted)+`]}`)
	h.answers("ListOutboundResponsibilityTransfers", stranger, object("Type", "BILLING"), `{"ResponsibilityTransfers":[`+shown(outbound, accepted)+`]}`)
	h.answers("ListOutboundResponsibilityTransfers", payer, object("Type", "BILLING"), `{"ResponsibilityTransfers":[]}`)
	h.answers("ListTagsForResource", payer, object("ResourceId", rt), `{"Tags":[{"Key":"k","Value":"v"}]}`)
	h.refuses("the organization ends", "DeleteOrganization", payer, `{}`, constraint, "ACTIVE_RESPONSIBILITY_TRANSFER_PROCESS")
	h.answers("TerminateResponsibilityTransfer", stranger, object("Id", rt),
		`{"ResponsibilityTransfer":`+shown(outbound, `"Status":"WITHDRAWN","EndTimestamp":1769903999.999`)+`}`)
	h.refuses("twice", "TerminateResponsibilityTransfer", payer, object("Id", rt), "ResponsibilityTransferAlreadyInStatusException", "")
	h.refuses("a new name", "UpdateResponsibilityTransfer", payer, object("Id", rt, "Name", "x"), invalidInput, "UNSUPPORTED_ACTION_IN_RESPONSIBILITY_TRANSFER")
}

func TestWhatTransfersRefuse(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.do("CreateOrganization", stranger, `{}`)
	const operation = "InviteOrganizationToTransferResponsibility"
	for _, c := range []struct{ says, body, code, reason string }{
		{"nothing", `{}`, invalidInput, "INPUT_REQUIRED"},
		{"another type", strings.Replace(transferOf(stranger, february), "BILLING", "BLAME", 1), invalidInput, "INVALID_ENUM"},
		{"itself", transferOf(payer, february), handshakeConstraintCode, "SOURCE_AND_TARGET_CANNOT_MATCH"},
		{"no management account", transferOf("999999999999", february), invalidInput, "TARGET_NOT_SUPPORTED"},
		{"an organization", strings.Replace(transferOf("o-1234567890", february), "ACCOUNT", "ORGANIZATION", 1), invalidInput, "INVALID_PARTY_TYPE_TARGET"},
		{"too late", transferOf(stranger, april), invalidInput, "START_DATE_TOO_LATE"},
		{"too early", transferOf(stranger, "1764547200"), invalidInput, "START_DATE_TOO_EARLY"},
		{"within a month", transferOf(stranger, "1769990400"), invalidInput, "START_DATE_NOT_BEGINNING_OF_MONTH"},
		{"within a day", transferOf(stranger, "1769904001"), invalidInput, "START_DATE_NOT_BEGINNING_OF_DAY"},
	} {
		h.refuses(c.says, operation, payer, c.body, c.code, c.reason)
	}
	h.refuses("by a stranger", operation, china, transferOf(stranger, february), "AWSOrganizationsNotInUseException", "")
	h.do("CreateOrganization", gov, `{}`)
	h.refuses("in GovCloud", operation, gov, transferOf(stranger, february), "UnsupportedAPIEndpointException", "")
	made := h.do(operation, payer, transferOf(stranger, february))
	id, rt := h.find(made, "Handshake", "Id").(string), h.find(made, "Handshake", "Resources", 0, "Value").(string)
	h.refuses("twice", operation, payer, transferOf(stranger, february), "DuplicateHandshakeException", "")
	h.refuses("before it is accepted", "TerminateResponsibilityTransfer", payer, object("Id", rt), "InvalidResponsibilityTransferTransitionException", "")
	h.do("AcceptHandshake", stranger, object("HandshakeId", id))
	h.refuses("what is taken over", operation, payer, transferOf(stranger, february), handshakeConstraintCode, "RESPONSIBILITY_TRANSFER_ALREADY_EXISTS")
	h.do("UpdateResponsibilityTransfer", payer, object("Id", rt, "Name", "new"))
	for _, c := range []struct{ says, end, reason string }{
		{"within a month", "1769904000", "END_DATE_NOT_END_OF_MONTH"},
		{"in the past", "1767225599.999", "END_DATE_TOO_EARLY"},
		{"too late", "1775001599.999", "INVALID_END_DATE"},
	} {
		h.refuses(c.says, "TerminateResponsibilityTransfer", payer, `{"Id":"`+rt+`","EndTimestamp":`+c.end+`}`, invalidInput, c.reason)
	}
	for _, operation := range []string{"DescribeResponsibilityTransfer", "TerminateResponsibilityTransfer"} {
		h.refuses("what is not there", operation, payer, object("Id", "rt-12345678"), "ResponsibilityTransferNotFoundException", "")
		h.refuses("an id that is none", operation, payer, object("Id", "x"), invalidInput, "INVALID_PATTERN")
	}
	h.refuses("by a member", "DescribeResponsibilityTransfer", h.member("one"), object("Id", rt), accessDenied, "")
	h.pass(time.Second)
	h.answers("ListInboundResponsibilityTransfers", payer, `{"Type":"BILLING","Id":"`+rt+`"}`, `{"ResponsibilityTransfers":[]}`)
}
