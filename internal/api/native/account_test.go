package native_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
)

func TestAMintedAccountCanBeginAnOrganization(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, p := range org.Partitions {
		out := h.ask(http.StatusOK, "POST", "/_polity/accounts", `{"partition":"`+string(p)+`","name":"management","email":"m@corp.example"}`)
		if d := cmp.Diff(5, len(out)); d != "" || out["partition"] != string(p) || out["user"] != "admin" {
			t.Errorf("%v", out)
		}
		c, err := h.plane.Credentials(t.Context(), org.KeyID(out["access_key_id"].(string)))
		if err != nil || c.Secret != out["secret_access_key"] || string(c.Caller.AccountID) != out["account_id"] {
			t.Errorf("%+v, %v", c, err)
		}
		if _, err := h.plane.CreateOrganization(t.Context(), c.Caller, org.AllFeatures); err != nil {
			t.Error(err)
		}
	}
}

func TestWhatMintingRefuses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.ask(http.StatusOK, "POST", "/_polity/accounts", `{"partition":"aws","email":"m@corp.example"}`)
	for body, c := range map[string]struct {
		status int
		want   org.Reason
	}{
		`{}`:                                           {http.StatusBadRequest, org.InputNotInSet},
		`{"partition":"mars"}`:                         {http.StatusBadRequest, org.InputNotInSet},
		`{"partition":"aws","mail":"x@y.zz"}`:          {http.StatusBadRequest, org.InputMalformed},
		`{"partition":"aws","email":"nobody"}`:         {http.StatusBadRequest, org.InvalidEmail},
		`{"partition":"huaweicloud","name":"x"}`:       {http.StatusBadRequest, org.InvalidAccountName},
		`{"partition":"aws","email":"M@corp.example"}`: {http.StatusServiceUnavailable, org.ConcurrentModification},
	} {
		h.refuses(c.status, c.want, "POST", "/_polity/accounts", body)
	}
}
