package server

import (
	"fmt"
	"net/http"
)

// huaweiTeller speaks Huawei Cloud Organizations.
type huaweiTeller struct{ *running }

func (h *huaweiTeller) as(account, method, path string, out any, format string, args ...any) {
	h.Helper()
	h.running.ask(method+" "+path, out, func() (*http.Response, string) {
		return h.do(method, path, fmt.Sprintf(format, args...), "Content-Type", "application/json", "X-Sdk-Date", "20260101T000000Z",
			"Authorization", "SDK-HMAC-SHA256 Access="+account+", SignedHeaders=host;x-sdk-date, Signature=5ec2e7")
	})
}

// manage asks as the management account.
func (h *huaweiTeller) manage(method, path string, out any, format string, args ...any) {
	h.Helper()
	h.as(huaweiPayer, method, "/v1/organizations"+path, out, format, args...)
}

var huaweiServices = map[string]string{"one": "service.SecMaster", "two": "service.CTS"}

func (h *huaweiTeller) begin() string {
	h.manage("POST", "", nil, "")
	var out struct{ Roots []struct{ ID string } }
	h.manage("GET", "/roots", &out, "")
	return out.Roots[0].ID
}

func (h *huaweiTeller) unit(parent, name string) string {
	var out struct {
		Unit struct{ ID string } `json:"organizational_unit"`
	}
	h.manage("POST", "/organizational-units", &out, `{"parent_id":%q,"name":%q}`, parent, name)
	return out.Unit.ID
}

func (h *huaweiTeller) rename(unit, name string) {
	h.manage("PATCH", "/organizational-units/"+unit, nil, `{"name":%q}`, name)
}

func (h *huaweiTeller) account(name string) (id string) {
	var made struct {
		Status struct{ ID string } `json:"create_account_status"`
	}
	h.manage("POST", "/accounts", &made, `{"name":"%s-account","email":"%s@corp.example"}`, name, name)
	h.until("the end of the creation", func() bool {
		var out struct {
			Status struct {
				State string
				ID    string `json:"account_id"`
			} `json:"create_account_status"`
		}
		h.manage("GET", "/create-account-status/"+made.Status.ID, &out, "")
		id = out.Status.ID
		return out.Status.State == "succeeded"
	})
	return id
}

func (h *huaweiTeller) move(account, from, to string) {
	h.manage("POST", "/accounts/"+account+"/move", nil, `{"source_parent_id":%q,"destination_parent_id":%q}`, from, to)
}

func (h *huaweiTeller) tag(id, key, value string) {
	h.manage("POST", "/resources/"+id+"/tag", nil, `{"tags":[{"key":%q,"value":%q}]}`, key, value)
}

func (h *huaweiTeller) untag(id, key string) {
	h.manage("POST", "/resources/"+id+"/untag", nil, `{"tag_keys":[%q]}`, key)
}

func (h *huaweiTeller) enable(root string) {
	h.manage("POST", "/policies/enable", nil, `{"root_id":%q,"policy_type":"service_control_policy"}`, root)
}

func (h *huaweiTeller) policy(name string) string {
	var out struct {
		Policy struct {
			Summary struct{ ID string } `json:"policy_summary"`
		}
	}
	h.manage("POST", "/policies", &out, `{"name":%q,"description":"of the story","type":"service_control_policy","content":%q}`, name,
		`{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["ecs:*"]}]}`)
	return out.Policy.Summary.ID
}

func (h *huaweiTeller) rewrite(policy string) {
	h.manage("PATCH", "/policies/"+policy, nil, `{"content":%q}`, `{"Version":"5.0","Statement":[{"Sid":"second","Effect":"Deny","Action":["ecs:*"]}]}`)
}

func (h *huaweiTeller) attach(policy, target string) {
	h.manage("POST", "/policies/"+policy+"/attach", nil, `{"entity_id":%q}`, target)
}

func (h *huaweiTeller) detach(policy, target string) {
	h.manage("POST", "/policies/"+policy+"/detach", nil, `{"entity_id":%q}`, target)
}

func (h *huaweiTeller) trust(service string) {
	h.manage("POST", "/trusted-services/enable", nil, `{"service_principal":%q}`, huaweiServices[service])
}

func (h *huaweiTeller) delegate(account, service string) {
	h.manage("POST", "/delegated-administrators/register", nil, `{"account_id":%q,"service_principal":%q}`, account, huaweiServices[service])
}

func (h *huaweiTeller) revoke(account, service string) {
	h.manage("POST", "/delegated-administrators/deregister", nil, `{"account_id":%q,"service_principal":%q}`, account, huaweiServices[service])
}

func (h *huaweiTeller) invite(account string) string {
	var out struct{ Handshake struct{ ID string } }
	h.manage("POST", "/accounts/invite", &out, `{"target":{"type":"account","entity":%q},"notes":""}`, account)
	return out.Handshake.ID
}

func (h *huaweiTeller) accept(account, handshake string) {
	h.as(account, "POST", "/v1/received-handshakes/"+handshake+"/accept", nil, "")
}

func (h *huaweiTeller) remove(account string) {
	h.manage("POST", "/accounts/"+account+"/remove", nil, "")
}

func (h *huaweiTeller) closing(account string) {
	h.manage("POST", "/accounts/"+account+"/close", nil, "")
	h.until("the end of the closing", func() bool {
		var out struct{ Account struct{ Status string } }
		h.manage("GET", "/accounts/"+account, &out, "")
		return out.Account.Status == "suspended"
	})
}

func (h *huaweiTeller) drop(unit string) {
	h.manage("DELETE", "/organizational-units/"+unit, nil, "")
}
