package awsorg

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// endings bring an open handshake into each of its other states.
var endings = map[string]func(*pact){
	"OPEN":     func(*pact) {},
	"ACCEPTED": func(p *pact) { p.do("AcceptHandshake", p.recipient, object("HandshakeId", p.id)) },
	"DECLINED": func(p *pact) { p.do("DeclineHandshake", p.recipient, object("HandshakeId", p.id)) },
	"CANCELED": func(p *pact) { p.do("CancelHandshake", payer, object("HandshakeId", p.id)) },
	"EXPIRED": func(p *pact) {
		ends := p.find(p.do("DescribeHandshake", payer, object("HandshakeId", p.id)), "Handshake", "ExpirationTimestamp").(float64)
		p.pass(time.UnixMilli(int64(ends * 1000)).Sub(p.clock()))
	},
}

// leadsTo has the state to which a deed brings an open handshake.
var leadsTo = map[string]string{"AcceptHandshake": "ACCEPTED", "DeclineHandshake": "DECLINED", "CancelHandshake": "CANCELED"}

// outcome is what a deed comes to in a state, by somebody with a part; nothing when it succeeds.
func (p *pact) outcome(deed, part, state string) string {
	entitled := part == asRecipient || p.shared && part == asSender
	if deed == "CancelHandshake" {
		entitled = part == asSender || p.shared && part == asRecipient
	}
	switch {
	case part == asThird || part == asNobody:
		return "HandshakeNotFoundException"
	case deed == "DescribeHandshake":
		return ""
	case !entitled:
		return accessDenied
	case state == leadsTo[deed]:
		return "HandshakeAlreadyInStateException"
	case state != "OPEN":
		return "InvalidHandshakeTransitionException"
	}
	return ""
}

// said is what a handshake of an action shows (User Guide, samples of "Managing invitations" and "Enabling all features").
var said = map[string]struct{ parties, resources, days string }{
	"INVITE":                                {"ORGANIZATION ACCOUNT", "ORGANIZATION ACCOUNT", "15"},
	"ENABLE_ALL_FEATURES":                   {"ORGANIZATION", "ORGANIZATION", "90"},
	"APPROVE_ALL_FEATURES":                  {"ORGANIZATION ACCOUNT", "PARENT_HANDSHAKE ORGANIZATION ACCOUNT", "90"},
	"ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE": {"ORGANIZATION ACCOUNT", "PARENT_HANDSHAKE ORGANIZATION ACCOUNT", "90"},
	"TRANSFER_RESPONSIBILITY": {"ACCOUNT ACCOUNT",
		"RESPONSIBILITY_TRANSFER TRANSFER_START_TIMESTAMP TRANSFER_TYPE MANAGEMENT_ACCOUNT MANAGEMENT_EMAIL MANAGEMENT_NAME", "30"}, // a day before the transfer
}

func TestWhatHandshakesSay(t *testing.T) {
	t.Parallel()
	for action, make := range pacts {
		p, want := make(t), said[action]
		shown := p.find(p.do("DescribeHandshake", p.recipient, object("HandshakeId", p.id)), "Handshake").(map[string]any)
		kinds := func(list any) string {
			var out []string
			for i := range list.([]any) {
				out = append(out, p.find(list, i, "Type").(string))
			}
			return strings.Join(out, " ")
		}
		life := time.Duration((shown["ExpirationTimestamp"].(float64) - shown["RequestedTimestamp"].(float64)) * float64(time.Second))
		if days := strconv.Itoa(int(life.Round(time.Hour) / day)); shown["Action"] != action || kinds(shown["Parties"]) != want.parties || kinds(shown["Resources"]) != want.resources || days != want.days {
			t.Errorf("%s shows %v", action, shown)
		}
		if name := "handshake/" + p.o + "/" + strings.ToLower(action) + "/" + p.id; !strings.HasSuffix(shown["Arn"].(string), name) {
			t.Errorf("%s is named %s", action, shown["Arn"])
		}
	}
	if len(said) != len(pacts) || len(pacts) != len(org.HandshakeActions) {
		t.Errorf("%d actions are made, %d described, %d there", len(pacts), len(said), len(org.HandshakeActions))
	}
}

