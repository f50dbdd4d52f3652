package hworg

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

const (
	sent     = "/v1/organizations/handshakes"
	received = "/v1/received-handshakes"
	invites  = accounts + "/invite"
)

// later sets the plane's clock forward.
func (h *house) later(d time.Duration) {
	now := h.plane.Now
	h.plane.Now = func() time.Time { return now().Add(d) }
}

// invite invites an account by its id.
func (h *house) invite(account string) HandshakeDto {
	h.t.Helper()
	var out InviteAccountResult
	h.do("InviteAccount", manager, "POST", invites, jsonText(map[string]any{"target": map[string]any{"type": "account", "entity": account}, "notes": ""}), &out)
	return out.Handshake
}

// joined makes the stranger a member by invitation.
func (h *house) joined() {
	h.t.Helper()
	h.do("AcceptHandshake", stranger, "POST", received+"/"+h.invite(stranger).ID+"/accept", "", nil)
}

func (h *house) statusOf(account, id string) HandshakeStatus {
	h.t.Helper()
	var out ShowHandshakeResult
	h.do("ShowHandshake", account, "GET", sent+"/"+id, "", &out)
	return out.Handshake.Status
}

func TestAnInvitationIsAccepted(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var made InviteAccountResult
	h.do("InviteAccount", manager, "POST", invites,
		`{"target":{"type":"account","entity":"`+stranger+`"},"notes":"Willkommen","tags":[{"key":"k","value":"v"}]}`, &made)
	i := made.Handshake
	if i.Status != HandshakeStatusPending || i.Notes != "Willkommen" || i.ManagementAccountID != manager || i.ManagementAccountName != "account-"+manager ||
		i.Target != (TargetDto{Type: TargetTypeAccount, Entity: stranger}) || i.UpdatedAt != i.CreatedAt ||
		i.URN != "organizations::"+manager+":handshake:"+i.OrganizationID+"/"+i.ID {
		t.Fatalf("got %+v", i)
	}
	if life := time.Time(i.ExpiredAt).Sub(time.Time(i.CreatedAt)); life != 14*24*time.Hour {
		t.Errorf("it lives %s", life)
	}
	var seen ListReceivedHandshakesResult
	h.do("ListReceivedHandshakes", stranger, "GET", received, "", &seen)
	same(t, seen.Handshakes, []HandshakeDto{i})
	h.later(time.Hour)
	var accepted AcceptHandshakeResult
	h.do("AcceptHandshake", stranger, "POST", received+"/"+i.ID+"/accept", "", &accepted)
	if a := accepted.Handshake; a.Status != HandshakeStatusAccepted || !time.Time(a.UpdatedAt).After(time.Time(i.CreatedAt)) || a.Target != i.Target {
		t.Fatalf("got %+v", a)
	}
	if got := h.statusOf(stranger, i.ID); got != HandshakeStatusAccepted {
		t.Errorf("the invited account reads %s", got)
	}
	var joined ShowAccountResult
	h.do("ShowAccount", manager, "GET", accounts+"/"+stranger, "", &joined)
	if joined.Account.JoinMethod != JoinMethodInvited || joined.Account.Status != AccountStatusActive {
		t.Errorf("got %+v", joined.Account)
	}
	same(t, h.tagsOf(stranger), []TagDto{{Key: "k", Value: "v"}})
	h.refused("AcceptHandshake", stranger, "POST", received+"/"+i.ID+"/accept", "", http.StatusBadRequest, "Organizations.1403")
	h.refused("CancelHandshake", manager, "POST", sent+"/"+i.ID+"/cancel", "", http.StatusBadRequest, "Organizations.1403")
	h.refused("InviteAccount", manager, "POST", invites, `{"target":{"type":"account","entity":"`+stranger+`"}}`, http.StatusConflict, "Organizations.1101")
}

func TestAnInvitationByName(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var made InviteAccountResult
	h.do("InviteAccount", manager, "POST", invites, `{"target":{"type":"name","entity":"account-`+stranger+`"}}`, &made)
	if got := made.Handshake.Target; got != (TargetDto{Type: TargetTypeName, Entity: "account-" + stranger}) || made.Handshake.Notes != "" {
		t.Fatalf("got %+v", made.Handshake)
	}
	h.do("AcceptHandshake", stranger, "POST", received+"/"+made.Handshake.ID+"/accept", "", nil)
}

