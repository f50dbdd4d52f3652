package hworg

import (
	"net/http"
	"testing"
)

const entities = "/v1/organizations/entities"

func TestListEntities(t *testing.T) {
	t.Parallel()
	h := managed(t)
	ou := h.unit(h.root, "one")
	below := h.unit(ou, "below")
	member := h.member("member-one")
	h.do("MoveAccount", manager, "POST", accounts+"/"+member+"/move", `{"source_parent_id":"`+h.root+`","destination_parent_id":"`+ou+`"}`, nil)
	managerRow := EntityDto{ID: manager, Name: "account-" + manager, Type: EntityTypeAccount}
	memberRow := EntityDto{ID: member, Name: "member-one", Type: EntityTypeAccount}
	rootRow := EntityDto{ID: h.root, Name: "root", Type: EntityTypeRoot}
	ouRow, belowRow := EntityDto{ID: ou, Name: "one", Type: EntityTypeOrganizationalUnit}, EntityDto{ID: below, Name: "below", Type: EntityTypeOrganizationalUnit}
	for query, want := range map[string][]EntityDto{
		"?parent_id=" + h.root:              {ouRow, managerRow},
		"?parent_id=" + ou:                  {belowRow, memberRow},
		"?parent_id=" + below:               {},
		"?child_id=" + member:               {ouRow},
		"?child_id=" + below:                {ouRow},
		"?child_id=" + ou:                   {rootRow},
		"?child_id=" + manager:              {rootRow},
		"?child_id=" + manager + "&limit=1": {rootRow},
		"":                                  {rootRow, ouRow, belowRow, managerRow, memberRow},
	} {
		var seen ListEntitiesResult
		h.do("ListEntities", manager, "GET", entities+query, "", &seen)
		same(t, seen.Entities, want)
		if seen.PageInfo.CurrentCount != len(want) || seen.PageInfo.NextMarker != nil {
			t.Errorf("%q: %+v", query, seen.PageInfo)
		}
	}
	for query, want := range map[string]struct {
		status int
		code   string
	}{
		"?parent_id=ou-none":                     {http.StatusNotFound, "Organizations.1201"},
		"?child_id=none":                         {http.StatusNotFound, "Organizations.1301"},
		"?child_id=" + h.root:                    {http.StatusNotFound, "Organizations.1301"},
		"?child_id=" + ou + "&parent_id=" + ou:   {http.StatusBadRequest, "Organizations.1000"},
		"?child_id=" + ou + "&marker=abcdefghij": {http.StatusBadRequest, "Organizations.1000"},
	} {
		h.refused("ListEntities", manager, "GET", entities+query, "", want.status, want.code)
	}
}
