package controlplane_test

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

const day = 24 * time.Hour

// close closes a member to the end, as the workflow does.
func (e *estate) close(id org.AccountID) {
	e.Helper()
	if err := e.plane.CloseAccount(e.Context(), e.admin, id); err != nil {
		e.Fatal(err)
	}
	e.endClosure(id, e.plane.FinishClosure)
}

type ending = func(context.Context, store.Tx, org.OrganizationID, org.AccountID) error

func (e *estate) endClosure(id org.AccountID, end ending) {
	e.Helper()
	err := e.store.Update(e.Context(), func(tx store.Tx) error {
		if n, err := tx.Closure(e.Context(), e.id, id); err != nil || n.State != org.ClosureRunning {
			e.Errorf("the closure of %s is %s: %v", id, n.State, err)
			return err
		}
		return end(e.Context(), tx, e.id, id)
	})
	if err != nil {
		e.Fatal(err)
	}
}

// seen reads an account past all permission.
func (e *estate) seen(id org.AccountID) org.Account {
	e.Helper()
	a, err := e.plane.Look(e.Context(), id)
	if err != nil {
		e.Fatal(err)
	}
	return a
}

func (e *estate) members() []org.AccountID {
	e.Helper()
	found, err := e.plane.ListAccounts(e.Context(), e.admin, "", org.Page{Limit: 100})
	if err != nil {
		e.Fatal(err)
	}
	var out []org.AccountID
	for _, a := range found.Accounts {
		out = append(out, a.ID)
	}
	return out
}

// trustAccountService lets the organization look after its members.
func (e *estate) trustAccountService() {
	e.Helper()
	if err := e.plane.TrustService(e.Context(), e.admin, "account.amazonaws.com"); err != nil {
		e.Fatal(err)
	}
}

func putManaged(e *estate, tx store.Tx, id org.AccountID) error {
	if err := tx.PutZone(e.Context(), landing.Zone{OrganizationID: e.id}); err != nil {
		return err
	}
	return tx.PutManagedAccount(e.Context(), landing.Account{OrganizationID: e.id, AccountID: id})
}
