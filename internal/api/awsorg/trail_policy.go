package awsorg

import (
	"encoding/json"
	"strings"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

// policyValidation tells of an account whose effective policy became invalid, or valid again (User Guide, "Viewing invalid effective policy alerts").
func policyValidation(e org.Event) map[string]any {
	at := trailTime(e.Detail["at"])
	out := map[string]any{
		"accountId": e.Subject, "policyType": string(policyTypes[org.PolicyType(e.Detail["policyType"])]), "state": e.Detail["state"], "requestTimestamp": at,
		"info": "The effective policy is " + strings.ToLower(e.Detail["state"]) + ".",
	}
	var faults []controlplane.PolicyFault
	if text := e.Detail["faults"]; text == "" || json.Unmarshal([]byte(text), &faults) != nil {
		return out
	}
	path := string(e.OrganizationID) + "/" + e.Detail["path"] + e.Subject + "/"
	out["validationErrors"] = each(faults, func(f controlplane.PolicyFault) map[string]any {
		return map[string]any{
			"accountPath": path, "evaluationTimestamp": at, "errorCode": f.Code, "errorMessage": f.Message, "pathToError": f.Path,
			"contributingPolicies": f.Policies,
		}
	})
	return out
}
