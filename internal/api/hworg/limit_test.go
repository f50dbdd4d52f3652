package hworg

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

func TestTwentyInvitationsADay(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.plane.Quotas = func(r *org.Rules) org.Quotas { return org.Quotas{Invitations: r.Vendor.Invitations} }
	target := func(i int) string { return fmt.Sprintf("%032d", i) }
	for i := range 20 {
		h.do("CancelHandshake", manager, "POST", sent+"/"+h.invite(target(i)).ID+"/cancel", "", nil) // an attempt all the same
	}
	body := `{"target":{"type":"account","entity":"` + target(20) + `"}}`
	h.refused("InviteAccount", manager, "POST", invites, body, http.StatusBadRequest, "Organizations.1406")
	h.later(24*time.Hour - time.Minute)
	h.refused("InviteAccount", manager, "POST", invites, body, http.StatusBadRequest, "Organizations.1406")
	h.later(2 * time.Minute)
	h.do("InviteAccount", manager, "POST", invites, body, nil)
}

func TestTheNumberOfUnits(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.plane.Quotas = func(*org.Rules) org.Quotas { return org.Quotas{Units: 2} }
	h.unit(h.unit(h.root, "one"), "two") // the root does not count
	h.refused("CreateOrganizationalUnit", manager, "POST", units, `{"name":"three","parent_id":"`+h.root+`"}`, http.StatusBadRequest, "Organizations.1204")
	if got := org.RulesOf(org.Huawei).Vendor.Units; got != 1000 {
		t.Errorf("the published number is %d", got)
	}
}

// hasAccessAgency reports whether the management account still has its way into an account.
func (h *house) hasAccessAgency(account string) bool {
	h.t.Helper()
	var found []org.Principal
	err := h.plane.Store.View(h.t.Context(), func(r store.Reader) error {
		p, err := r.PrincipalNamed(h.t.Context(), org.AccountID(account), org.Role, org.RulesOf(org.Huawei).AccessRole)
		found = append(found, p)
		return err
	})
	return err == nil && len(found) == 1
}

func TestWhatARemovalTakesAlong(t *testing.T) {
	t.Parallel()
	h := relaxed(t)
	h.enable(PolicyTypeServiceControlPolicy)
	one, two := h.full("member-one"), h.full("member-two")
	scp := h.policy(PolicyTypeServiceControlPolicy, "no reading", `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["organizations:*"]}]}`)
	for _, id := range []string{one, two} {
		h.attach(scp, id)
		h.tag(id, "k", "v")
	}
	h.do("RemoveAccount", manager, "POST", accounts+"/"+one+"/remove", "", nil)
	same(t, hwrest.Each(h.attachedTo(scp), func(e EntityDto) string { return e.ID }), []string{two})
	same(t, hwrest.Each(h.attachedTo("p-FullAccess"), func(e EntityDto) bool { return e.ID == one }), slices.Repeat([]bool{false}, 3))
	if h.hasServiceAgency(one) || !h.hasAccessAgency(one) || !h.hasAccessAgency(two) {
		t.Error("the service-linked agency goes, the access agency stays")
	}
	h.do("CreateOrganization", one, "POST", organizations, "", nil) // its policies bind it no longer, and it stands alone
	var seen ListTagResourcesResult
	h.do("ListTagResources", one, "GET", "/v1/organizations/organizations:accounts/"+one+"/tags", "", &seen)
	same(t, seen.Tags, []TagDto{})
}

func TestTheServiceAgencyComesAndGoesWithTheMembership(t *testing.T) {
	t.Parallel()
	h := relaxed(t)
	created := h.full("member-one")
	h.joined()
	for _, id := range []string{manager, created, stranger} {
		if !h.hasServiceAgency(id) {
			t.Errorf("%s has no service-linked agency", id)
		}
	}
	h.do("LeaveOrganization", stranger, "POST", leaving, "", nil)
	h.do("LeaveOrganization", created, "POST", leaving, "", nil)
	h.do("DeleteOrganization", manager, "DELETE", organizations, "", nil)
	for _, id := range []string{manager, created, stranger} {
		if h.hasServiceAgency(id) {
			t.Errorf("%s still has a service-linked agency", id)
		}
	}
}
