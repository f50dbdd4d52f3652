package hworg

import (
	"net/http"
	"testing"
	"time"
)

const organizations = "/v1/organizations"

func TestCreateOrganization(t *testing.T) {
	t.Parallel()
	h := empty(t)
	var made, seen struct{ Organization OrganizationDto }
	h.do("CreateOrganization", manager, "POST", organizations, "", &made)
	o := made.Organization
	if o.URN != "organizations::"+manager+":organization:"+o.ID || o.ManagementAccountID != manager || o.ManagementAccountName == "" {
		t.Fatalf("got %+v", o)
	}
	if age := time.Since(time.Time(o.CreatedAt)); age < 0 || age > time.Minute {
		t.Fatalf("created %v ago", age)
	}
	h.do("ShowOrganization", manager, "GET", organizations, "", &seen)
	same(t, seen, made)
	h.refused("CreateOrganization", manager, "POST", organizations, "", http.StatusConflict, "Organizations.1101")
	h.refused("CreateOrganization", stranger+"-user", "POST", organizations, "", http.StatusForbidden, "Organizations.1007")
}

func TestEveryMemberSeesTheOrganizationAndAMemberBeginsNone(t *testing.T) {
	t.Parallel()
	h := managed(t)
	member := h.member("member-one")
	var seen ShowOrganizationResult
	h.do("ShowOrganization", member, "GET", organizations, "", &seen)
	if seen.Organization.ManagementAccountID != manager {
		t.Fatalf("got %+v", seen)
	}
	h.refused("CreateOrganization", member, "POST", organizations, "", http.StatusConflict, "Organizations.1101")
}

func TestDeleteOrganization(t *testing.T) {
	t.Parallel()
	h := managed(t)
	rec := h.ask("DeleteOrganization", manager, "DELETE", organizations, "")
	if rec.Code != http.StatusNoContent || rec.Body.Len() != 0 {
		t.Fatalf("got %d %s", rec.Code, rec.Body)
	}
	h.refused("ShowOrganization", manager, "GET", organizations, "", http.StatusUnauthorized, "Organizations.1015")
	h.do("CreateOrganization", manager, "POST", organizations, "", nil)
}

func TestAnOrganizationEndsOnlyWhenItIsEmpty(t *testing.T) {
	t.Parallel()
	for name, fill := range map[string]func(*house){
		"a unit":   func(h *house) { h.unit(h.root, "one") },
		"a member": func(h *house) { h.member("member-one") },
		"a policy of its own": func(h *house) {
			h.enable(PolicyTypeServiceControlPolicy)
			h.policy(PolicyTypeServiceControlPolicy, "one", denyLeave)
		},
		"a tag policy of a type that is off": func(h *house) {
			h.enable(PolicyTypeTagPolicy)
			h.policy(PolicyTypeTagPolicy, "one", teamTag)
			h.do("DisablePolicyType", manager, "POST", policies+"/disable", `{"root_id":"`+h.root+`","policy_type":"tag_policy"}`, nil)
		},
		"a creation in progress": func(h *house) {
			h.do("CreateResourceAccount", manager, "POST", "/v2/organizations/accounts", `{"name":"member-one"}`, nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := managed(t)
			fill(h)
			h.refused("DeleteOrganization", manager, "DELETE", organizations, "", http.StatusBadRequest, "Organizations.1102")
		})
	}
}

func TestTheBuiltInPolicyOutlivesNoOrganization(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeServiceControlPolicy, PolicyTypeTagPolicy)
	h.do("DeleteOrganization", manager, "DELETE", organizations, "", nil)
}

func TestListRoots(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var seen ListRootsResult
	h.do("ListRoots", manager, "GET", "/v1/organizations/roots", "", &seen)
	if len(seen.Roots) != 1 || seen.PageInfo.CurrentCount != 1 || seen.PageInfo.NextMarker != nil {
		t.Fatalf("got %+v", seen)
	}
	var o ShowOrganizationResult
	h.do("ShowOrganization", manager, "GET", organizations, "", &o)
	r := seen.Roots[0]
	if r.Name != "root" || r.URN != "organizations::"+manager+":root:"+o.Organization.ID+"/"+r.ID {
		t.Fatalf("got %+v", r)
	}
	// The Terraform provider waits for a row with this word, and would wait for a missing one without end.
	same(t, r.PolicyTypes, []PolicyTypeSummaryDto{
		{Type: PolicyTypeServiceControlPolicy, Status: PolicyTypeStatusDisabled}, {Type: PolicyTypeTagPolicy, Status: PolicyTypeStatusDisabled},
	})
	h.refused("ListRoots", manager, "GET", "/v1/organizations/roots?marker=abcd", "", http.StatusBadRequest, "Organizations.1000")
}
