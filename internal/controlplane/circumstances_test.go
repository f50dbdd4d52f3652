package controlplane_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// What the keys of Huawei Cloud say of a caller (IAM User Guide, "Global Condition Keys").
func TestHuaweiConditionKeysNameTheCaller(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	e.enable(org.ServiceControl)
	id := e.account("one")
	rule := e.policy(org.ServiceControl, "deny", noGet)
	e.attach(rule, string(id))
	root := org.Caller{Partition: org.Huawei, AccountID: id, Kind: org.RootUser, Admin: true}
	user := org.Caller{Partition: org.Huawei, AccountID: id, Kind: org.User, Name: "ann", PrincipalID: "p1", Admin: true}
	session := org.Caller{Partition: org.Huawei, AccountID: id, Kind: org.Role, Name: "ops", PrincipalID: "p2", Session: "job", Admin: true}
	for _, c := range []struct {
		key    string
		caller org.Caller
		value  string
	}{
		{"g:PrincipalUrn", root, "iam::" + string(id) + ":root"},
		{"g:PrincipalUrn", user, "iam::" + string(id) + ":user:ann"},
		{"g:PrincipalUrn", session, "sts::" + string(id) + ":assumed-agency:ops/job"},
		{"g:PrincipalType", root, "User"},
		{"g:PrincipalType", user, "User"},
		{"g:PrincipalType", session, "AssumedAgency"},
		{"g:PrincipalId", user, "p1"},
		{"g:PrincipalId", session, "p2:job"},
		{"g:UserName", user, "ann"},
		{"g:DomainName", session, "account-one"},
		{"g:DomainId", session, string(id)},
	} {
		content := `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["*"],"Condition":{"StringEquals":{"` + c.key + `":["` + c.value + `"]}}}]}`
		if _, err := e.plane.UpdatePolicy(t.Context(), e.admin, rule, org.PolicyChange{Content: &content}); err != nil {
			t.Fatal(err)
		}
		e.refused(c.key+" of "+identity.URN(c.caller)+" is "+c.value, org.NotPermitted, func() error { return e.get(c.caller) })
	}
}
