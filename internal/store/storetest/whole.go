package storetest

import (
	"errors"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlstore"
)

func (b bench) rows() map[string]int {
	b.Helper()
	out, err := b.Rows(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	return out
}

// fill writes a row of everything and returns the organization and its one account.
func (b bench) fill() (org.Organization, org.Account) {
	b.Helper()
	ctx := b.Context()
	o := b.organization()
	u := b.unit(o, o.RootID, "u", 1)
	a := b.account(o, u.ID, start)
	p := b.principal(a, org.User, "u")
	b.creation(o, org.CreationRunning, 1)
	b.reserve(reservation(1), string(a.ID))
	b.begin(id("s"), start)
	b.initSetting(id("setting"), nil)
	b.update(func(tx store.Tx) error {
		return errors.Join(
			tx.InsertKey(ctx, org.Key{ID: org.KeyID(id("k")), AccountID: a.ID, PrincipalID: p.ID}),
			tx.PutTags(ctx, o.ID, org.Resource(o.RootID), []org.Tag{{Key: "k"}}),
			tx.PutTags(ctx, o.ID, org.Resource(u.ID), []org.Tag{{Key: "k"}}),
			tx.AppendEvent(ctx, org.Event{OrganizationID: o.ID, Version: 1}),
			tx.InsertPolicy(ctx, org.Policy{OrganizationID: o.ID, ID: "p"}),
			tx.EnablePolicyType(ctx, o.ID, org.TagPolicy),
			tx.PutPolicyTypeSwitch(ctx, o.ID, org.TagPolicy, start),
			tx.Attach(ctx, org.Attachment{OrganizationID: o.ID, PolicyID: "p", Type: org.TagPolicy, TargetID: string(a.ID)}),
			b.know(tx, o, org.TagPolicy, string(a.ID)),
			tx.InsertHandshake(ctx, org.Handshake{ID: org.HandshakeID(id("h")), Partition: org.AWS, From: org.Sender{OrganizationID: o.ID}}),
			tx.InsertTransfer(ctx, transferOf(o, o, 1)),
			tx.PutZone(ctx, landing.Zone{OrganizationID: o.ID}),
			tx.PutManagedUnit(ctx, landing.Unit{OrganizationID: o.ID, UnitID: u.ID}),
			tx.PutManagedAccount(ctx, landing.Account{OrganizationID: o.ID, AccountID: a.ID}),
			tx.PutOperation(ctx, landing.Operation{OrganizationID: o.ID, ID: "op"}),
			b.fillLife(tx, o, a),
			b.fillDelegation(tx, o, a),
			tx.EnableRootFeature(ctx, o.ID, org.RootSessions),
			b.fillDryRun(tx, o),
		)
	})
	return o, a
}

// whole are the promises about the whole database.
var whole = []try{
	{"a deleted organization leaves its events, its records and its former account, and that account nothing", func(b bench) {
		o, a := b.fill()
		if n := len(b.rows()); n != len(sqlstore.Tables) {
			b.Fatalf("rows in %d tables of %d", n, len(sqlstore.Tables))
		}
		b.update(func(tx store.Tx) error { return tx.DeleteOrganization(b.Context(), o.ID) })
		b.equal(map[string]int{"accounts": 1, "principals": 1, "keys": 1, "reservations": 1, "events": 1, "dry_run_records": 1, "sagas": 1, "settings": 1,
			"contacts": 1, "email_changes": 1, "account_regions": 1}, b.rows())
		b.update(func(tx store.Tx) error {
			return errors.Join(tx.DeleteAccount(b.Context(), a.ID), tx.ReleaseReservations(b.Context(), string(a.ID)))
		})
		b.equal(map[string]int{"events": 1, "dry_run_records": 1, "sagas": 1, "settings": 1}, b.rows())
	}},
	{"a deleted organization takes nothing of another with it", func(b bench) {
		b.fill()
		before := b.rows()
		o := b.organization()
		b.tag(o, "x", org.Tag{Key: "k"})
		b.update(func(tx store.Tx) error { return tx.DeleteOrganization(b.Context(), o.ID) })
		b.equal(before, b.rows())
	}},
	{"a cleared database has its settings left", func(b bench) {
		b.fill()
		if err := b.Clear(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.equal(map[string]int{"settings": 1}, b.rows())
		b.fill()
	}},
}