func TestInvitationsEndOtherwise(t *testing.T) {
	t.Parallel()
	h := managed(t)
	declined := h.invite(stranger).ID
	var out DeclineHandshakeResult
	h.do("DeclineHandshake", stranger, "POST", received+"/"+declined+"/decline", "", &out)
	if out.Handshake.Status != HandshakeStatusDeclined {
		t.Errorf("got %+v", out.Handshake)
	}
	h.refused("AcceptHandshake", stranger, "POST", received+"/"+declined+"/accept", "", http.StatusBadRequest, "Organizations.1403")
	h.later(time.Second)
	cancelled := h.invite(stranger).ID
	var back CancelHandshakeResult
	h.do("CancelHandshake", manager, "POST", sent+"/"+cancelled+"/cancel", "", &back)
	if back.Handshake.Status != HandshakeStatusCancelled {
		t.Errorf("got %+v", back.Handshake)
	}
	h.refused("CancelHandshake", manager, "POST", sent+"/"+cancelled+"/cancel", "", http.StatusBadRequest, "Organizations.1401")
	h.refused("AcceptHandshake", stranger, "POST", received+"/"+cancelled+"/accept", "", http.StatusBadRequest, "Organizations.1401")
	h.refused("DeclineHandshake", stranger, "POST", received+"/"+cancelled+"/decline", "", http.StatusBadRequest, "Organizations.1401")
	h.later(time.Second)
	expired := h.invite(stranger)
	h.later(14 * 24 * time.Hour)
	h.refused("AcceptHandshake", stranger, "POST", received+"/"+expired.ID+"/accept", "", http.StatusBadRequest, "Organizations.1403")
	var all ListHandshakesResult
	h.do("ListHandshakes", manager, "GET", sent, "", &all)
	if n := len(all.Handshakes); n != 3 || all.PageInfo.CurrentCount != 3 {
		t.Fatalf("%d invitations, %+v", n, all.PageInfo)
	}
	first := all.Handshakes[0]
	if first.ID != expired.ID || first.Status != HandshakeStatusExpired || first.UpdatedAt != first.ExpiredAt {
		t.Errorf("got %+v", first)
	}
	h.later(366 * 24 * time.Hour)
	h.refused("ShowHandshake", manager, "GET", sent+"/"+expired.ID, "", http.StatusNotFound, "Organizations.1402")
}

func TestRefusedInvitations(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.invite(stranger)
	for name, test := range map[string]struct {
		body   string
		status int
		code   string
	}{
		"a second one":                {`{"target":{"type":"account","entity":"` + stranger + `"}}`, http.StatusConflict, "Organizations.1404"},
		"a second one by name":        {`{"target":{"type":"name","entity":"account-` + stranger + `"}}`, http.StatusConflict, "Organizations.1404"},
		"a member":                    {`{"target":{"type":"account","entity":"` + manager + `"}}`, http.StatusConflict, "Organizations.1101"},
		"a name of nobody":            {`{"target":{"type":"name","entity":"nobody-here"}}`, http.StatusNotFound, "Organizations.1301"},
		"an id that none has":         {`{"target":{"type":"account","entity":"a/b"}}`, http.StatusBadRequest, "Organizations.1000"},
		"a target of no kind":         {`{"target":{"type":"email","entity":"a@b.example"}}`, http.StatusBadRequest, "Organizations.1000"},
		"an entity of 101 characters": {`{"target":{"type":"name","entity":"` + strings.Repeat("a", 101) + `"}}`, http.StatusBadRequest, "Organizations.1000"},
		"notes of 1025 characters":    {`{"target":{"type":"name","entity":"abcdef"},"notes":"` + strings.Repeat("a", 1025) + `"}`, http.StatusBadRequest, "Organizations.1000"},
		"no target":                   {`{}`, http.StatusBadRequest, "Organizations.1000"},
	} {
		t.Run(name, func(t *testing.T) {
			h.t = t
			h.refused("InviteAccount", manager, "POST", invites, test.body, test.status, test.code)
		})
	}
}

