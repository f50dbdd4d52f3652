package org_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
)

const day = 24 * time.Hour

var (
	sent = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	from = org.Sender{OrganizationID: "o-1", ManagementID: "111111111111", Email: "payer@corp.example", Name: "Payer", FeatureSet: org.AllFeatures}
)

func invitation(t *testing.T, p org.Partition, to org.Party) org.Handshake {
	t.Helper()
	h, err := org.NewInvitation(org.RulesOf(p), "h-1", from, org.Offer{To: to, Notes: "please", Tags: []org.Tag{{Key: "k"}}}, sent)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestAnInvitationIsOpenForItsTime(t *testing.T) {
	t.Parallel()
	h := invitation(t, org.AWS, org.Party{Kind: org.PartyAccount, ID: "222222222222"})
	if d := cmp.Diff(org.Handshake{
		ID: "h-1", Partition: org.AWS, From: from, Action: org.Invitation, State: org.HandshakeOpen, Target: org.Party{Kind: org.PartyAccount, ID: "222222222222"},
		AccountID: "222222222222", Notes: "please", Tags: []org.Tag{{Key: "k"}}, RequestedAt: sent, ExpiresAt: sent.Add(15 * day),
	}, h); d != "" {
		t.Error(d)
	}
	if got := invitation(t, org.Huawei, org.Party{Kind: org.PartyName, ID: "account-1"}).ExpiresAt; !got.Equal(sent.Add(14 * day)) {
		t.Errorf("on Huawei Cloud until %s", got)
	}
	if got := h.At(h.ExpiresAt.Add(-time.Microsecond)); got.State != org.HandshakeOpen {
		t.Errorf("before its end %s", got.State)
	}
	if got := h.At(h.ExpiresAt); got.State != org.HandshakeExpired || !got.EndedAt.Equal(h.ExpiresAt) {
		t.Errorf("at its end %+v", got)
	}
}

func TestWhomAnInvitationIsFor(t *testing.T) {
	t.Parallel()
	a := org.Account{Partition: org.AWS, ID: "222222222222", Email: "Someone@Corp.example"}
	if d := cmp.Diff([]string{"222222222222", "someone@corp.example"}, org.Recipients(a)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"1"}, org.Recipients(org.Account{Partition: org.AWS, ID: "1"})); d != "" {
		t.Error(d)
	}
	byID, byEmail := invitation(t, org.AWS, org.Party{Kind: org.PartyAccount, ID: "222222222222"}), invitation(t, org.AWS, org.Party{Kind: org.PartyEmail, ID: "SOMEONE@corp.example"})
	if byID.Recipient() != "222222222222" || byEmail.Recipient() != "someone@corp.example" {
		t.Errorf("%s, %s", byID.Recipient(), byEmail.Recipient())
	}
	elsewhere := invitation(t, org.AWSGov, org.Party{Kind: org.PartyEmail, ID: "SOMEONE@corp.example"})
	if got := org.Recipients(org.Account{Partition: org.AWSGov, ID: "1", Email: "someone@corp.example"}); got[1] != elsewhere.Recipient() || got[1] == byEmail.Recipient() {
		t.Errorf("in another partition %v, %q", got, elsewhere.Recipient())
	}
	byEmail.AccountID = "222222222222"
	if byEmail.Recipient() != "222222222222" {
		t.Errorf("once answered: %s", byEmail.Recipient())
	}
}

func TestWhatAnInvitationRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		says string
		p    org.Partition
		q    org.Offer
		want org.Reason
	}{
		{"an organization", org.AWS, org.Offer{To: org.Party{Kind: org.PartyOrganization, ID: "o-1"}}, org.PartyRefused},
		{"a name on AWS", org.AWS, org.Offer{To: org.Party{Kind: org.PartyName, ID: "name"}}, org.PartyRefused},
		{"an address on Huawei Cloud", org.Huawei, org.Offer{To: org.Party{Kind: org.PartyEmail, ID: "a@b.example"}}, org.PartyRefused},
		{"an address that is none", org.AWS, org.Offer{To: org.Party{Kind: org.PartyEmail, ID: "nobody"}}, org.PartyEmailInvalid},
		{"an id that is none", org.AWS, org.Offer{To: org.Party{Kind: org.PartyAccount, ID: "12"}}, org.InputMalformed},
		{"a name that is no text", org.Huawei, org.Offer{To: org.Party{Kind: org.PartyName, ID: "a\x00"}}, org.InputMalformed},
		{"notes that are no text", org.AWS, org.Offer{To: org.Party{Kind: org.PartyEmail, ID: "a@b.example"}, Notes: "\x00"}, org.InputMalformed},
		{"a tag of the cloud's", org.AWS, org.Offer{To: org.Party{Kind: org.PartyEmail, ID: "a@b.example"}, Tags: []org.Tag{{Key: "aws:x"}}}, org.SystemTag},
	} {
		if _, err := org.NewInvitation(org.RulesOf(c.p), "h-1", from, c.q, sent); org.ReasonOf(err) != c.want {
			t.Errorf("%s: %v, want %s", c.says, err, c.want)
		}
	}
}

// The transitions are those of the AWS API Reference, "Handshake", State.
func TestHowHandshakesEnd(t *testing.T) {
	t.Parallel()
	end := map[string]func(*org.Handshake, time.Time) error{"accept": (*org.Handshake).Accept, "decline": (*org.Handshake).Decline, "cancel": (*org.Handshake).Cancel}
	for _, c := range []struct {
		state org.HandshakeState
		deed  string
		to    org.HandshakeState
		want  org.Reason
	}{
		{org.HandshakeOpen, "accept", org.HandshakeAccepted, ""},
		{org.HandshakeOpen, "decline", org.HandshakeDeclined, ""},
		{org.HandshakeOpen, "cancel", org.HandshakeCancelled, ""},
		{org.HandshakeRequested, "accept", "", org.HandshakeTransition},
		{org.HandshakeRequested, "decline", "", org.HandshakeTransition},
		{org.HandshakeRequested, "cancel", org.HandshakeCancelled, ""},
		{org.HandshakeAccepted, "accept", "", org.HandshakeInState},
		{org.HandshakeAccepted, "decline", "", org.HandshakeTransition},
		{org.HandshakeAccepted, "cancel", "", org.HandshakeTransition},
		{org.HandshakeDeclined, "accept", "", org.HandshakeTransition},
		{org.HandshakeDeclined, "decline", "", org.HandshakeInState},
		{org.HandshakeCancelled, "accept", "", org.HandshakeTransition},
		{org.HandshakeCancelled, "cancel", "", org.HandshakeInState},
		{org.HandshakeExpired, "accept", "", org.HandshakeTransition},
	} {
		h := org.Handshake{Partition: org.AWS, State: c.state, ExpiresAt: sent.Add(day)}
		before := h
		err := end[c.deed](&h, sent)
		if org.ReasonOf(err) != c.want {
			t.Errorf("%s a handshake that is %s: %v", c.deed, c.state, err)
		}
		if c.want != "" && !cmp.Equal(before, h) {
			t.Errorf("%s a handshake that is %s leaves %+v", c.deed, c.state, h)
		}
		if c.want == "" && (h.State != c.to || !h.EndedAt.Equal(sent)) {
			t.Errorf("%s: %+v", c.deed, h)
		}
	}
	late := org.Handshake{Partition: org.AWS, State: org.HandshakeOpen, ExpiresAt: sent}
	for deed, do := range end {
		if err := do(&late, sent); org.ReasonOf(err) != org.HandshakeTransition {
			t.Errorf("%s too late: %v", deed, err)
		}
	}
}

