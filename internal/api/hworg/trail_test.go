package hworg

import (
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

func TestEveryEventOfTheServiceIsTraced(t *testing.T) {
	t.Parallel()
	h := managed(t)
	ou := h.unit(h.root, "one")
	member := h.member("member-one")
	h.do("MoveAccount", manager, "POST", accounts+"/"+member+"/move", `{"source_parent_id":"`+h.root+`","destination_parent_id":"`+ou+`"}`, nil)
	h.do("TagResource", manager, "POST", "/v1/organizations/resources/"+ou+"/tag", `{"tags":[{"key":"k","value":"v"}]}`, nil)
	h.do("UntagResource", manager, "POST", "/v1/organizations/resources/"+ou+"/untag", `{"tag_keys":["k"]}`, nil)
	var o ShowOrganizationResult
	h.do("ShowOrganization", manager, "GET", organizations, "", &o)
	events, err := h.plane.ListEvents(t.Context(), org.OrganizationID(o.Organization.ID), 0, -1, 100)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range events {
		trace, ok := Trail(e)
		if ok == (e.Name == org.AccountJoined) {
			t.Errorf("%s: traced %t", e.Name, ok)
		}
		if !ok {
			continue
		}
		got = append(got, trace["trace_type"].(string)+" "+trace["trace_name"].(string)+" "+trace["resource_type"].(string))
		if trace["trace_id"] != e.ID || trace["service_type"] != "Organizations" || trace["resource_id"] == "" || trace["time"] != e.At.UnixMilli() {
			t.Errorf("got %v", trace)
		}
	}
	same(t, got, []string{
		"ApiCall createOrganization organization", "ApiCall createOrganizationalUnit organizationUnit", "ApiCall createAccount account",
		"SystemAction createAccount account", "ApiCall moveAccount account", "ApiCall tagResource ", "ApiCall untagResource ",
	})
}

func TestTraceNamesAreOperations(t *testing.T) {
	t.Parallel()
	if len(trailNames) == 0 {
		t.Fatal("no names")
	}
	for event, known := range trailNames {
		if success(known.name) == "0" {
			t.Errorf("%s: %s is no operation", event, known.name)
		}
	}
}

func TestATraceOfACall(t *testing.T) {
	t.Parallel()
	got, _ := Trail(org.Event{
		ID: "e1", Name: org.UnitCreated, At: time.UnixMilli(1660927593570), Subject: "ou-1", Detail: map[string]string{"name": "one", "parentId": "r-1"},
		By: org.Caller{AccountID: "a1", PrincipalID: "p1", Kind: org.User, Name: "admin"},
	})
	same(t, got, map[string]any{
		"trace_id": "e1", "trace_name": "createOrganizationalUnit", "trace_type": "ApiCall", "trace_rating": "normal", "code": "201",
		"service_type": "Organizations", "tracker_name": "system", "resource_type": "organizationUnit", "resource_id": "ou-1", "resource_name": "one",
		"time": int64(1660927593570), "record_time": int64(1660927593570), "domain_id": "a1", "request": `{"name":"one","parent_id":"r-1"}`,
		"user": map[string]any{
			"id": "p1", "name": "admin", "account_id": "a1", "domain": map[string]any{"id": "a1"}, "principal_id": "p1",
			"principal_urn": "iam::a1:user:admin", "principal_is_root_user": "false",
		},
	})
}

func TestATraceOfAFailedCreation(t *testing.T) {
	t.Parallel()
	got, _ := Trail(org.Event{
		ID: "e1", Name: org.AccountCreationEnded, At: time.UnixMilli(1), Subject: "h-1", Detail: map[string]string{"state": "FAILED", "failure": "NameInUse"},
	})
	if got["trace_rating"] != "warning" || got["user"] != nil || got["resource_id"] != "h-1" ||
		got["response"] != `{"create_account_status":{"failure_reason":"Error 2001: The account name is already in use.","id":"h-1","state":"failed"}}` {
		t.Fatalf("got %v", got)
	}
}

func TestTheLifeOfAnAccountIsTraced(t *testing.T) {
	t.Parallel()
	h := relaxed(t)
	one, ou := h.member("member-one"), h.unit(h.root, "one")
	h.do("UpdateAccount", manager, "PATCH", accounts+"/"+one, `{"description":"a"}`, nil)
	h.do("UpdateOrganizationalUnit", manager, "PATCH", units+"/"+ou, `{"name":"two"}`, nil)
	h.do("DeleteOrganizationalUnit", manager, "DELETE", units+"/"+ou, "", nil)
	h.trust("service.CTS")
	h.do("RegisterDelegatedAdministrator", manager, "POST", delegates+"/register", delegation(one, "service.CTS"), nil)
	h.do("DeregisterDelegatedAdministrator", manager, "POST", delegates+"/deregister", delegation(one, "service.CTS"), nil)
	h.do("DisableTrustedService", manager, "POST", services+"/disable", `{"service_principal":"service.CTS"}`, nil)
	h.do("DeclineHandshake", stranger, "POST", received+"/"+h.invite(stranger).ID+"/decline", "", nil)
	h.do("CancelHandshake", manager, "POST", sent+"/"+h.invite(stranger).ID+"/cancel", "", nil)
	h.joined()
	h.do("LeaveOrganization", stranger, "POST", leaving, "", nil)
	h.joined()
	h.do("RemoveAccount", manager, "POST", accounts+"/"+stranger+"/remove", "", nil)
	h.do("CloseAccount", manager, "POST", accounts+"/"+one+"/close", "", nil)
	h.finish(one)
	var o ShowOrganizationResult
	h.do("ShowOrganization", manager, "GET", organizations, "", &o)
	events, err := h.plane.ListEvents(t.Context(), org.OrganizationID(o.Organization.ID), 0, -1, 100)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range events {
		if trace, ok := Trail(e); ok {
			got = append(got, trace["trace_name"].(string))
		}
	}
	same(t, got[3:], []string{
		"createOrganizationalUnit", "updateAccount", "updateOrganizationalUnit", "deleteOrganizationalUnit", "enableTrustedService",
		"registerDelegatedAdministrator", "deregisterDelegatedAdministrator", "disableTrustedService", "inviteAccount", "declineHandshake",
		"inviteAccount", "cancelHandshake", "inviteAccount", "acceptHandshake", "leaveOrganization", "inviteAccount", "acceptHandshake",
		"removeAccount", "closeAccount",
	})
}