func TestWhoAnswersHandshakes(t *testing.T) {
	t.Parallel()
	for action, make := range pacts {
		for state, end := range endings {
			t.Run(action+"/"+state, func(t *testing.T) {
				t.Parallel()
				p := make(t)
				end(p)
				is := state
				if state == "EXPIRED" && (strings.HasPrefix(action, "APPROVE_") || strings.HasPrefix(action, "ADD_")) {
					is = "CANCELED" // with the migration that asked
				}
				for _, part := range []string{asSender, asRecipient, asMember, asThird, asNobody} {
					for _, deed := range []string{"DescribeHandshake", "AcceptHandshake", "DeclineHandshake", "CancelHandshake"} {
						p.tries(deed, part, is, func() *pact { return make(t) })
					}
				}
				if state != "OPEN" {
					p.vanishes()
				}
			})
		}
	}
}

// tries a deed. One that changes the handshake is done to a new one.
func (p *pact) tries(deed, part, state string, again func() *pact) {
	p.Helper()
	want := p.outcome(deed, part, state)
	switch {
	case want != "":
		p.refuses(part, deed, p.account(part), object("HandshakeId", p.id), want, "")
	case deed == "DescribeHandshake":
		if got := p.state(p.account(part), p.id); got != state {
			p.Errorf("%s sees %s", part, got)
		}
	default:
		q := again()
		made := q.do(deed, q.account(part), object("HandshakeId", q.id))
		if got := q.find(made, "Handshake", "State"); got != leadsTo[deed] {
			p.Errorf("%s by %s leads to %v", deed, part, got)
		}
	}
}

// vanishes lets 30 days pass: in the last moment the handshake is still to be seen, and then nobody finds it.
func (p *pact) vanishes() {
	p.Helper()
	p.pass(30*day - time.Millisecond)
	p.state(payer, p.id)
	p.listed(true)
	p.pass(2 * time.Millisecond)
	for _, part := range []string{asSender, asRecipient} {
		for _, deed := range []string{"DescribeHandshake", "AcceptHandshake", "DeclineHandshake", "CancelHandshake"} {
			p.refuses(part+", 30 days later", deed, p.account(part), object("HandshakeId", p.id), "HandshakeNotFoundException", "")
		}
	}
	p.listed(false)
}

func (p *pact) listed(want bool) {
	p.Helper()
	for list, by := range map[string]string{"ListHandshakesForOrganization": payer, "ListHandshakesForAccount": p.recipient} {
		if got := strings.Contains(p.text(p.do(list, by, `{}`)), p.id); got != want {
			p.Errorf("%s shows it: %v", list, got)
		}
	}
}

// While members are asked the migration can be taken back and nothing else.
func TestAMigrationThatWaitsForMembers(t *testing.T) {
	t.Parallel()
	p := begins(t, "CONSOLIDATED_BILLING")
	p.do("AcceptHandshake", stranger, object("HandshakeId", p.invite("")))
	p.migrate("ENABLE_ALL_FEATURES")
	parent := object("HandshakeId", p.id)
	if got := p.state(payer, p.id); got != "REQUESTED" {
		t.Fatalf("it is %s", got)
	}
	for _, deed := range []string{"AcceptHandshake", "DeclineHandshake"} {
		p.refuses("too early", deed, payer, parent, "InvalidHandshakeTransitionException", "")
		p.refuses("by the member that is asked", deed, stranger, parent, accessDenied, "")
	}
	p.refuses("by the member that is asked", "CancelHandshake", stranger, parent, accessDenied, "")
	p.house.member("during") // creating accounts goes on, and nobody waits for them
	child := p.find(p.do("ListHandshakesForAccount", stranger, `{"Filter":{"ParentHandshakeId":"`+p.id+`"}}`), "Handshakes", 0, "Id").(string)
	p.do("DeclineHandshake", stranger, object("HandshakeId", child))
	if got := p.state(payer, p.id); got != "REQUESTED" {
		t.Errorf("after a no it is %s", got)
	}
	p.do("CancelHandshake", payer, parent)
	if got := p.find(p.do("DescribeOrganization", payer, `{}`), "Organization", "FeatureSet"); got != "CONSOLIDATED_BILLING" {
		t.Errorf("the organization has %v", got)
	}
	p.pass(time.Second)
	p.do("EnableAllFeatures", payer, `{}`)
	p.do("RemoveAccountFromOrganization", payer, object("AccountId", stranger))
	found := p.do("ListHandshakesForOrganization", payer, `{"Filter":{"ActionType":"ENABLE_ALL_FEATURES"}}`)
	if got := p.find(found, "Handshakes", 0, "State"); got != "OPEN" {
		t.Errorf("once its last member is gone it is %v", got)
	}
}
