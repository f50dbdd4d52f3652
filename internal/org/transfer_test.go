package org_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
)

var source = org.Side{OrganizationID: "o-2", ManagementID: "222222222222", Email: "other@corp.example"}

func date(text string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		panic(err)
	}
	return t
}

func offer(start string) org.TransferOffer {
	return org.TransferOffer{Offer: org.Offer{To: org.Party{Kind: org.PartyAccount, ID: "222222222222"}}, Name: "other", StartsAt: date(start)}
}

func TestATransferComesWithItsHandshake(t *testing.T) {
	t.Parallel()
	now := date("2026-03-15T12:00:00Z")
	got, h, err := org.NewTransfer(org.RulesOf(org.AWS), "rt-1", "h-1", from, source, offer("2026-05-01T00:00:00Z"), now)
	if err != nil {
		t.Fatal(err)
	}
	last := date("2026-04-30T00:00:00Z") // the Billing User Guide's sample: accepted by 29 April 23:59:59
	if d := cmp.Diff(org.Transfer{
		ID: "rt-1", Partition: org.AWS, Name: "other", Source: source, Target: org.Side{OrganizationID: "o-1", ManagementID: "111111111111", Email: "payer@corp.example"},
		Status: org.TransferRequested, StartsAt: date("2026-05-01T00:00:00Z"), ExpiresAt: last, HandshakeID: "h-1", CreatedAt: now,
	}, got); d != "" {
		t.Error(d)
	}
	if h.Action != org.TransferInvitation || h.State != org.HandshakeOpen || h.AccountID != source.ManagementID || !h.ExpiresAt.Equal(last) || h.TransferID != "rt-1" || !h.StartsAt.Equal(got.StartsAt) {
		t.Errorf("%+v", h)
	}
	if got.At(last.Add(-time.Second)).Status != org.TransferRequested || got.At(last).Status != org.TransferExpired {
		t.Error("it does not expire a day before its start")
	}
}

func TestWhenATransferStarts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		now, start string
		want       org.Reason
	}{
		{"2026-03-15T12:00:00Z", "2026-04-01T00:00:00Z", ""},
		{"2026-03-15T12:00:00Z", "2026-05-01T00:00:00Z", ""},
		{"2026-12-31T23:59:59Z", "2027-02-01T00:00:00Z", ""},
		{"2026-03-15T12:00:00Z", "2026-05-01T02:00:00+02:00", ""},
		{"2026-03-15T12:00:00Z", "2026-06-01T00:00:00Z", org.StartTooLate},
		{"2026-03-15T12:00:00Z", "2026-03-01T00:00:00Z", org.StartTooEarly},
		{"2026-03-30T23:59:59Z", "2026-04-01T00:00:00Z", ""},
		{"2026-03-31T00:00:00Z", "2026-04-01T00:00:00Z", org.StartTooEarly},
		{"2026-03-15T12:00:00Z", "2026-04-02T00:00:00Z", org.StartNotAtMonth},
		{"2026-03-15T12:00:00Z", "2026-04-01T00:00:00.001Z", org.StartNotAtDay},
		{"2026-03-15T12:00:00Z", "1970-01-01T00:00:00Z", org.StartInvalid},
		{"2026-03-15T12:00:00Z", "0001-01-01T00:00:00Z", org.StartInvalid},
		{"2026-03-15T12:00:00Z", "1970-02-01T00:00:00Z", org.StartTooEarly},
	} {
		_, _, err := org.NewTransfer(org.RulesOf(org.AWS), "rt-1", "h-1", from, source, offer(c.start), date(c.now))
		if org.ReasonOf(err) != c.want {
			t.Errorf("asked at %s for %s: %v, want %q", c.now, c.start, err, c.want)
		}
	}
}

