package native_test

import (
	"net/http"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestAnOperatorSuspendsAndReinstatesAnAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id, by := h.member(org.AccountActive)
	path := "/_polity/accounts/" + string(id) + "/state"
	for _, s := range []org.AccountState{org.AccountSuspended, org.AccountPendingActivation, org.AccountActive} {
		h.ask(http.StatusOK, "PUT", path, `{"state":"`+string(s)+`"}`)
		if a, err := h.plane.GetAccount(t.Context(), by, id); err != nil || a.State != s {
			t.Errorf("%s: %+v, %v", s, a, err)
		}
	}
	h.refuses(http.StatusBadRequest, org.InputNotInSet, "PUT", path, `{"state":"CLOSED"}`)
	h.refuses(http.StatusBadRequest, org.InputNotInSet, "PUT", path, `{}`)
	h.refuses(http.StatusBadRequest, org.InputMalformed, "PUT", path, `{"status":"ACTIVE"}`)
	h.refuses(http.StatusNotFound, org.AccountMissing, "PUT", "/_polity/accounts/none/state", `{"state":"ACTIVE"}`)
	closed, _ := h.member(org.AccountClosed)
	h.refuses(http.StatusConflict, org.AccountAlreadyClosed, "PUT", "/_polity/accounts/"+string(closed)+"/state", `{"state":"ACTIVE"}`)
}
