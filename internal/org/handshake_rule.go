package org

import (
	"slices"
	"time"
)

// HandshakeRules are a partition's figures on handshakes.
type HandshakeRules struct {
	InvitationLife time.Duration
	MigrationLife  time.Duration // of a migration to all features, and of what it asks of members
	Shown          time.Duration // how long a handshake that has ended is still to be seen
	Parties        []PartyKind   // what an invitation may name
	Hidden         bool          // who manages an organization does not see who else invites it
	MovesOver      bool          // a member of another organization may be invited; accepting, it leaves that one
	RoleFirst      bool          // who may read and cancel what an organization sent is told before whether it was sent
	TellsCancelled bool          // a handshake that was cancelled says so to whoever would end it
	DailyByQuota   bool          // as many invitations a day as accounts, where that is more
	MigrationSize  int           // the most accounts that an organization may migrate with
	Transfers      bool          // organizations may take over responsibilities of others
	TransferNotice time.Duration // between the last moment to accept a transfer and its start
}

// awsHandshakes holds the figures of the AWS Organizations User Guide, "Quotas and service limits" and "Inviting an AWS account to join your
// organization", and of the Billing User Guide, "Transfer billing management to external accounts".
func awsHandshakes(p Partition) HandshakeRules {
	return HandshakeRules{
		InvitationLife: 15 * day, MigrationLife: 90 * day, Shown: 30 * day, Parties: []PartyKind{PartyAccount, PartyEmail}, Hidden: true, MovesOver: true,
		DailyByQuota: true, MigrationSize: 5000, Transfers: p == AWS, TransferNotice: day,
	}
}

// huaweiHandshakes holds the figures of the Huawei Cloud Organizations User Guide, "Constraints", and of InviteAccount.
func huaweiHandshakes() HandshakeRules {
	return HandshakeRules{InvitationLife: 14 * day, Shown: 365 * day, Parties: []PartyKind{PartyAccount, PartyName}, RoleFirst: true, TellsCancelled: true}
}

const day = 24 * time.Hour

// InvitationWindow is the time in which invitations are counted.
const InvitationWindow = day

// InvitationsPerWindow is how many invitations may be sent within the window; zero for any number.
func (r *Rules) InvitationsPerWindow(q Quotas) int {
	if q.Invitations > 0 && r.Handshakes.DailyByQuota {
		return max(q.Invitations, q.Accounts)
	}
	return q.Invitations
}

// PartyKind is what a party is named by.
type PartyKind string

// The kinds of party. AWS names accounts by id or address, Huawei Cloud by id or name.
const (
	PartyAccount      PartyKind = "ACCOUNT"
	PartyEmail        PartyKind = "EMAIL"
	PartyName         PartyKind = "NAME"
	PartyOrganization PartyKind = "ORGANIZATION"
)

// A Party is one side of a handshake.
type Party struct {
	Kind PartyKind
	ID   string
}

// CheckParty returns nil for a party that a handshake can be sent to, and else PartyRefused, PartyEmailInvalid or
// InputMalformed. Any text may be a name: accounts that stand alone have names by other rules than new ones.
func (r *Rules) CheckParty(p Party) error {
	if !slices.Contains(r.Handshakes.Parties, p.Kind) {
		return Errorf(PartyRefused, "a handshake is not sent to a party of the kind %s", p.Kind)
	}
	switch p.Kind {
	case PartyEmail:
		if err := CheckEmail(p.ID); err != nil {
			return Errorf(PartyEmailInvalid, "%s", AsError(err).Detail)
		}
		return nil
	case PartyAccount:
		return r.CheckAccountID(AccountID(p.ID))
	default:
		return withoutZero(InputMalformed, "a name", p.ID)
	}
}

// What happens with handshakes and transfers.
const (
	AccountInvited     EventName = "AccountInvited"
	HandshakeAgreed    EventName = "HandshakeAgreed"
	HandshakeRefused   EventName = "HandshakeRefused"
	HandshakeTakenBack EventName = "HandshakeTakenBack"
	FeaturesRequested  EventName = "FeaturesRequested"
	TransferOffered    EventName = "TransferOffered"
	TransferRenamed    EventName = "TransferRenamed"
	TransferEnded      EventName = "TransferEnded"
)
