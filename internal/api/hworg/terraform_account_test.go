package hworg

import (
	"testing"
	"time"
)

// The tests of the files terraform_*_test.go make the calls of the vendor's Terraform provider in its order, resource by resource: create, read,
// update, import (which is a read) and delete, and then each once more on what is gone.

// vended waits as the provider does: it reads the status once, and any state but "succeeded" is an error to it.
func (p *provider) vended(made any) string {
	p.t.Helper()
	id := word(made, "create_account_status.id")
	p.vend(id)
	seen := p.must("GET", creations+"/"+id, "")
	if got := word(seen, "create_account_status.state"); got != "succeeded" {
		p.t.Fatalf("the state is %q", got)
	}
	return word(seen, "create_account_status.account_id")
}

// readAccount reads as resource and import do. It reports false for an account that the provider takes for deleted.
func (p *provider) readAccount(id string) (account any, parent string, there bool) {
	p.t.Helper()
	found, failed := p.call("GET", accounts+"/"+id+"?with_register_contact_info=true", "")
	status := word(found, "account.status")
	if failed == "gone" || status == "pending_closure" || status == "suspended" {
		return nil, "", false
	}
	if status != "active" || failed != "" {
		p.t.Fatalf("the account is %v, %s", found, failed)
	}
	parent = word(p.must("GET", entities+"?child_id="+id, ""), "entities.0.id")
	p.tagsOfType("organizations:accounts", id)
	return at(found, "account"), parent, true
}

func (p *provider) move(id, from, to string) {
	p.t.Helper()
	p.must("POST", accounts+"/"+id+"/move", jsonText(map[string]any{"source_parent_id": from, "destination_parent_id": to}))
}

func TestTerraformAccount(t *testing.T) {
	t.Parallel()
	h := relaxed(t)
	ou := h.unit(h.root, "workloads")
	p := h.provider(manager)
	withContact := p.vended(p.must("POST", accounts, `{"name":"tf-member","email":"tf@example.com","phone":"13800000000","tags":[{"key":"k","value":"v"}]}`))
	id := p.vended(p.must("POST", "/v2/organizations/accounts", `{"name":"tf-resource","agency_name":"Enter","description":"first","tags":[{"key":"k","value":"v"}]}`))
	if parent := word(p.must("GET", entities+"?child_id="+id, ""), "entities.0.id"); parent != h.root {
		t.Fatalf("a new account is below %s", parent)
	}
	p.move(id, h.root, ou)
	account, parent, _ := p.readAccount(id)
	if parent != ou || word(account, "description") != "first" || word(account, "join_method") != "created" || word(account, "urn") == "" || word(account, "joined_at") == "" {
		t.Errorf("read %v below %s", account, parent)
	}
	account, _, _ = p.readAccount(withContact)
	if word(account, "email") != "tf@example.com" || word(account, "mobile_phone") != "13800000000" || at(account, "intl_number_prefix") != nil {
		t.Errorf("read %v", account)
	}
	p.move(id, ou, h.root)
	p.must("PATCH", accounts+"/"+id, `{"description":""}`)
	p.retag("organizations:accounts", id, map[string]string{"k": "v"}, map[string]string{"k": "w", "l": ""})
	if account, parent, _ = p.readAccount(id); parent != h.root || word(account, "description") != "" {
		t.Errorf("read %v below %s", account, parent)
	}
	p.must("POST", accounts+"/"+id+"/close", "")
	p.gone("POST", accounts+"/"+id+"/close", "", "Organizations.1325")
	for range 2 {
		if _, _, there := p.readAccount(id); there {
			t.Error("an account that is closed is there")
		}
		p.finish(id)
		p.gone("POST", accounts+"/"+id+"/close", "", "Organizations.1325")
	}
	p.later(90*24*time.Hour + time.Second)
	p.gone("POST", accounts+"/"+id+"/close", "")
	if _, _, there := p.readAccount(id); there {
		t.Error("an account is there after its 90 days")
	}
	p.used("CloseAccount", "CreateAccount", "CreateResourceAccount", "CreateTagResource", "DeleteTagResource", "ListEntities", "ListTagResources",
		"MoveAccount", "ShowAccount", "ShowCreateAccountStatus", "UpdateAccount")
}

