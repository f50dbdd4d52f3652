package awsorg

import (
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// A pact is a handshake in a house, with an account for each part in it.
type pact struct {
	*house
	id        string
	recipient string
	member    string // of the sender's organization, without a part in it
	shared    bool   // the sender answers itself
}

const (
	asSender    = "the sender"
	asRecipient = "the recipient"
	asMember    = "a member of the sender's organization"
	asThird     = "the management account of a third organization"
	asNobody    = "an account of no organization"
	outsider    = "678901234567"
	lonely      = "789012345678"
)

func (p *pact) account(part string) string {
	return map[string]string{asSender: payer, asRecipient: p.recipient, asMember: p.member, asThird: outsider, asNobody: lonely}[part]
}

// begins makes an organization of a feature set, with a member, and one of somebody else's.
func begins(t *testing.T, features string) *pact {
	t.Helper()
	h := empty(t)
	for _, id := range []org.AccountID{outsider, lonely} {
		if err := h.plane.EnsureAccount(t.Context(), org.AWS, id); err != nil {
			t.Fatal(err)
		}
	}
	h.o = h.find(h.do("CreateOrganization", payer, object("FeatureSet", features)), "Organization", "Id").(string)
	h.do("CreateOrganization", outsider, `{}`)
	return &pact{house: h, member: h.member("plain"), recipient: stranger}
}

// pacts make a handshake of every action, open.
var pacts = map[string]func(*testing.T) *pact{
	"INVITE": func(t *testing.T) *pact {
		p := begins(t, "ALL")
		p.id = p.invite("")
		return p
	},
	"ENABLE_ALL_FEATURES": func(t *testing.T) *pact {
		p := begins(t, "CONSOLIDATED_BILLING")
		p.migrate("ENABLE_ALL_FEATURES")
		p.recipient, p.shared = payer, true
		return p
	},
	"APPROVE_ALL_FEATURES": func(t *testing.T) *pact {
		p := begins(t, "CONSOLIDATED_BILLING")
		p.do("AcceptHandshake", stranger, object("HandshakeId", p.invite("")))
		p.migrate("APPROVE_ALL_FEATURES")
		return p
	},
	"ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE": func(t *testing.T) *pact {
		p := begins(t, "CONSOLIDATED_BILLING")
		p.recipient = p.house.member("lost")
		p.loses(p.recipient)
		p.migrate("ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE")
		return p
	},
	"TRANSFER_RESPONSIBILITY": func(t *testing.T) *pact {
		p := begins(t, "ALL")
		p.do("CreateOrganization", stranger, `{}`)
		p.id = p.find(p.do("InviteOrganizationToTransferResponsibility", payer, transferOf(stranger, february)), "Handshake", "Id").(string)
		return p
	},
}

// migrate begins the way to all features and takes up its handshake of an action.
func (p *pact) migrate(action string) {
	p.Helper()
	p.pass(time.Second)
	p.do("EnableAllFeatures", payer, `{}`)
	found := p.find(p.do("ListHandshakesForOrganization", payer, `{"Filter":{"ActionType":"`+action+`"}}`), "Handshakes").([]any)
	if len(found) != 1 {
		p.Fatalf("%d handshakes are %s", len(found), action)
	}
	p.id = p.find(found, 0, "Id").(string)
}

// loses takes the service's role out of an account, as its owner may.
func (h *house) loses(account string) {
	h.Helper()
	err := h.plane.Store.Update(h.Context(), func(tx store.Tx) error {
		role, err := tx.PrincipalNamed(h.Context(), org.AccountID(account), org.ServiceRole, "AWSServiceRoleForOrganizations")
		if err != nil {
			return err
		}
		return tx.DeletePrincipal(h.Context(), role.ID)
	})
	if err != nil {
		h.Fatal(err)
	}
}
