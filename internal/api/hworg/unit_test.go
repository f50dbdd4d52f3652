package hworg

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

const units = "/v1/organizations/organizational-units"

func TestCreateOrganizationalUnit(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var made CreateOrganizationalUnitResult
	h.do("CreateOrganizationalUnit", manager, "POST", units, `{"name":"Entwicklung 一","parent_id":"`+h.root+`","tags":[{"key":"k","value":""}]}`, &made)
	u := made.OrganizationalUnit
	if u.Name != "Entwicklung 一" || !strings.HasSuffix(u.URN, "/"+u.ID) || !strings.HasPrefix(u.URN, "organizations::"+manager+":ou:o-") {
		t.Fatalf("got %+v", u)
	}
	var seen ShowOrganizationalUnitResult
	h.do("ShowOrganizationalUnit", manager, "GET", units+"/"+u.ID, "", &seen)
	same(t, seen.OrganizationalUnit, u)
	same(t, h.tagsOf(u.ID), []TagDto{{Key: "k"}})
}

func TestRefusedUnits(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.unit(h.root, "taken")
	for name, test := range map[string]struct {
		body   string
		status int
		code   string
	}{
		"a name that a sibling has":  {`{"name":"taken","parent_id":"` + h.root + `"}`, http.StatusConflict, "Organizations.1205"},
		"a parent that is not there": {`{"name":"one","parent_id":"ou-none"}`, http.StatusNotFound, "Organizations.1201"},
		"a name with a slash":        {`{"name":"a/b","parent_id":"` + h.root + `"}`, http.StatusBadRequest, "Organizations.1000"},
		"a name with a space behind": {`{"name":"a ","parent_id":"` + h.root + `"}`, http.StatusBadRequest, "Organizations.1000"},
		"a key that stands twice":    {`{"name":"a","parent_id":"` + h.root + `","tags":[{"key":"k","value":"1"},{"key":"k","value":"2"}]}`, http.StatusBadRequest, "Organizations.1000"},
		"no parent":                  {`{"name":"a"}`, http.StatusBadRequest, "Organizations.1000"},
	} {
		t.Run(name, func(t *testing.T) {
			h.t = t
			h.refused("CreateOrganizationalUnit", manager, "POST", units, test.body, test.status, test.code)
		})
	}
}

func TestUnitsNestFiveLevels(t *testing.T) {
	t.Parallel()
	h := managed(t)
	at := h.root
	for i := range 5 {
		at = h.unit(at, "level-"+strconv.Itoa(i))
	}
	h.refused("CreateOrganizationalUnit", manager, "POST", units, `{"name":"six","parent_id":"`+at+`"}`, http.StatusBadRequest, "Organizations.1204")
}

func TestMissingUnits(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.refused("ShowOrganizationalUnit", manager, "GET", units+"/ou-none", "", http.StatusNotFound, "Organizations.1201")
	h.refused("ShowOrganizationalUnit", manager, "GET", units+"/"+h.root, "", http.StatusNotFound, "Organizations.1201")
	h.refused("ListOrganizationalUnits", manager, "GET", units+"?parent_id=ou-none", "", http.StatusNotFound, "Organizations.1201")
}

func TestListOrganizationalUnits(t *testing.T) {
	t.Parallel()
	h := managed(t)
	one := h.unit(h.root, "one")
	two := h.unit(h.root, "two")
	below := h.unit(one, "below")
	for query, want := range map[string]string{
		"":                          one + " " + two + " " + below,
		"?parent_id=" + h.root:      one + " " + two,
		"?parent_id=" + one:         below,
		"?parent_id=" + two:         "",
		"?parent_id=" + below:       "",
		"?limit=2000&parent_id=":    one + " " + two + " " + below,
		"?unheard=of&limit=3":       one + " " + two + " " + below,
		"?limit=1&parent_id=" + two: "",
	} {
		var seen ListOrganizationalUnitsResult
		h.do("ListOrganizationalUnits", manager, "GET", units+query, "", &seen)
		ids := hwrest.Each(seen.OrganizationalUnits, func(u OrganizationalUnitDto) string { return u.ID })
		if got := strings.Join(ids, " "); got != want || seen.PageInfo.CurrentCount != len(ids) || seen.PageInfo.NextMarker != nil {
			t.Errorf("%q: got %s, %+v", query, got, seen.PageInfo)
		}
	}
}

func TestUpdateOrganizationalUnit(t *testing.T) {
	t.Parallel()
	h := managed(t)
	one := h.unit(h.root, "one")
	h.unit(h.root, "two")
	var renamed UpdateOrganizationalUnitResult
	h.do("UpdateOrganizationalUnit", manager, "PATCH", units+"/"+one, `{"name":"three"}`, &renamed)
	var seen ShowOrganizationalUnitResult
	h.do("ShowOrganizationalUnit", manager, "GET", units+"/"+one, "", &seen)
	if seen.OrganizationalUnit != renamed.OrganizationalUnit || renamed.OrganizationalUnit.Name != "three" {
		t.Fatalf("got %+v, then %+v", renamed, seen)
	}
	h.do("UpdateOrganizationalUnit", manager, "PATCH", units+"/"+one, `{"name":"three"}`, nil)
	h.refused("UpdateOrganizationalUnit", manager, "PATCH", units+"/"+one, `{"name":"two"}`, http.StatusConflict, "Organizations.1205")
	h.refused("UpdateOrganizationalUnit", manager, "PATCH", units+"/"+one, `{"name":"a/b"}`, http.StatusBadRequest, "Organizations.1000")
	h.refused("UpdateOrganizationalUnit", manager, "PATCH", units+"/"+one, `{"name":""}`, http.StatusBadRequest, "Organizations.1000")
	h.refused("UpdateOrganizationalUnit", manager, "PATCH", units+"/ou-none", `{"name":"a"}`, http.StatusNotFound, "Organizations.1201")
	h.refused("UpdateOrganizationalUnit", manager, "PATCH", units+"/"+h.root, `{"name":"a"}`, http.StatusNotFound, "Organizations.1201")
}

func TestDeleteOrganizationalUnit(t *testing.T) {
	t.Parallel()
	h := managed(t)
	one := h.unit(h.root, "one")
	below, full := h.unit(one, "below"), h.unit(h.root, "full")
	h.do("MoveAccount", manager, "POST", accounts+"/"+h.member("member-one")+"/move", `{"source_parent_id":"`+h.root+`","destination_parent_id":"`+full+`"}`, nil)
	h.refused("DeleteOrganizationalUnit", manager, "DELETE", units+"/"+one, "", http.StatusBadRequest, "Organizations.1206")
	h.refused("DeleteOrganizationalUnit", manager, "DELETE", units+"/"+full, "", http.StatusBadRequest, "Organizations.1206")
	for _, id := range []string{below, one} {
		rec := h.ask("DeleteOrganizationalUnit", manager, "DELETE", units+"/"+id, "")
		if rec.Code != http.StatusNoContent || rec.Body.Len() != 0 {
			t.Fatalf("got %d %s", rec.Code, rec.Body)
		}
		h.refused("DeleteOrganizationalUnit", manager, "DELETE", units+"/"+id, "", http.StatusNotFound, "Organizations.1201")
	}
	h.refused("DeleteOrganizationalUnit", manager, "DELETE", units+"/"+h.root, "", http.StatusNotFound, "Organizations.1201")
}
