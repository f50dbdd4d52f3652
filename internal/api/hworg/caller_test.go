package hworg

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
)

// parts are the accounts that the contract's callers tell apart: the management account, a member that administers a service, another member, an
// account in no organization; and two more: nobody, and a user of the management account without any right.
type parts struct{ management, delegate, member, stranger, nobody, powerless string }

// A verdict is what a caller is answered; the zero verdict is that it may ask, whatever becomes of what it asked.
type verdict struct {
	status int
	code   string
}

var (
	mayAsk         verdict
	unknownCaller  = verdict{http.StatusUnauthorized, "APIGW.0301"}
	managementOnly = verdict{http.StatusUnauthorized, "Organizations.1001"}
	delegateOnly   = verdict{http.StatusUnauthorized, "Organizations.1002"}
	notPermitted   = verdict{http.StatusForbidden, "Organizations.1007"}
	noOrganization = verdict{http.StatusUnauthorized, "Organizations.1015"}
	noInvitation   = verdict{http.StatusNotFound, "Organizations.1402"}
)

// verdicts are what the column of callers of an operation means for each part.
func (p parts) verdicts(operation string) map[string]verdict {
	may := func(who string) bool { return slices.Contains(Operations[operation].Callers, who) }
	out := map[string]verdict{p.nobody: unknownCaller, p.powerless: notPermitted, p.management: mayAsk, p.delegate: managementOnly, p.member: managementOnly, p.stranger: noOrganization}
	if may("delegated_administrator") {
		out[p.delegate], out[p.member] = mayAsk, delegateOnly
	}
	if may("member") {
		out[p.delegate], out[p.member] = mayAsk, mayAsk
	}
	if may("account_without_organization") {
		delete(out, p.powerless) // an account's part comes before its user's rights, and this one is in an organization
	}
	if may("account_without_organization") || may("any_account") {
		out[p.delegate], out[p.member], out[p.stranger] = mayAsk, mayAsk, mayAsk
	}
	if may("invited_account") { // whom an invitation is for does not follow from an account's part in an organization
		out[p.stranger] = noInvitation
		if !may("management") {
			out[p.management], out[p.delegate], out[p.member], out[p.powerless] = noInvitation, noInvitation, noInvitation, notPermitted
		}
	}
	return out
}

func TestWhoMayCallWhat(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.trust("service.CTS")
	p := parts{management: manager, delegate: h.member("member-one"), member: h.member("member-two"), stranger: stranger, powerless: manager + "-user"}
	h.do("RegisterDelegatedAdministrator", manager, "POST", delegates+"/register", delegation(p.delegate, "service.CTS"), nil)
	asked, coverage := 0, Coverage()
	for name, served := range coverage {
		if !served {
			continue
		}
		asked++
		for account, want := range p.verdicts(name) {
			if want == mayAsk && endsParts[name] {
				continue // TestDeleteOrganization and TestLeaveOrganization do it
			}
			r := theContract(t).Request(t, name)
			if name == "ShowEffectivePolicies" && account == p.member { // who is neither may ask for itself alone
				r.URL.RawQuery = strings.Replace(r.URL.RawQuery, "entity_id=a", "entity_id="+account, 1)
			}
			r.Header.Set("X-Account", account)
			rec, c := hwtest.Serve(h.api, r)
			theContract(t).Check(t, name, rec)
			got := verdict{rec.Code, c.Code}
			if want == mayAsk && slices.Contains([]verdict{unknownCaller, managementOnly, delegateOnly, notPermitted, noOrganization}, got) || want != mayAsk && got != want {
				t.Errorf("%s as %q: got %d %s, want %+v", name, account, rec.Code, rec.Body, want)
			}
			if got.code == denial && !strings.Contains(rec.Body.String(), "Policy doesn't allow '"+cmp.Or(Operations[name].Action, name)+"' to be performed.") {
				t.Errorf("%s: got %s", name, rec.Body)
			}
		}
	}
	if asked < 59 || len(coverage) != 69 {
		t.Fatalf("%d operations of %d are asked for", asked, len(coverage))
	}
}

// endsParts are the operations that would change who is who.
var endsParts = map[string]bool{"CreateOrganization": true, "DeleteOrganization": true, "LeaveOrganization": true}

// TestTheTableOfCallersIsThatOfTheContract keeps verdicts honest: each operation has callers that it knows.
func TestTheTableOfCallersIsThatOfTheContract(t *testing.T) {
	t.Parallel()
	counts := map[string]int{}
	for name, op := range Operations {
		counts[strings.Join(op.Callers, " ")]++
		if len(op.Callers) == 0 {
			t.Errorf("%s has no callers", name)
		}
	}
	same(t, counts, map[string]int{
		"management": 33, "management delegated_administrator": 28, "management delegated_administrator member": 2, "member": 1,
		"management delegated_administrator invited_account": 1, "invited_account": 2, "any_account": 1, "account_without_organization": 1,
	})
}
