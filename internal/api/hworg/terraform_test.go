package hworg

import (
	"net/http"
	"testing"
)

// The tests of this file do what resources of the vendor's Terraform provider do, in its order and with its parameters.

func TestAnAccountIsCreatedMovedTaggedAndRead(t *testing.T) {
	t.Parallel()
	h := managed(t)
	ou := h.unit(h.root, "workloads")
	var made CreateAccountResult
	h.do("CreateAccount", manager, "POST", accounts, `{"name":"tf-member","email":"tf@example.com","description":"","tags":[{"key":"k","value":"v"}]}`, &made)
	h.vend(made.CreateAccountStatus.ID)
	var seen ShowCreateAccountStatusResult
	h.do("ShowCreateAccountStatus", manager, "GET", creations+"/"+made.CreateAccountStatus.ID, "", &seen)
	if seen.CreateAccountStatus.State != "succeeded" { // any other word is an error to the provider
		t.Fatalf("got %+v", seen)
	}
	id := *seen.CreateAccountStatus.AccountID
	if got := h.parentOf(id); got != h.root {
		t.Fatalf("the parent is %s", got)
	}
	h.do("MoveAccount", manager, "POST", accounts+"/"+id+"/move", `{"source_parent_id":"`+h.root+`","destination_parent_id":"`+ou+`"}`, nil)
	if got := h.parentOf(id); got != ou {
		t.Fatalf("the parent is %s", got)
	}
	h.do("ShowAccount", manager, "GET", accounts+"/"+id+"?with_register_contact_info=true", "", nil)
	var tags ListTagResourcesResult
	h.do("ListTagResources", manager, "GET", "/v1/organizations/organizations:accounts/"+id+"/tags", "", &tags)
	same(t, tags.Tags, []TagDto{{Key: "k", Value: "v"}})
}

// parentOf reads the first row of the entities of a child, and no other.
func (h *house) parentOf(child string) string {
	h.t.Helper()
	var out ListEntitiesResult
	h.do("ListEntities", manager, "GET", entities+"?child_id="+child, "", &out)
	return out.Entities[0].ID
}

func TestTagsAreChangedByDeletingTheOldPairsAndCreatingTheNew(t *testing.T) {
	t.Parallel()
	h := managed(t)
	path := "/v1/organizations/organizations%3Aous/" + h.unit(h.root, "one") + "/tags"
	h.do("CreateTagResource", manager, "POST", path+"/create", `{"tags":[{"key":"a","value":"1"},{"key":"b","value":"2"}]}`, nil)
	h.do("DeleteTagResource", manager, "POST", path+"/delete", `{"tags":[{"key":"a","value":"1"},{"key":"b","value":"2"}]}`, nil)
	h.do("CreateTagResource", manager, "POST", path+"/create", `{"tags":[{"key":"b","value":"3"}]}`, nil)
	var seen ListTagResourcesResult
	h.do("ListTagResources", manager, "GET", path, "", &seen)
	same(t, seen.Tags, []TagDto{{Key: "b", Value: "3"}})
}

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
