package controlplane

import (
	"context"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// InviteAccount invites an account into the caller's organization. The account need not exist: whoever has the id or the address when it asks
// may answer. The tags are for the account that joins, and are held against the tag policies now, not then. It fails as NewInvitation does, with
// TagPolicyBroken, with InvitationsPaused while a migration to all features runs, AlreadyMember, HandshakeExists
// for an open invitation of the same account, InvitedAccountLimit and HandshakeRate.
func (p *Plane) InviteAccount(ctx context.Context, c org.Caller, q org.Offer) (org.Handshake, error) {
	return update(ctx, p, func(tx store.Tx) (org.Handshake, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:InviteAccountToOrganization")
		if err != nil {
			return org.Handshake{}, err
		}
		from, err := sender(ctx, tx, o)
		if err != nil {
			return org.Handshake{}, err
		}
		rules := o.Rules()
		h, err := org.NewInvitation(rules, p.Mint.Handshake(rules), from, q, p.now())
		if err != nil {
			return org.Handshake{}, err
		}
		if err := p.checkTagPolicy(ctx, tx, o, org.AccountThing, q.Tags); err != nil {
			return org.Handshake{}, err
		}
		if err := p.checkManagement(ctx, tx, o, org.Inviting); err != nil {
			return org.Handshake{}, err
		}
		if err := p.checkInvitation(ctx, tx, o, &h); err != nil {
			return org.Handshake{}, err
		}
		return h, p.send(ctx, tx, o, h, org.AccountInvited, c)
	})
}

func sender(ctx context.Context, r store.Reader, o org.Organization) (org.Sender, error) {
	m, err := r.Account(ctx, o.ManagementID)
	return org.SenderOf(o, m), err
}

// send writes a handshake and its event, and removes what has long left all lists, but for what members said to a migration that still runs.
func (p *Plane) send(ctx context.Context, tx store.Tx, o org.Organization, h org.Handshake, e org.EventName, by org.Caller) error {
	until := h.RequestedAt
	running, runs, err := p.migration(ctx, tx, o)
	if err != nil {
		return err
	}
	if runs {
		until = running.RequestedAt
	}
	if err := tx.SweepHandshakes(ctx, o.ID, until); err != nil {
		return err
	}
	if err := tx.InsertHandshake(ctx, h); err != nil {
		return err
	}
	return p.record(ctx, tx, o, e, by, string(h.ID), map[string]string{"action": string(h.Action)})
}

func (p *Plane) checkInvitation(ctx context.Context, tx store.Tx, o org.Organization, h *org.Handshake) error {
	_, running, err := p.migration(ctx, tx, o)
	if err != nil {
		return err
	}
	if running {
		return org.Errorf(org.InvitationsPaused, "nobody is invited while the organization goes over to all features")
	}
	known, err := whois(ctx, tx, h.Partition, h.Target)
	if err != nil {
		return err
	}
	if h.Target.Kind == org.PartyName {
		h.AccountID = known.ID
	}
	if known.OrganizationID == o.ID {
		return org.Errorf(org.AlreadyMember, "the account is a member of the organization already")
	}
	if err := p.checkDuplicate(ctx, tx, o, *h, known); err != nil {
		return err
	}
	return p.checkInvitations(ctx, tx, o, h)
}

// whois returns the account that a party names at the moment, and an empty one when there is none; a name must have one, since nothing else would
// find the handshake.
func whois(ctx context.Context, r store.Reader, partition org.Partition, t org.Party) (org.Account, error) {
	id := t.ID
	if t.Kind != org.PartyAccount {
		key := org.Reservation{Partition: partition, Field: org.FieldEmail, Value: strings.ToLower(t.ID)}
		if t.Kind == org.PartyName {
			key.Field, key.Value = org.FieldName, t.ID
		}
		holder, err := r.Holder(ctx, key)
		if err != nil {
			return org.Account{}, err
		}
		id = holder
	}
	a, err := r.Account(ctx, org.AccountID(id))
	missing := org.ReasonOf(err) == org.AccountMissing || a.Partition != partition
	switch {
	case missing && t.Kind == org.PartyName:
		return org.Account{}, org.Errorf(org.AccountMissing, "there is no account of that name")
	case missing:
		return org.Account{}, nil
	}
	return a, err
}

// comingBy returns the account that there will be once a party calls for the first time, and an empty one for an address that no account makes up. In open
// mode the id of an account and its made-up address are one target before there is the account.
func comingBy(partition org.Partition, t org.Party) org.Account {
	rules, id := org.RulesOf(partition), org.AccountID(strings.TrimSuffix(strings.ToLower(t.ID), madeUp))
	if !rules.NeedsEmail || rules.CheckAccountID(id) != nil {
		return org.Account{}
	}
	return org.Account{ID: id, Partition: partition, Email: string(id) + madeUp}
}

func (p *Plane) checkDuplicate(ctx context.Context, r store.Reader, o org.Organization, h org.Handshake, known org.Account) error {
	keys := []string{h.Recipient()}
	if known.ID == "" && p.Lenient {
		known = comingBy(h.Partition, h.Target)
	}
	if known.ID != "" {
		keys = org.Recipients(known)
	}
	for _, key := range keys {
		n, err := r.CountOpenHandshakes(ctx, o.ID, h.Action, key, h.RequestedAt)
		if err != nil {
			return err
		}
		if n > 0 {
			return org.Errorf(org.HandshakeExists, "an open handshake with the same account exists")
		}
	}
	return nil
}

// checkInvitations keeps the quotas: open invitations count as members, and those of a day are counted unless they were accepted.
func (p *Plane) checkInvitations(ctx context.Context, r store.Reader, o org.Organization, h *org.Handshake) error {
	q := p.Quotas(o.Rules())
	if q.Accounts > 0 {
		n, err := p.countTaken(ctx, r, o)
		if err != nil {
			return err
		}
		if n >= q.Accounts {
			return org.Errorf(org.InvitedAccountLimit, "an organization has at most %d accounts, open invitations included", q.Accounts)
		}
	}
	most := o.Rules().InvitationsPerWindow(q)
	if most == 0 {
		return nil
	}
	n, err := r.CountHandshakesSince(ctx, o.ID, org.Invitation, h.RequestedAt.Add(-org.InvitationWindow))
	if err != nil {
		return err
	}
	if n >= most {
		return org.Errorf(org.HandshakeRate, "at most %d invitations are sent within a day", most)
	}
	return nil
}

// countTaken counts what the quota of accounts counts: members and open invitations.
func (p *Plane) countTaken(ctx context.Context, r store.Reader, o org.Organization) (int, error) {
	members, err := r.CountAccounts(ctx, o.ID, "")
	if err != nil {
		return 0, err
	}
	invited, err := r.CountOpenHandshakes(ctx, o.ID, org.Invitation, "", p.now())
	return members + invited, err
}