func TestATransferNeedsTwo(t *testing.T) {
	t.Parallel()
	self := org.Side{OrganizationID: from.OrganizationID, ManagementID: from.ManagementID}
	now := date("2026-03-15T12:00:00Z")
	if _, _, err := org.NewTransfer(org.RulesOf(org.AWS), "rt-1", "h-1", from, self, offer("2026-04-01T00:00:00Z"), now); org.ReasonOf(err) != org.TransferToSelf {
		t.Error(err)
	}
	for want, change := range map[org.Reason]func(*org.TransferOffer){
		org.InputMalformed:    func(q *org.TransferOffer) { q.Name = "\x00" },
		org.PartyRefused:      func(q *org.TransferOffer) { q.To.Kind = org.PartyOrganization },
		org.PartyEmailInvalid: func(q *org.TransferOffer) { q.To = org.Party{Kind: org.PartyEmail, ID: "x"} },
	} {
		q := offer("2026-04-01T00:00:00Z")
		change(&q)
		if _, _, err := org.NewTransfer(org.RulesOf(org.AWS), "rt-1", "h-1", from, source, q, now); org.ReasonOf(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestHowATransferIsWithdrawn(t *testing.T) {
	t.Parallel()
	now := date("2026-01-15T12:00:00Z")
	for _, c := range []struct {
		says string
		s    org.TransferStatus
		end  string
		want org.Reason
		ends string
	}{
		{"without an end", org.TransferAccepted, "", "", "2026-01-31T23:59:59.999Z"},
		{"with this month", org.TransferAccepted, "2026-01-31T23:59:59.999Z", "", "2026-01-31T23:59:59.999Z"},
		{"with the next", org.TransferAccepted, "2026-02-28T23:59:59.999Z", "", "2026-02-28T23:59:59.999Z"},
		{"with the one after", org.TransferAccepted, "2026-03-31T23:59:59.999Z", org.EndTooLate, ""},
		{"with the last", org.TransferAccepted, "2025-12-31T23:59:59.999Z", org.EndTooEarly, ""},
		{"with a second", org.TransferAccepted, "2026-01-31T23:59:59Z", org.EndNotAtMonth, ""},
		{"before it is accepted", org.TransferRequested, "", org.TransferTransition, ""},
		{"after it was declined", org.TransferDeclined, "", org.TransferTransition, ""},
		{"twice", org.TransferWithdrawn, "", org.TransferInStatus, ""},
	} {
		v := org.Transfer{Status: c.s, ExpiresAt: now.Add(day)}
		var end time.Time
		if c.end != "" {
			end = date(c.end)
		}
		err := v.Withdraw(end, now)
		if org.ReasonOf(err) != c.want {
			t.Errorf("%s: %v, want %q", c.says, err, c.want)
		}
		if c.want == "" && (v.Status != org.TransferWithdrawn || !v.EndsAt.Equal(date(c.ends)) || !v.RunsUntil().Equal(v.EndsAt)) {
			t.Errorf("%s: %+v", c.says, v)
		}
	}
}

func TestHowLongATransferBinds(t *testing.T) {
	t.Parallel()
	v := org.Transfer{Status: org.TransferRequested, ExpiresAt: sent}
	if !v.RunsUntil().Equal(sent) {
		t.Errorf("an offer until %s", v.RunsUntil())
	}
	for state, want := range map[org.HandshakeState]org.TransferStatus{
		org.HandshakeAccepted: org.TransferAccepted, org.HandshakeDeclined: org.TransferDeclined, org.HandshakeCancelled: org.TransferCancelled,
	} {
		v.Answer(state)
		if v.Status != want || v.RunsUntil().After(sent) != (want == org.TransferAccepted) {
			t.Errorf("%s: %+v", state, v)
		}
	}
}

func TestNamesOfTransfers(t *testing.T) {
	t.Parallel()
	for s, want := range map[org.TransferStatus]org.Reason{org.TransferRequested: "", org.TransferAccepted: "", org.TransferWithdrawn: org.TransferRefused, org.TransferExpired: org.TransferRefused} {
		v := org.Transfer{Status: s, ExpiresAt: sent.Add(day)}
		if err := v.Rename("new", sent); org.ReasonOf(err) != want || (want == "") != (v.Name == "new") {
			t.Errorf("%s: %v, named %q", s, err, v.Name)
		}
	}
	v := org.Transfer{Status: org.TransferAccepted}
	if err := v.Rename("\x00", sent); org.ReasonOf(err) != org.InputMalformed {
		t.Error(err)
	}
}