func TestInvitationsOfADay(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.plane.Quotas = func(*org.Rules) org.Quotas { return org.Quotas{Invitations: 2} }
	for range 2 {
		h.do("CancelHandshake", manager, "POST", sent+"/"+h.invite(stranger).ID+"/cancel", "", nil)
	}
	body := `{"target":{"type":"account","entity":"` + stranger + `"}}`
	h.refused("InviteAccount", manager, "POST", invites, body, http.StatusBadRequest, "Organizations.1406")
	h.later(25 * time.Hour)
	h.invite(stranger)
	h.plane.Quotas = func(*org.Rules) org.Quotas { return org.Quotas{Accounts: 2} }
	h.refused("InviteAccount", manager, "POST", invites, strings.Replace(body, stranger, "33333333333333333333333333333333", 1), http.StatusBadRequest, "Organizations.1305")
}

func TestWhoHasToDoWithAnInvitation(t *testing.T) {
	t.Parallel()
	h := managed(t)
	member, id := h.member("member-one"), h.invite(stranger).ID
	h.refused("ShowHandshake", member, "GET", sent+"/"+id, "", http.StatusUnauthorized, "Organizations.1002")
	h.refused("AcceptHandshake", member, "POST", received+"/"+id+"/accept", "", http.StatusForbidden, "Organizations.1405")
	h.refused("DeclineHandshake", manager, "POST", received+"/"+id+"/decline", "", http.StatusForbidden, "Organizations.1405")
	h.refused("CancelHandshake", stranger, "POST", sent+"/"+id+"/cancel", "", http.StatusUnauthorized, "Organizations.1015")
	h.refused("CancelHandshake", member, "POST", sent+"/"+id+"/cancel", "", http.StatusUnauthorized, "Organizations.1001")
	h.refused("CancelHandshake", manager, "POST", sent+"/h-00000000/cancel", "", http.StatusNotFound, "Organizations.1402")
	if got := h.statusOf(stranger, id); got != HandshakeStatusPending {
		t.Errorf("the invited account reads %s", got)
	}
	h.do("CreateOrganization", stranger, "POST", organizations, "", nil)
	h.refused("AcceptHandshake", stranger, "POST", received+"/"+id+"/accept", "", http.StatusConflict, "Organizations.1101")
	h.refused("ShowHandshake", stranger, "GET", sent+"/h-00000000", "", http.StatusNotFound, "Organizations.1402")
}

func TestInvitationsComeInPages(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.plane.Quotas = func(*org.Rules) org.Quotas { return org.Quotas{} }
	var want []string
	for range 3 {
		id := h.invite(stranger).ID
		want = append([]string{id}, want...)
		h.do("DeclineHandshake", stranger, "POST", received+"/"+id+"/decline", "", nil)
		h.later(time.Second)
	}
	for operation, path := range map[string]string{"ListHandshakes": sent, "ListReceivedHandshakes": received} {
		who := manager
		if path == received {
			who = stranger
		}
		var got []string
		for query := "?limit=2"; query != ""; {
			var page ListHandshakesResult
			h.do(operation, who, "GET", path+query, "", &page)
			got = append(got, hwrest.Each(page.Handshakes, func(d HandshakeDto) string { return d.ID })...)
			query = ""
			if page.PageInfo.NextMarker != nil {
				query = "?limit=2&marker=" + *page.PageInfo.NextMarker
			}
		}
		same(t, got, want)
		h.refused(operation, who, "GET", path+"?marker=nowhere", "", http.StatusBadRequest, "Organizations.1000")
	}
}

// "The invited account lists them" (API Reference, ListReceivedHandshakes), whatever it is elsewhere.
func TestAManagementAccountSeesWhoInvitesIt(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.do("CreateOrganization", stranger, "POST", "/v1/organizations", "", nil)
	i := h.invite(stranger)
	var seen ListReceivedHandshakesResult
	h.do("ListReceivedHandshakes", stranger, "GET", received, "", &seen)
	same(t, seen.Handshakes, []HandshakeDto{i})
	if got := h.statusOf(stranger, i.ID); got != HandshakeStatusPending {
		t.Errorf("it reads %s", got)
	}
	h.refused("AcceptHandshake", stranger, "POST", received+"/"+i.ID+"/accept", "", http.StatusConflict, "Organizations.1101")
	h.do("DeclineHandshake", stranger, "POST", received+"/"+i.ID+"/decline", "", nil)
}
