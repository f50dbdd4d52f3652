package hworg

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

const leaving = "/v1/organizations/leave"

// full makes a member that was asked for with contact data, and so is no resource account.
func (h *house) full(name string) string {
	h.t.Helper()
	var out CreateAccountResult
	h.do("CreateAccount", manager, "POST", accounts, jsonText(map[string]any{"name": name, "email": name + "@corp.example"}), &out)
	return h.vend(out.CreateAccountStatus.ID)
}

func (h *house) hasServiceAgency(account string) bool {
	h.t.Helper()
	err := h.plane.Store.View(h.t.Context(), func(r store.Reader) error {
		_, err := r.PrincipalNamed(h.t.Context(), org.AccountID(account), org.ServiceRole, org.RulesOf(org.Huawei).ServiceRole)
		return err
	})
	if err != nil && !errors.Is(err, org.E(org.PrincipalMissing)) {
		h.t.Fatal(err)
	}
	return err == nil
}

func TestRemoveAccount(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.full("member-one")
	h.do("TagResource", manager, "POST", "/v1/organizations/resources/"+id+"/tag", `{"tags":[{"key":"k","value":"v"}]}`, nil)
	path := accounts + "/" + id + "/remove"
	h.refused("RemoveAccount", manager, "POST", path, "", http.StatusBadRequest, "Organizations.1312")
	h.later(7*24*time.Hour + time.Second)
	if !h.hasServiceAgency(id) {
		t.Fatal("the member has no service-linked agency")
	}
	rec := h.ask("RemoveAccount", manager, "POST", path, "")
	if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
		t.Fatalf("got %d %s", rec.Code, rec.Body)
	}
	if h.hasServiceAgency(id) {
		t.Error("the service-linked agency is left")
	}
	h.refused("ShowAccount", manager, "GET", accounts+"/"+id, "", http.StatusNotFound, "Organizations.1301")
	h.refused("RemoveAccount", manager, "POST", path, "", http.StatusNotFound, "Organizations.1301")
	h.refused("ShowOrganization", id, "GET", organizations, "", http.StatusUnauthorized, "Organizations.1015")
	h.refused("LeaveOrganization", id, "POST", leaving, "", http.StatusUnauthorized, "Organizations.1015")
	h.refused("ListTagsForResource", manager, "GET", "/v1/organizations/resources/"+id+"/tags", "", http.StatusNotFound, "Organizations.1701")
}

func TestLeaveOrganization(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.joined()
	rec := h.ask("LeaveOrganization", stranger, "POST", leaving, "")
	if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
		t.Fatalf("got %d %s", rec.Code, rec.Body)
	}
	h.refused("ShowOrganization", stranger, "GET", organizations, "", http.StatusUnauthorized, "Organizations.1015")
	h.joined()
}

func TestRefusedDepartures(t *testing.T) {
	t.Parallel()
	h := relaxed(t)
	h.joined()
	resource, closing, poor := h.member("member-one"), h.full("member-two"), h.full("member-three")
	h.refused("RemoveAccount", manager, "POST", accounts+"/"+manager+"/remove", "", http.StatusBadRequest, "Organizations.1304")
	h.refused("LeaveOrganization", manager, "POST", leaving, "", http.StatusBadRequest, "Organizations.1304")
	h.refused("RemoveAccount", manager, "POST", accounts+"/"+resource+"/remove", "", http.StatusBadRequest, "Organizations.1314")
	h.do("CloseAccount", manager, "POST", accounts+"/"+closing+"/close", "", nil)
	h.refused("RemoveAccount", manager, "POST", accounts+"/"+closing+"/remove", "", http.StatusBadRequest, "Organizations.1316")
	if err := h.plane.SetHindrances(t.Context(), org.AccountID(poor), org.NoPayment); err != nil {
		t.Fatal(err)
	}
	h.refused("LeaveOrganization", poor, "POST", leaving, "", http.StatusBadRequest, "Organizations.1315")
	h.trust("service.CTS")
	h.do("RegisterDelegatedAdministrator", manager, "POST", delegates+"/register", delegation(stranger, "service.CTS"), nil)
	h.refused("LeaveOrganization", stranger, "POST", leaving, "", http.StatusBadRequest, "Organizations.1304")
}