func TestTerraformAccountAssociate(t *testing.T) {
	t.Parallel()
	h := managed(t)
	one, two, id := h.unit(h.root, "one"), h.unit(h.root, "two"), h.member("member-one")
	p := h.provider(manager)
	parent := func() string { return word(p.must("GET", entities+"?child_id="+id, ""), "entities.0.id") }
	for _, to := range []string{one, two} { // create, update
		p.move(id, parent(), to)
		if got := word(p.must("GET", accounts+"/"+id, ""), "account.name"); got != "member-one" || parent() != to {
			t.Errorf("%s is below %s, want %s", got, parent(), to)
		}
	}
	p.move(id, two, word(p.must("GET", "/v1/organizations/roots", ""), "roots.0.id")) // delete
	if got := parent(); got != h.root {
		t.Errorf("it is below %s", got)
	}
	p.used("ListEntities", "ListRoots", "MoveAccount", "ShowAccount")
}

// readInvite reads an invitation as the inviting side does; false when the provider takes it for deleted.
func (p *provider) readInvite(id string) (status string, there bool) {
	p.t.Helper()
	found, failed := p.call("GET", sent+"/"+id, "")
	status = word(found, "handshake.status")
	if failed == "gone" || status == "cancelled" || status == "expired" {
		return status, false
	}
	if status == "accepted" {
		_, failed = p.call("GET", accounts+"/"+word(found, "handshake.target.entity"), "")
	}
	if failed != "" && failed != "gone" {
		p.t.Fatalf("the invitation is read with %s", failed)
	}
	return status, failed == ""
}

func (p *provider) invited(account string) string {
	p.t.Helper()
	made := p.must("POST", invites, jsonText(map[string]any{"target": map[string]any{"type": "account", "entity": account}, "notes": ""}))
	if got := word(made, "handshake.target.entity"); got != account {
		p.t.Fatalf("the invitation is for %s", got)
	}
	return word(made, "handshake.id")
}

func TestTerraformAccountInvite(t *testing.T) {
	t.Parallel()
	h := managed(t)
	p, guest := h.provider(manager), h.provider(stranger)
	check := func(id, status string, there bool) {
		t.Helper()
		if got, ok := p.readInvite(id); got != status || ok != there {
			t.Errorf("the invitation is %s, there: %t", got, ok)
		}
	}
	cancelled := p.invited(stranger)
	check(cancelled, "pending", true)
	p.must("POST", sent+"/"+cancelled+"/cancel", "")
	check(cancelled, "cancelled", false)
	p.gone("POST", sent+"/"+cancelled+"/cancel", "", "Organizations.1401")
	h.later(time.Second)
	expired := p.invited(stranger)
	h.later(14*24*time.Hour + time.Second)
	check(expired, "expired", false)
	declined := p.invited(stranger)
	guest.must("POST", received+"/"+declined+"/decline", "")
	check(declined, "declined", true)
	guest.used("DeclineHandshake") // huaweicloud_organizations_account_invite_decliner
	h.later(time.Second)
	accepted := p.invited(stranger)
	guest.must("POST", received+"/"+accepted+"/accept", "")
	check(accepted, "accepted", true)
	p.must("POST", accounts+"/"+stranger+"/remove", "")
	check(accepted, "accepted", false)
	p.gone("POST", accounts+"/"+stranger+"/remove", "")
	p.used("CancelHandshake", "InviteAccount", "RemoveAccount", "ShowAccount", "ShowHandshake")
}

func TestTerraformAccountInviteAccepter(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.invite(stranger).ID
	p := h.provider(stranger)
	if got := word(p.must("POST", received+"/"+id+"/accept", ""), "handshake.id"); got != id {
		t.Fatalf("accepted %s", got)
	}
	read := func() {
		t.Helper()
		found := p.must("GET", sent+"/"+id, "")
		if word(found, "handshake.status") != "accepted" || word(found, "handshake.target.entity") != stranger || word(found, "handshake.management_account_id") != manager {
			t.Errorf("read %v", found)
		}
	}
	read() // create
	read() // before the account leaves
	p.must("POST", leaving, "")
	read()
	p.used("AcceptHandshake", "LeaveOrganization", "ShowHandshake")
}
