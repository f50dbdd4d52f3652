package sqlite

import (
	"context"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

var at = time.Unix(0, 0)

func memory(t *testing.T) *Store {
	t.Helper()
	s, err := OpenMemory(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func read(ctx context.Context, r store.Reader) {
	_, _ = r.Organization(ctx, "o")
	_, _ = r.Unit(ctx, "o", "u")
	_, _ = r.Account(ctx, "a")
	_, _, _ = r.Member(ctx, "a")
	_, _ = r.Creation(ctx, "o", "c")
	_, _ = r.CountCreations(ctx, "o")
	_, _ = r.Principal(ctx, "p")
	_, _ = r.PrincipalNamed(ctx, "a", org.Role, "r")
	_, _ = r.Principals(ctx, "a")
	_, _ = r.Key(ctx, "k")
	_, _ = r.Tags(ctx, "o", "r")
	for _, k := range []org.ThingKind{org.UnitThing, org.AccountThing, org.PolicyThing} {
		_, _ = r.TagsOf(ctx, "o", k)
	}
	_, _ = r.Events(ctx, "o", 0, 0, 1)
	_, _ = r.Zone(ctx, "o")
	_, _ = r.ManagedUnit(ctx, "o", "u")
	_, _ = r.ManagedAccount(ctx, "o", "a")
	_, _ = r.Operation(ctx, "o", "op")
	readPolicies(ctx, r)
	readLife(ctx, r)
	readDelegations(ctx, r)
}

func write(ctx context.Context, tx store.Tx) {
	_ = tx.Start(ctx, "s", org.CreateAccount, "c", at)
	_ = tx.SaveSaga(ctx, durable.Saga{ID: "s", State: durable.Running})
	_ = tx.SaveSaga(ctx, durable.Saga{ID: "s", State: durable.Failed})
	_ = tx.InsertOrganization(ctx, org.Organization{ID: "o"})
	_, _ = tx.LockOrganization(ctx, "o")
	writePolicies(ctx, tx)
	_ = tx.InsertUnit(ctx, org.Unit{OrganizationID: "o", ID: "u"})
	_ = tx.InsertAccount(ctx, org.Account{ID: "a", ParentID: "u"})
	_, _ = tx.LockAccount(ctx, "a")
	_ = tx.UpdateAccount(ctx, org.Account{ID: "a"})
	_ = tx.InsertCreation(ctx, org.Creation{OrganizationID: "o", ID: "c"})
	_ = tx.UpdateCreation(ctx, org.Creation{OrganizationID: "o", ID: "c"})
	_, _ = tx.Reserve(ctx, org.Reservation{Slots: 1, Holder: "h"})
	_ = tx.PassReservations(ctx, "h", "i")
	_ = tx.ReleaseReservations(ctx, "i")
	_ = tx.InsertPrincipal(ctx, org.Principal{ID: "p", AccountID: "a"})
	_ = tx.InsertKey(ctx, org.Key{ID: "k", PrincipalID: "p"})
	_ = tx.DeletePrincipal(ctx, "p")
	_ = tx.PutTags(ctx, "o", "r", []org.Tag{{Key: "k"}})
	_ = tx.DeleteTags(ctx, "o", "r", []string{"k"})
	_ = tx.DeleteTags(ctx, "o", "r", nil)
	_ = tx.AppendEvent(ctx, org.Event{OrganizationID: "o"})
	_ = tx.PutZone(ctx, landing.Zone{OrganizationID: "o"})
	_ = tx.PutManagedUnit(ctx, landing.Unit{OrganizationID: "o", UnitID: "u"})
	_ = tx.PutManagedAccount(ctx, landing.Account{OrganizationID: "o", AccountID: "a"})
	_ = tx.PutOperation(ctx, landing.Operation{OrganizationID: "o", ID: "op"})
	_ = tx.DeleteManagedAccount(ctx, "o", "a")
	writeLife(ctx, tx)
	writeDelegations(ctx, tx)
	_ = tx.DeleteUnit(ctx, "o", "u")
	_ = tx.DeleteAccount(ctx, "a")
	shake(ctx, tx)
	_ = tx.DeleteOrganization(ctx, "o")
}

func readLife(ctx context.Context, r store.Reader) {
	_, _ = r.Closure(ctx, "o", "a")
	_, _, _ = r.CountClosures(ctx, "o", at)
	_, _ = r.ClosedAccounts(ctx, "o", 1)
	_, _ = r.ClosedMembers(ctx, "o")
	_, _ = r.DueOrganizations(ctx, at, 1)
	_, _ = r.Contact(ctx, "a", org.PrimaryContact)
	_, _ = r.EmailChange(ctx, "a")
	_, _ = r.Regions(ctx, "a")
}

func writeLife(ctx context.Context, tx store.Tx) {
	_ = tx.SetDue(ctx, "o", at)
	_ = tx.PutClosure(ctx, org.Closure{OrganizationID: "o", AccountID: "a"})
	_ = tx.RenameUnit(ctx, "o", "u", "v")
	_ = tx.PutContact(ctx, org.Contact{AccountID: "a", Kind: org.PrimaryContact})
	_ = tx.DeleteContact(ctx, "a", org.PrimaryContact)
	_ = tx.PutEmailChange(ctx, org.EmailChange{AccountID: "a"})
	_ = tx.DeleteEmailChange(ctx, "a")
	_ = tx.PutRegion(ctx, org.Region{AccountID: "a"})
	_ = tx.ReleaseReservation(ctx, org.Reservation{Slots: 1, Holder: "h"})
}

func readPolicies(ctx context.Context, r store.Reader) {
	p := org.Page{Limit: 1}
	_, _ = r.Policy(ctx, "o", "p")
	_, _, _ = r.Policies(ctx, "o", "t", p)
	_, _ = r.CountPolicies(ctx, "o", "t")
	_, _ = r.PolicyTypes(ctx, "o")
	_, _ = r.PolicyTypeSwitches(ctx, "o")
	_, _, _ = r.Attachments(ctx, "o", "t", "u", p)
	_, _, _ = r.AttachmentsOf(ctx, "o", "p", p)
	_, _ = r.AllAttachments(ctx, "o", "t")
	_, _ = r.CountAttachments(ctx, "o", "t", "u")
	_, _ = r.CountAttachmentsOf(ctx, "o", "p")
	_, _ = r.PolicyChangedAt(ctx, "o", "t", "u")
	_, _ = r.KeptPolicy(ctx, "o", "t", "a")
	_, _, _ = r.KeptPolicies(ctx, "o", "t", p)
}

func writePolicies(ctx context.Context, tx store.Tx) {
	_ = tx.InsertPolicy(ctx, org.Policy{OrganizationID: "o", ID: "p", Name: "n"})
	_ = tx.UpdatePolicy(ctx, org.Policy{OrganizationID: "o", ID: "p", Name: "n"})
	_ = tx.EnablePolicyType(ctx, "o", "t")
	_ = tx.PutPolicyTypeSwitch(ctx, "o", "t", at)
	_ = tx.Attach(ctx, org.Attachment{OrganizationID: "o", PolicyID: "p", Type: "t", TargetID: "u"})
	_ = tx.AttachToAll(ctx, org.Attachment{OrganizationID: "o", PolicyID: "q", Type: "t"})
	_ = tx.MarkPolicyChange(ctx, "o", "t", "u", at)
	_ = tx.MarkPolicyChanges(ctx, "o", "p", at)
	_ = tx.KeepPolicy(ctx, org.KeptPolicy{OrganizationID: "o", Type: "t", AccountID: "a"})
	_ = tx.DropKeptPolicy(ctx, "o", "t", "a")
	_ = tx.Detach(ctx, "o", "p", "u")
	_ = tx.DetachAll(ctx, "o", "u")
	_ = tx.DisablePolicyType(ctx, "o", "t")
	_ = tx.DeletePolicy(ctx, "o", "p")
}