func TestHandshakesAreSeenForATimeAfterTheirEnd(t *testing.T) {
	t.Parallel()
	h := invitation(t, org.AWS, org.Party{Kind: org.PartyAccount, ID: "222222222222"})
	if want := sent.Add(45 * day); !h.GoneAt().Equal(want) {
		t.Errorf("left alone until %s, want %s", h.GoneAt(), want)
	}
	if expired := h.At(sent.Add(40 * day)); !expired.GoneAt().Equal(h.GoneAt()) {
		t.Error("what time has ended goes at another time")
	}
	if err := h.Decline(sent.Add(day)); err != nil || !h.GoneAt().Equal(sent.Add(31*day)) {
		t.Errorf("declined until %s: %v", h.GoneAt(), err)
	}
	on := invitation(t, org.Huawei, org.Party{Kind: org.PartyName, ID: "account-1"})
	if err := on.Cancel(sent); err != nil || !on.GoneAt().Equal(sent.Add(365*day)) {
		t.Errorf("on Huawei Cloud until %s: %v", on.GoneAt(), err)
	}
}

func TestInvitationsOfADay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		p    org.Partition
		q    org.Quotas
		want int
	}{
		{org.AWS, org.RulesOf(org.AWS).Vendor, 20},
		{org.AWS, org.Quotas{Accounts: 50, Invitations: 20}, 50},
		{org.AWS, org.RulesOf(org.AWS).Relaxed, 0},
		{org.AWS, org.Quotas{Accounts: 50}, 0},
		{org.Huawei, org.Quotas{Accounts: 50, Invitations: 20}, 20},
	} {
		if got := org.RulesOf(c.p).InvitationsPerWindow(c.q); got != c.want {
			t.Errorf("%s %+v: %d, want %d", c.p, c.q, got, c.want)
		}
	}
}

func TestAMigrationWaitsForItsMembers(t *testing.T) {
	t.Parallel()
	r := org.RulesOf(org.AWS)
	alone := org.NewMigration(r, "h-1", from, 0, sent)
	if alone.State != org.HandshakeOpen || alone.AccountID != from.ManagementID || !alone.ExpiresAt.Equal(sent.Add(90*day)) {
		t.Errorf("%+v", alone)
	}
	h := org.NewMigration(r, "h-1", from, 2, sent)
	for i, want := range []org.HandshakeState{org.HandshakeRequested, org.HandshakeRequested, org.HandshakeOpen} {
		if h.State != want {
			t.Errorf("after %d answers %s", i, h.State)
		}
		h.Settle()
	}
	invited := h.Ask("h-2", org.Account{ID: "222222222222", JoinMethod: org.Invited}, sent.Add(day))
	created := h.Ask("h-3", org.Account{ID: "333333333333", JoinMethod: org.Created}, sent.Add(day))
	if invited.Action != org.FeatureApproval || created.Action != org.ServiceRoleRequest || invited.ParentID != "h-1" || invited.Recipient() != "222222222222" {
		t.Errorf("%+v, %+v", invited, created)
	}
	if !invited.ExpiresAt.Equal(h.ExpiresAt) {
		t.Errorf("a question outlives its migration: %s", invited.ExpiresAt)
	}
	if got := invited.At(h.ExpiresAt); got.State != org.HandshakeCancelled {
		t.Errorf("when the migration expires its question is %s", got.State)
	}
}

func TestHuaweiCloudTellsThatAHandshakeIsCancelled(t *testing.T) {
	t.Parallel()
	for deed, end := range map[string]func(*org.Handshake, time.Time) error{
		"accept": (*org.Handshake).Accept, "decline": (*org.Handshake).Decline, "cancel": (*org.Handshake).Cancel,
	} {
		for state, want := range map[org.HandshakeState]org.Reason{org.HandshakeCancelled: org.HandshakeWithdrawn, org.HandshakeExpired: org.HandshakeTransition} {
			h := org.Handshake{Partition: org.Huawei, State: state, ExpiresAt: sent.Add(day)}
			if err := end(&h, sent); org.ReasonOf(err) != want || h.State != state {
				t.Errorf("%s one that is %s: %v", deed, state, err)
			}
		}
	}
}
