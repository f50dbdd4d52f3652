package hworg

import (
	"net/http"
	"testing"
)

func TestAnOrganizationThatIsGoneReadsAsGone(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.do("DeleteOrganization", manager, "DELETE", organizations, "", nil)
	// The provider takes exactly this pair for "gone", on each of these reads.
	for path, operation := range map[string]string{
		organizations:                        "ShowOrganization",
		"/v1/organizations/roots":            "ListRoots",
		accounts:                             "ListAccounts",
		accounts + "/" + manager:             "ShowAccount",
		units + "?limit=200":                 "ListOrganizationalUnits",
		units + "/ou-none":                   "ShowOrganizationalUnit",
		entities + "?child_id=" + manager:    "ListEntities",
		creations + "/h-none":                "ShowCreateAccountStatus",
		"/v1/organizations/resources/x/tags": "ListTagsForResource",
	} {
		h.refused(operation, manager, "GET", path, "", http.StatusUnauthorized, "Organizations.1015")
	}
}

func TestAUnitIsFoundByItsNameOverPages(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for _, name := range []string{"one", "two", "three", "wanted", "four"} {
		h.unit(h.root, name)
	}
	names := h.walk("ListOrganizationalUnits", units+"?parent_id="+h.root, "organizational_units", "name", 2, func() {})
	same(t, names, []string{"one", "two", "three", "wanted", "four"})
	all := h.walk("ListAccounts", accounts, "accounts", "name", 200, func() {})
	same(t, all, []string{"account-" + manager})
}
