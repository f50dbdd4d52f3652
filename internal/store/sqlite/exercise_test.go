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
	_, _ = r.Creation(ctx, "o", "c")
	_, _ = r.CountCreations(ctx, "o")
	_, _ = r.Principal(ctx, "p")
	_, _ = r.PrincipalNamed(ctx, "a", org.Role, "r")
	_, _ = r.Principals(ctx, "a")
	_, _ = r.Key(ctx, "k")
	_, _ = r.Tags(ctx, "o", "r")
	_, _ = r.Events(ctx, "o", 0, 0, 1)
	_, _ = r.Zone(ctx, "o")
	_, _ = r.ManagedUnit(ctx, "o", "u")
	_, _ = r.ManagedAccount(ctx, "o", "a")
	_, _ = r.Operation(ctx, "o", "op")
}

func write(ctx context.Context, tx store.Tx) {
	_ = tx.Start(ctx, "s", org.CreateAccount, "c", at)
	_ = tx.SaveSaga(ctx, durable.Saga{ID: "s", State: durable.Running})
	_ = tx.SaveSaga(ctx, durable.Saga{ID: "s", State: durable.Failed})
	_ = tx.InsertOrganization(ctx, org.Organization{ID: "o"})
	_, _ = tx.LockOrganization(ctx, "o")
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
	_ = tx.DeleteUnit(ctx, "o", "u")
	_ = tx.DeleteAccount(ctx, "a")
	_ = tx.DeleteOrganization(ctx, "o")
}
