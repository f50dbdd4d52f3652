package awsorg

import (
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

const handshakeConstraintCode = "HandshakeConstraintViolationException"

func party(kind, id string) string { return `"Target":{"Type":"` + kind + `","Id":"` + id + `"}` }

// invite invites the stranger and returns the handshake's id.
func (h *house) invite(more string) string {
	h.Helper()
	made := h.do("InviteAccountToOrganization", payer, `{`+party("ACCOUNT", stranger)+more+`}`)
	return h.find(made, "Handshake", "Id").(string)
}

func (h *house) state(account, id string) string {
	h.Helper()
	return h.find(h.do("DescribeHandshake", account, object("HandshakeId", id)), "Handshake", "State").(string)
}

func TestInvitationsAreShownAsTheSample(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.invite(`,"Notes":"please join","Tags":[{"Key":"k","Value":"v"}]`)
	shown := func(state string) string {
		return `{"Id":"` + id + `","Arn":"arn:aws:organizations::210987654321:handshake/{o}/invite/` + id + `","Action":"INVITE","State":"` + state + `",
			"RequestedTimestamp":1767225600.125,"ExpirationTimestamp":1768521600.125,
			"Parties":[{"Id":"{o}","Type":"ORGANIZATION"},{"Id":"345678901234","Type":"ACCOUNT"}],
			"Resources":[{"Type":"ORGANIZATION","Value":"{o}","Resources":[{"Type":"MASTER_EMAIL","Value":"210987654321@account.example"},
			{"Type":"MASTER_NAME","Value":"account-210987654321"},{"Type":"ORGANIZATION_FEATURE_SET","Value":"ALL"}]},
			{"Type":"ACCOUNT","Value":"345678901234"},{"Type":"NOTES","Value":"please join"}]}`
	}
	one := object("HandshakeId", id)
	h.answers("DescribeHandshake", payer, one, `{"Handshake":`+shown("OPEN")+`}`)
	h.answers("ListHandshakesForAccount", stranger, `{"Filter":{"ActionType":"INVITE"}}`, `{"Handshakes":[`+shown("OPEN")+`]}`)
	h.answers("ListHandshakesForOrganization", payer, `{}`, `{"Handshakes":[`+shown("OPEN")+`]}`)
	h.answers("ListHandshakesForOrganization", payer, `{"Filter":{"ActionType":"ENABLE_ALL_FEATURES"}}`, `{"Handshakes":[]}`)
	h.answers("AcceptHandshake", stranger, one, `{"Handshake":`+shown("ACCEPTED")+`}`)
	h.answers("DescribeHandshake", stranger, one, `{"Handshake":`+shown("ACCEPTED")+`}`)
	found := h.do("DescribeAccount", payer, object("AccountId", stranger))
	if h.find(found, "Account", "JoinedMethod") != "INVITED" {
		t.Errorf("%v", found)
	}
	h.answers("ListTagsForResource", payer, object("ResourceId", stranger), `{"Tags":[{"Key":"k","Value":"v"}]}`)
}

func TestWhatInvitationsRefuse(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for _, c := range []struct{ says, body, code, reason string }{
		{"nobody", `{}`, invalidInput, "INPUT_REQUIRED"},
		{"a party without a type", `{"Target":{"Id":"x"}}`, invalidInput, "INPUT_REQUIRED"},
		{"a type of nobody's", `{` + party("ROBOT", "x") + `}`, invalidInput, "INVALID_ENUM"},
		{"an organization", `{` + party("ORGANIZATION", "o-1234567890") + `}`, invalidInput, "INVALID_PARTY_TYPE_TARGET"},
		{"an address that is none", `{` + party("EMAIL", "nobody") + `}`, invalidInput, "INVALID_EMAIL_ADDRESS_TARGET"},
		{"an id that is none", `{` + party("ACCOUNT", "12") + `}`, invalidInput, "INVALID_PATTERN"},
		{"long notes", `{` + party("ACCOUNT", stranger) + `,"Notes":"` + strings.Repeat("x", 1025) + `"}`, invalidInput, "MAX_LENGTH_EXCEEDED"},
		{"a tag twice", `{` + party("ACCOUNT", stranger) + `,"Tags":[{"Key":"k","Value":""},{"Key":"k","Value":""}]}`, invalidInput, "DUPLICATE_TAG_KEY"},
		{"a member", `{` + party("ACCOUNT", payer) + `}`, handshakeConstraintCode, "ALREADY_IN_AN_ORGANIZATION"},
	} {
		h.refuses(c.says, "InviteAccountToOrganization", payer, c.body, c.code, c.reason)
	}
	body := `{` + party("ACCOUNT", stranger) + `}`
	h.refuses("by a stranger", "InviteAccountToOrganization", stranger, body, "AWSOrganizationsNotInUseException", "")
	h.refuses("by a member", "InviteAccountToOrganization", h.member("one"), body, accessDenied, "")
	h.invite("")
	h.refuses("twice", "InviteAccountToOrganization", payer, body, "DuplicateHandshakeException", "")
	for i := range 7 { // two members, one invited, ten at most
		h.do("InviteAccountToOrganization", payer, `{`+party("EMAIL", "x"+string(rune('a'+i))+"@corp.example")+`}`)
	}
	h.refuses("beyond the quota", "InviteAccountToOrganization", payer, `{`+party("EMAIL", "z@corp.example")+`}`, handshakeConstraintCode, "ACCOUNT_NUMBER_LIMIT_EXCEEDED")
	h.refuses("both filters", "ListHandshakesForOrganization", payer, `{"Filter":{"ActionType":"INVITE","ParentHandshakeId":"h-12345678"}}`, invalidInput, "MAX_LIMIT_EXCEEDED_FILTER")
}

func TestTheNumberOfInvitationsADay(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for range 20 {
		id := h.invite("")
		h.do("CancelHandshake", payer, object("HandshakeId", id))
	}
	h.refuses("one more", "InviteAccountToOrganization", payer, `{`+party("ACCOUNT", stranger)+`}`, handshakeConstraintCode, "HANDSHAKE_RATE_LIMIT_EXCEEDED")
	h.pass(24 * time.Hour)
	h.invite("")
}

func TestHowHandshakesAreAnswered(t *testing.T) {
	t.Parallel()
	h := managed(t)
	declined := object("HandshakeId", h.invite(""))
	h.refuses("accepted by the sender", "AcceptHandshake", payer, declined, accessDenied, "")
	h.refuses("cancelled by the recipient", "CancelHandshake", stranger, declined, accessDenied, "")
	for _, operation := range []string{"AcceptHandshake", "DeclineHandshake", "CancelHandshake", "DescribeHandshake"} {
		h.refuses("by a third", operation, china, declined, "HandshakeNotFoundException", "")
		h.refuses("what is not there", operation, payer, object("HandshakeId", "h-12345678"), "HandshakeNotFoundException", "")
		h.refuses("an id that is none", operation, payer, object("HandshakeId", "x"), invalidInput, "INVALID_PATTERN")
		h.refuses("a powerless user", operation, stranger+"-user", declined, accessDenied, "")
	}
	h.do("DeclineHandshake", stranger, declined)
	h.refuses("declined twice", "DeclineHandshake", stranger, declined, "HandshakeAlreadyInStateException", "")
	h.refuses("declined, then accepted", "AcceptHandshake", stranger, declined, "InvalidHandshakeTransitionException", "")
	late := h.invite("")
	h.pass(15 * 24 * time.Hour)
	h.refuses("too late", "AcceptHandshake", stranger, object("HandshakeId", late), "InvalidHandshakeTransitionException", "")
	if got := h.state(stranger, late); got != "EXPIRED" {
		t.Error(got)
	}
	h.do("CreateOrganization", stranger, `{}`)
	h.refuses("who manages another organization", "AcceptHandshake", stranger, object("HandshakeId", h.invite("")), "MasterCannotLeaveOrganizationException", "")
}

func TestHandshakesComeInPages(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var want []string
	for i := range 5 {
		h.pass(time.Second)
		made := h.do("InviteAccountToOrganization", payer, `{`+party("EMAIL", "x"+string(rune('a'+i))+"@corp.example")+`}`)
		want = append([]string{h.find(made, "Handshake", "Id").(string)}, want...)
	}
	var got []string
	body := `{"MaxResults":2}`
	for range 3 {
		page := h.do("ListHandshakesForOrganization", payer, body).(map[string]any)
		for i := range page["Handshakes"].([]any) {
			got = append(got, h.find(page, "Handshakes", i, "Id").(string))
		}
		next, _ := page["NextToken"].(string)
		if (next == "") != (len(got) == 5) {
			t.Fatalf("after %d the token is %q", len(got), next)
		}
		if next != "" {
			h.refuses("another list", "ListHandshakesForAccount", payer, object("NextToken", next), invalidInput, "INVALID_NEXT_TOKEN")
		}
		body = `{"MaxResults":2,"NextToken":"` + next + `"}`
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("listed %v, want %v", got, want)
	}
}

func TestEnableAllFeatures(t *testing.T) {
	t.Parallel()
	h := empty(t)
	made := h.do("CreateOrganization", payer, object("FeatureSet", "CONSOLIDATED_BILLING"))
	h.o = h.find(made, "Organization", "Id").(string)
	h.names = strings.NewReplacer("{o}", h.o)
	h.do("AcceptHandshake", stranger, object("HandshakeId", h.invite("")))
	h.pass(time.Second)
	parent := h.do("EnableAllFeatures", payer, `{}`)
	id := h.find(parent, "Handshake", "Id").(string)
	from := `{"Type":"ORGANIZATION","Value":"{o}","Resources":[{"Type":"MASTER_EMAIL","Value":"210987654321@account.example"},
		{"Type":"MASTER_NAME","Value":"account-210987654321"},{"Type":"ORGANIZATION_FEATURE_SET","Value":"CONSOLIDATED_BILLING"}]}`
	h.answers("DescribeHandshake", payer, object("HandshakeId", id), `{"Handshake":{"Id":"`+id+`","Action":"ENABLE_ALL_FEATURES","State":"REQUESTED",
		"Arn":"arn:aws:organizations::210987654321:handshake/{o}/enable_all_features/`+id+`","RequestedTimestamp":1767225601.125,"ExpirationTimestamp":1775001601.125,
		"Parties":[{"Id":"{o}","Type":"ORGANIZATION"}],"Resources":[`+from+`]}}`)
	children := h.do("ListHandshakesForOrganization", payer, `{"Filter":{"ParentHandshakeId":"`+id+`"}}`)
	child := h.find(children, "Handshakes", 0, "Id").(string)
	h.answers("ListHandshakesForAccount", stranger, `{"Filter":{"ActionType":"APPROVE_ALL_FEATURES"}}`, `{"Handshakes":[{"Id":"`+child+`","Action":"APPROVE_ALL_FEATURES","State":"OPEN",
		"Arn":"arn:aws:organizations::210987654321:handshake/{o}/approve_all_features/`+child+`","RequestedTimestamp":1767225601.125,"ExpirationTimestamp":1775001601.125,
		"Parties":[{"Id":"{o}","Type":"ORGANIZATION"},{"Id":"345678901234","Type":"ACCOUNT"}],
		"Resources":[{"Type":"PARENT_HANDSHAKE","Value":"`+id+`"},`+from+`,{"Type":"ACCOUNT","Value":"345678901234"}]}]}`)
	h.refuses("again", "EnableAllFeatures", payer, `{}`, handshakeConstraintCode, "ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION")
	h.refuses("an invitation", "InviteAccountToOrganization", payer, `{`+party("EMAIL", "x@corp.example")+`}`, handshakeConstraintCode, "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES")
	h.do("AcceptHandshake", stranger, object("HandshakeId", child))
	if got := h.state(payer, id); got != "OPEN" {
		t.Error(got)
	}
	h.do("AcceptHandshake", payer, object("HandshakeId", id))
	if got := h.find(h.do("DescribeOrganization", payer, `{}`), "Organization", "FeatureSet"); got != "ALL" {
		t.Error(got)
	}
	h.refuses("with all features", "EnableAllFeatures", payer, `{}`, handshakeConstraintCode, "ORGANIZATION_ALREADY_HAS_ALL_FEATURES")
}

func TestEveryActionHasItsNameBothWays(t *testing.T) {
	t.Parallel()
	m, err := contractModel()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, name := range m.Shapes["ActionType"].Enum {
		known[name] = true
	}
	if len(known) != len(org.HandshakeActions) {
		t.Errorf("%d actions in the contract", len(known))
	}
	for _, a := range org.HandshakeActions {
		if !known[string(action(a))] || actionIn(action(a)) != a {
			t.Errorf("%s is %s", a, action(a))
		}
	}
}

func TestTheTrailOfAnInvitation(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.do("AcceptHandshake", stranger, object("HandshakeId", h.invite(`,"Notes":"Very Secret"`)))
	records := h.trail()
	var names []string
	for _, r := range records {
		names = append(names, r["eventName"].(string))
	}
	if got := strings.Join(names, " "); got != "CreateOrganization InviteAccountToOrganization AcceptHandshake AccountJoinedOrganization" {
		t.Errorf("recorded %s", got)
	}
	if h.find(records[3], "serviceEventDetails", "joinedMethod") != "Invited" || strings.Contains(h.text(records), "Secret") {
		t.Errorf("%v", records)
	}
}
