package native_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// member puts an account into an organization in a state.
func (h *house) member(s org.AccountState) (org.AccountID, org.Caller) {
	h.Helper()
	o, by := h.organization()
	made, err := h.plane.MintAccount(h.Context(), controlplane.Standalone{Partition: org.AWS})
	if err != nil {
		h.Fatal(err)
	}
	id := made.Caller.AccountID
	err = h.plane.Store.Update(h.Context(), func(tx store.Tx) error {
		found, err := tx.LockOrganization(h.Context(), o)
		if err != nil {
			return err
		}
		a, err := tx.Account(h.Context(), id)
		if err != nil {
			return err
		}
		a.OrganizationID, a.ParentID, a.State, a.JoinMethod, a.ClosedAt = o, found.RootID, s, org.Invited, h.clock.Now()
		return tx.UpdateAccount(h.Context(), a)
	})
	if err != nil {
		h.Fatal(err)
	}
	return id, by
}

func TestAnOperatorRestoresAClosedAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id, by := h.member(org.AccountClosed)
	path := "/_polity/accounts/" + string(id) + "/restore"
	h.ask(http.StatusOK, "POST", path, "")
	if a, err := h.plane.GetAccount(t.Context(), by, id); err != nil || a.State != org.AccountActive {
		t.Errorf("%+v, %v", a, err)
	}
	h.refuses(http.StatusConflict, org.AccountNotClosed, "POST", path, "")
	h.refuses(http.StatusNotFound, org.AccountMissing, "POST", "/_polity/accounts/none/restore", "")
	id, _ = h.member(org.AccountClosed)
	h.clock.Advance(90 * 24 * time.Hour)
	h.refuses(http.StatusConflict, org.AccountGone, "POST", "/_polity/accounts/"+string(id)+"/restore", "")
}

func TestAnOperatorSaysWhatHindersAnAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id, by := h.member(org.AccountActive)
	path := "/_polity/accounts/" + string(id) + "/hindrances"
	for name, want := range map[string]org.Reason{
		"no-agreement": org.AgreementMissing, "no-phone": org.PhoneUnverified, "no-payment": org.PaymentMissing, "wrong-payment": org.PaymentInvalid,
	} {
		h.ask(http.StatusOK, "PUT", path, `{"hindrances":["`+name+`"]}`)
		if err := h.plane.RemoveAccount(t.Context(), by, id); org.ReasonOf(err) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.refuses(http.StatusBadRequest, org.InputNotInSet, "PUT", path, `{"hindrances":["money"]}`)
	h.refuses(http.StatusBadRequest, org.InputMalformed, "PUT", path, `{"hindrance":[]}`)
	h.refuses(http.StatusNotFound, org.AccountMissing, "PUT", "/_polity/accounts/none/hindrances", `{"hindrances":[]}`)
	h.ask(http.StatusOK, "PUT", path, `{"hindrances":["other-seller","legacy-permissions"]}`)
	if err := h.plane.RemoveAccount(t.Context(), by, id); err != nil {
		t.Error(err)
	}
}

func TestAnOperatorPairsAnAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id, _ := h.member(org.AccountActive)
	path := "/_polity/accounts/" + string(id) + "/pair"
	out := h.ask(http.StatusOK, "POST", path, "")
	c, err := h.plane.Credentials(t.Context(), org.KeyID(out["access_key_id"].(string)))
	if err != nil || c.Caller.Partition != org.AWSGov || out["partition"] != "aws-us-gov" || string(c.Caller.AccountID) != out["account_id"] {
		t.Errorf("%v: %+v, %v", out, c, err)
	}
	h.refuses(http.StatusConflict, org.AccountPaired, "POST", path, "")
}

func TestAnOperatorReadsTheCodeOfANewAddress(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id, by := h.member(org.AccountActive)
	path := "/_polity/accounts/" + string(id) + "/email-change"
	h.refuses(http.StatusNotFound, org.EmailChangeMissing, "GET", path, "")
	if err := h.plane.TrustService(t.Context(), by, "account.amazonaws.com"); err != nil {
		t.Fatal(err)
	}
	if err := h.plane.StartEmailChange(t.Context(), by, id, "new@corp.example"); err != nil {
		t.Fatal(err)
	}
	out := h.ask(http.StatusOK, "GET", path, "")
	if out["email"] != "new@corp.example" {
		t.Errorf("%v", out)
	}
	if err := h.plane.AcceptEmailChange(t.Context(), by, id, "new@corp.example", out["code"].(string)); err != nil {
		t.Error(err)
	}
}
