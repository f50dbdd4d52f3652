package hworg

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// polled is what a client sees that asks for the root once a second until the type is exactly enabled or disabled, as the Terraform provider does.
func (h *house) polled() string {
	h.t.Helper()
	var seen []string
	for range 60 {
		var out ListRootsResult
		h.do("ListRoots", manager, "GET", "/v1/organizations/roots", "", &out)
		now := string(out.Roots[0].PolicyTypes[0].Status)
		if len(seen) == 0 || seen[len(seen)-1] != now {
			seen = append(seen, now)
		}
		if now == "enabled" || now == "disabled" {
			return strings.Join(seen, " ")
		}
		h.later(time.Second)
	}
	h.t.Fatal("the type stays on its way")
	return ""
}

func TestAtARealisticPaceTheRootShowsATypeOnItsWay(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.plane.Realistic = true
	body := jsonText(map[string]any{"root_id": h.root, "policy_type": "service_control_policy"})
	same(t, h.polled(), "disabled")
	var out EnablePolicyTypeResult
	h.do("EnablePolicyType", manager, "POST", policies+"/enable", body, &out)
	same(t, out.Root.PolicyTypes[0].Status, PolicyTypeStatusPendingEnable)
	h.do("EnablePolicyType", manager, "POST", policies+"/enable", body, &out) // repeated on the way
	h.refused("DisablePolicyType", manager, "POST", policies+"/disable", body, http.StatusConflict, "Organizations.1003")
	h.refused("CreatePolicy", manager, "POST", policies, jsonText(map[string]any{"name": "one", "type": "service_control_policy", "content": denyLeave, "description": ""}),
		http.StatusBadRequest, "Organizations.1604")
	same(t, h.polled(), "pending_enable enabled")
	h.attach(h.policy(PolicyTypeServiceControlPolicy, "one", denyLeave), h.root)
	h.do("DisablePolicyType", manager, "POST", policies+"/disable", body, &out)
	same(t, out.Root.PolicyTypes[0].Status, PolicyTypeStatusPendingDisable)
	h.refused("EnablePolicyType", manager, "POST", policies+"/enable", body, http.StatusConflict, "Organizations.1003")
	same(t, h.polled(), "pending_disable disabled")
}
