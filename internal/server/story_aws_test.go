package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// ask sends a request of an account and decodes the answer, which must be a success.
func (r *running) ask(what string, out any, send func() (*http.Response, string)) {
	r.Helper()
	res, text := send()
	if res.StatusCode >= http.StatusMultipleChoices {
		r.Fatalf("%s: %d %s", what, res.StatusCode, text)
	}
	if out != nil {
		if err := json.Unmarshal([]byte(text), out); err != nil {
			r.Fatalf("%s: %v in %s", what, err, text)
		}
	}
}

// until repeats a look for as long as it is not as wanted.
func (r *running) until(what string, look func() bool) {
	r.Helper()
	for range 2000 {
		if look() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	r.Fatalf("%s does not come", what)
}

// awsTeller speaks AWS Organizations.
type awsTeller struct{ *running }

func (a *awsTeller) as(account, operation string, out any, body ...string) {
	a.Helper()
	in := map[string]any{}
	for i := 0; i < len(body); i += 2 {
		in[body[i]] = body[i+1]
		if strings.HasPrefix(body[i+1], "{") && body[i] != "Content" || strings.HasPrefix(body[i+1], "[") {
			in[body[i]] = json.RawMessage(body[i+1])
		}
	}
	text, err := json.Marshal(in)
	if err != nil {
		a.Fatal(err)
	}
	a.running.ask(operation, out, func() (*http.Response, string) {
		return a.do("POST", "/", string(text), "X-Amz-Target", "AWSOrganizationsV20161128."+operation, "Content-Type", "application/x-amz-json-1.1",
			"Authorization", "AWS4-HMAC-SHA256 Credential="+account+"/20260101/us-east-1/organizations/aws4_request, SignedHeaders=host, Signature=5ec2e7")
	})
}

var awsServices = map[string]string{"one": "guardduty.amazonaws.com", "two": "config.amazonaws.com"}

func (a *awsTeller) begin() string {
	a.as(awsPayer, "CreateOrganization", nil)
	var out struct{ Roots []struct{ ID string } }
	a.as(awsPayer, "ListRoots", &out)
	return out.Roots[0].ID
}

func (a *awsTeller) unit(parent, name string) string {
	var out struct{ OrganizationalUnit struct{ ID string } }
	a.as(awsPayer, "CreateOrganizationalUnit", &out, "ParentId", parent, "Name", name)
	return out.OrganizationalUnit.ID
}

func (a *awsTeller) rename(unit, name string) {
	a.as(awsPayer, "UpdateOrganizationalUnit", nil, "OrganizationalUnitId", unit, "Name", name)
}

func (a *awsTeller) account(name string) string {
	end := a.created(fmt.Sprintf(`{"AccountName":"%s-account","Email":"%s@corp.example"}`, name, name))
	return end["AccountId"].(string)
}

func (a *awsTeller) move(account, from, to string) {
	a.as(awsPayer, "MoveAccount", nil, "AccountId", account, "SourceParentId", from, "DestinationParentId", to)
}

func (a *awsTeller) tag(id, key, value string) {
	a.as(awsPayer, "TagResource", nil, "ResourceId", id, "Tags", fmt.Sprintf(`[{"Key":%q,"Value":%q}]`, key, value))
}

func (a *awsTeller) untag(id, key string) {
	a.as(awsPayer, "UntagResource", nil, "ResourceId", id, "TagKeys", fmt.Sprintf(`[%q]`, key))
}

func (a *awsTeller) enable(root string) {
	a.as(awsPayer, "EnablePolicyType", nil, "RootId", root, "PolicyType", "SERVICE_CONTROL_POLICY")
}

func (a *awsTeller) policy(name string) string {
	var out struct {
		Policy struct{ PolicySummary struct{ ID string } }
	}
	a.as(awsPayer, "CreatePolicy", &out, "Name", name, "Description", "of the story", "Type", "SERVICE_CONTROL_POLICY",
		"Content", `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"ec2:*","Resource":"*"}]}`)
	return out.Policy.PolicySummary.ID
}

func (a *awsTeller) rewrite(policy string) {
	a.as(awsPayer, "UpdatePolicy", nil, "PolicyId", policy, "Content", `{"Version":"2012-10-17","Statement":[{"Sid":"second","Effect":"Deny","Action":"ec2:*","Resource":"*"}]}`)
}

func (a *awsTeller) attach(policy, target string) {
	a.as(awsPayer, "AttachPolicy", nil, "PolicyId", policy, "TargetId", target)
}

func (a *awsTeller) detach(policy, target string) {
	a.as(awsPayer, "DetachPolicy", nil, "PolicyId", policy, "TargetId", target)
}

func (a *awsTeller) trust(service string) {
	a.as(awsPayer, "EnableAWSServiceAccess", nil, "ServicePrincipal", awsServices[service])
}

func (a *awsTeller) delegate(account, service string) {
	a.as(awsPayer, "RegisterDelegatedAdministrator", nil, "AccountId", account, "ServicePrincipal", awsServices[service])
}

func (a *awsTeller) revoke(account, service string) {
	a.as(awsPayer, "DeregisterDelegatedAdministrator", nil, "AccountId", account, "ServicePrincipal", awsServices[service])
}

func (a *awsTeller) invite(account string) string {
	var out struct{ Handshake struct{ ID string } }
	a.as(awsPayer, "InviteAccountToOrganization", &out, "Target", fmt.Sprintf(`{"Type":"ACCOUNT","Id":%q}`, account))
	return out.Handshake.ID
}

func (a *awsTeller) accept(account, handshake string) {
	a.as(account, "AcceptHandshake", nil, "HandshakeId", handshake)
}

func (a *awsTeller) remove(account string) {
	a.as(awsPayer, "RemoveAccountFromOrganization", nil, "AccountId", account)
}

func (a *awsTeller) closing(account string) {
	a.as(awsPayer, "CloseAccount", nil, "AccountId", account)
	a.until("the end of the closing", func() bool {
		var out struct{ Account struct{ State string } }
		a.as(awsPayer, "DescribeAccount", &out, "AccountId", account)
		return out.Account.State == "CLOSED"
	})
}

func (a *awsTeller) drop(unit string) {
	a.as(awsPayer, "DeleteOrganizationalUnit", nil, "OrganizationalUnitId", unit)
}
