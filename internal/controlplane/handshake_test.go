package controlplane_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

const days = 24 * time.Hour

func toAccount(id org.AccountID) org.Offer {
	return org.Offer{To: org.Party{Kind: org.PartyAccount, ID: string(id)}}
}

func toEmail(address string) org.Offer {
	return org.Offer{To: org.Party{Kind: org.PartyEmail, ID: address}}
}

func (e *estate) invite(q org.Offer) org.Handshake {
	e.Helper()
	e.pass(time.Second)
	h, err := e.plane.InviteAccount(e.Context(), e.admin, q)
	if err != nil {
		e.Fatal(err)
	}
	return h
}

func (e *estate) accept(c org.Caller, h org.Handshake) org.Handshake {
	e.Helper()
	got, err := e.plane.AcceptHandshake(e.Context(), c, h.ID)
	if err != nil {
		e.Fatal(err)
	}
	return got
}

func (e *estate) look(c org.Caller, id org.HandshakeID) org.Handshake {
	e.Helper()
	h, err := e.plane.GetHandshake(e.Context(), c, id)
	if err != nil {
		e.Fatal(err)
	}
	return h
}

func (e *estate) accepting(c org.Caller, id org.HandshakeID) func() error {
	return func() error {
		_, err := e.plane.AcceptHandshake(e.Context(), c, id)
		return err
	}
}

func (e *estate) inviting(q org.Offer) func() error {
	return func() error {
		_, err := e.plane.InviteAccount(e.Context(), e.admin, q)
		return err
	}
}

// lists reads a whole list of handshakes, page by page, and returns their ids.
func (e *estate) lists(c org.Caller, received bool, f controlplane.HandshakeFilter) []org.HandshakeID {
	e.Helper()
	list, out, page := e.plane.ListSentHandshakes, []org.HandshakeID{}, org.Page{Limit: 2}
	if received {
		list = e.plane.ListReceivedHandshakes
	}
	for range 100 {
		got, err := list(e.Context(), c, f, page)
		if err != nil {
			e.Fatal(err)
		}
		for _, h := range got.Handshakes {
			out = append(out, h.ID)
		}
		if page.After = got.Next; got.Next == "" {
			return out
		}
	}
	e.Fatal("the list has no end")
	return nil
}

func (e *estate) see(says string, want, got []org.HandshakeID) {
	e.Helper()
	if want == nil {
		want = []org.HandshakeID{}
	}
	if d := cmp.Diff(want, got); d != "" {
		e.Errorf("%s: %s", says, d)
	}
}

func TestAnInvitedAccountJoins(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	guest := e.mint(controlplane.Standalone{Partition: org.AWS, Name: "guest", Email: "Guest@Corp.example"}).Caller
	q := toEmail("guest@corp.EXAMPLE")
	q.Notes, q.Tags = "come", []org.Tag{{Key: "team", Value: "blue"}}
	before := e.version()
	h := e.invite(q)
	e.recorded(before, org.Event{Name: org.AccountInvited, Subject: string(h.ID), By: e.admin, Detail: map[string]string{"action": "INVITE"}})
	want := org.Sender{OrganizationID: e.id, ManagementID: e.admin.AccountID, Email: "payer@corp.example", Name: "management", FeatureSet: org.AllFeatures}
	if d := cmp.Diff(want, h.From); d != "" || h.State != org.HandshakeOpen {
		t.Errorf("%s %s", h.State, d)
	}
	e.see("the account", []org.HandshakeID{h.ID}, e.lists(guest, true, controlplane.HandshakeFilter{}))
	e.see("the organization", []org.HandshakeID{h.ID}, e.lists(e.admin, false, controlplane.HandshakeFilter{Action: org.Invitation}))

	e.pass(time.Hour)
	before = e.version()
	got := e.accept(guest, h)
	if got.State != org.HandshakeAccepted || !got.EndedAt.Equal(e.now) || got.AccountID != guest.AccountID {
		t.Errorf("%+v", got)
	}
	e.recorded(before, org.Event{Name: org.HandshakeAgreed, Subject: string(h.ID), By: guest},
		org.Event{Name: org.AccountJoined, Subject: string(guest.AccountID), Detail: map[string]string{
			"managementId": string(e.admin.AccountID), "joinMethod": "INVITED", "joinedAt": e.now.Format(time.RFC3339Nano)}})
	a, err := e.plane.GetAccount(t.Context(), e.admin, guest.AccountID)
	if err != nil || a.JoinMethod != org.Invited || a.ParentID != e.root || !a.JoinedAt.Equal(e.now) {
		t.Errorf("%+v, %v", a, err)
	}
	e.tagged(org.Resource(guest.AccountID), org.Tag{Key: "team", Value: "blue"})
	e.hasServiceRole(guest.AccountID, true)
	if d := cmp.Diff(got, e.look(guest, h.ID)); d != "" {
		t.Error(d)
	}
	e.refused("again", org.HandshakeInState, e.accepting(guest, h.ID))
}

func TestAnInvitationAwaitsAnAccountThatDoesNotExist(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	byID, byEmail := e.invite(toAccount("222222222222")), e.invite(toEmail("later@corp.example"))
	one := e.mint(controlplane.Standalone{Partition: org.AWS, ID: "222222222222"}).Caller
	two := e.mint(controlplane.Standalone{Partition: org.AWS, Email: "later@corp.example"}).Caller
	e.accept(one, byID)
	e.accept(two, byEmail)
}

func TestAnInvitationStaysInItsPartition(t *testing.T) {
	t.Parallel()
	e := in(t, org.AWSGov)
	here := e.mint(controlplane.Standalone{Partition: org.AWSGov, Email: "both@corp.example"}).Caller
	there := e.mint(controlplane.Standalone{Partition: org.AWS, Email: "both@corp.example"}).Caller
	byEmail := e.invite(toEmail("both@corp.example"))
	byID := e.invite(toAccount("222222222222"))
	namesake := e.mint(controlplane.Standalone{Partition: org.AWS, ID: "222222222222"}).Caller
	every := controlplane.HandshakeFilter{}
	e.see("by its address", []org.HandshakeID{byEmail.ID}, e.lists(here, true, every))
	e.see("by its address elsewhere", nil, e.lists(there, true, every))
	e.see("by its id elsewhere", nil, e.lists(namesake, true, every))
	e.refused("elsewhere", org.HandshakeMissing, e.accepting(namesake, byID.ID))
	e.accept(here, byEmail)
}

func TestWhomNobodyInvites(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	guest := e.mint(controlplane.Standalone{Partition: org.AWS, Email: "guest@corp.example"}).Caller
	e.refused("itself", org.AlreadyMember, e.inviting(toAccount(e.admin.AccountID)))
	e.refused("a member", org.AlreadyMember, e.inviting(toAccount(e.account("one"))))
	e.refused("a member by its address", org.AlreadyMember, e.inviting(toEmail("ONE@corp.example")))
	e.refused("an organization", org.PartyRefused, e.inviting(org.Offer{To: org.Party{Kind: org.PartyOrganization, ID: string(e.id)}}))
	h := e.invite(toAccount(guest.AccountID))
	e.refused("somebody twice", org.HandshakeExists, e.inviting(toAccount(guest.AccountID)))
	e.refused("somebody by the address as well", org.HandshakeExists, e.inviting(toEmail("Guest@corp.example")))
	e.invite(toEmail("nobody@corp.example"))
	e.refused("nobody twice", org.HandshakeExists, e.inviting(toEmail("nobody@corp.example")))
	if _, err := e.plane.DeclineHandshake(t.Context(), guest, h.ID); err != nil {
		t.Fatal(err)
	}
	again := e.invite(toAccount(guest.AccountID))
	e.pass(15 * days)
	e.refused("too late", org.HandshakeTransition, e.accepting(guest, again.ID))
	e.invite(toAccount(guest.AccountID))
}

func TestWhoMayDoWhatWithAHandshake(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	guest, stranger := e.stranger(), e.stranger()
	member, other := e.member(e.account("one")), e.another()
	powerless := guest
	powerless.Admin = false
	h := e.invite(toAccount(guest.AccountID))
	deeds := map[string]func(org.Caller) error{
		"accept":  func(c org.Caller) error { return e.accepting(c, h.ID)() },
		"decline": func(c org.Caller) error { _, err := e.plane.DeclineHandshake(t.Context(), c, h.ID); return err },
		"cancel":  func(c org.Caller) error { _, err := e.plane.CancelHandshake(t.Context(), c, h.ID); return err },
		"see":     func(c org.Caller) error { _, err := e.plane.GetHandshake(t.Context(), c, h.ID); return err },
	}
	gone := org.Caller{Partition: org.AWS, AccountID: "999999999999", Kind: org.RootUser}
	for name, do := range deeds {
		e.refused(name+" by a stranger", org.HandshakeMissing, func() error { return do(stranger) })
		e.refused(name+" by another organization", org.HandshakeMissing, func() error { return do(other.admin) })
		e.refused(name+" by a powerless user", org.NotPermitted, func() error { return do(powerless) })
		e.refused(name+" by an account that is gone", org.KeyUnknown, func() error { return do(gone) })
	}
	e.refused("accept by the sender", org.HandshakeOtherParty, func() error { return deeds["accept"](e.admin) })
	e.refused("accept by a member", org.HandshakeOtherParty, func() error { return deeds["accept"](member) })
	e.refused("decline by the sender", org.HandshakeOtherParty, func() error { return deeds["decline"](e.admin) })
	e.refused("cancel by a member", org.HandshakeOtherParty, func() error { return deeds["cancel"](member) })
	e.refused("cancel by the recipient", org.HandshakeOtherParty, func() error { return deeds["cancel"](guest) })
	for says, c := range map[string]org.Caller{"the recipient": guest, "the sender": e.admin, "a member": member} {
		if err := deeds["see"](c); err != nil {
			t.Errorf("%s does not see it: %v", says, err)
		}
	}
	e.refused("what is not there", org.HandshakeMissing, e.accepting(guest, "h-no"))
	if _, err := e.plane.ListSentHandshakes(t.Context(), guest, controlplane.HandshakeFilter{}, org.Page{Limit: 1}); org.ReasonOf(err) != org.NotInOrganization {
		t.Error(err)
	}
	if _, err := e.plane.ListSentHandshakes(t.Context(), member, controlplane.HandshakeFilter{}, org.Page{Limit: 1}); org.ReasonOf(err) != org.DelegateOnly {
		t.Error(err)
	}
	both := controlplane.HandshakeFilter{Action: org.Invitation, Parent: h.ID}
	if _, err := e.plane.ListSentHandshakes(t.Context(), e.admin, both, org.Page{Limit: 1}); org.ReasonOf(err) != org.FilterLimit {
		t.Error(err)
	}
	if _, err := e.plane.ListReceivedHandshakes(t.Context(), guest, both, org.Page{Limit: 1}); org.ReasonOf(err) != org.FilterLimit {
		t.Error(err)
	}
}

func TestTimeEndsHandshakesWithoutAnyJob(t *testing.T) {
	t.Parallel()
	e := newEstate(t, func(c *controlplane.Config) {
		c.Quotas = func(*org.Rules) org.Quotas { return org.Quotas{Accounts: 2} }
	})
	guest := e.stranger()
	h := e.invite(toAccount(guest.AccountID))
	e.refused("no room for another", org.InvitedAccountLimit, e.inviting(toEmail("more@corp.example")))
	e.pass(15*days - time.Microsecond)
	if got := e.look(guest, h.ID).State; got != org.HandshakeOpen {
		t.Errorf("at its last moment %s", got)
	}
	e.pass(time.Microsecond)
	for _, c := range []org.Caller{guest, e.admin} {
		if got := e.look(c, h.ID); got.State != org.HandshakeExpired {
			t.Errorf("afterwards %s", got.State)
		}
	}
	got, err := e.plane.ListReceivedHandshakes(t.Context(), guest, controlplane.HandshakeFilter{}, org.Page{Limit: 5})
	if err != nil || len(got.Handshakes) != 1 || got.Handshakes[0].State != org.HandshakeExpired {
		t.Errorf("%+v, %v", got, err)
	}
	e.invite(toEmail("more@corp.example")) // the count agrees: there is room again
	e.pass(30*days - 2*time.Second)
	e.see("in its last moment", []org.HandshakeID{h.ID}, e.lists(guest, true, controlplane.HandshakeFilter{}))
	e.pass(2 * time.Second)
	e.see("when it is gone", nil, e.lists(guest, true, controlplane.HandshakeFilter{}))
	e.refused("to see it then", org.HandshakeMissing, func() error {
		_, err := e.plane.GetHandshake(t.Context(), guest, h.ID)
		return err
	})
}

func TestTheNumberOfInvitations(t *testing.T) {
	t.Parallel()
	e := newEstate(t, func(c *controlplane.Config) {
		c.Quotas = func(*org.Rules) org.Quotas { return org.Quotas{Invitations: 2} }
	})
	guest := e.stranger()
	e.accept(guest, e.invite(toAccount(guest.AccountID))) // does not count
	first := e.invite(toEmail("one@corp.example"))
	if _, err := e.plane.CancelHandshake(t.Context(), e.admin, first.ID); err != nil {
		t.Fatal(err)
	}
	e.invite(toEmail("two@corp.example"))
	e.refused("a third", org.HandshakeRate, e.inviting(toEmail("three@corp.example")))
	e.pass(days)
	e.invite(toEmail("three@corp.example"))
}

func TestInvitationsCountAsAccounts(t *testing.T) {
	t.Parallel()
	e := newEstate(t, func(c *controlplane.Config) {
		c.Quotas = func(*org.Rules) org.Quotas { return org.Quotas{Accounts: 3} }
	})
	guest := e.stranger()
	h := e.invite(toAccount(guest.AccountID))
	e.account("one")
	e.refused("a fourth", org.InvitedAccountLimit, e.inviting(toEmail("x@corp.example")))
	n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "two", Email: "two@corp.example"})
	if err != nil {
		t.Fatal(err)
	}
	if n = e.vend(n.ID); n.Failure != org.FailAccountLimit {
		t.Errorf("an account is created beyond the invitations: %+v", n)
	}
	e.accept(guest, h)
}

func TestAMemberMovesOverInOneStep(t *testing.T) {
	t.Parallel()
	e := newEstate(t, vendorQuotas)
	other := e.another()
	id := e.account("mover")
	c := e.member(id)
	if err := e.plane.Tag(t.Context(), e.admin, org.Resource(id), []org.Tag{{Key: "old"}}); err != nil {
		t.Fatal(err)
	}
	q := toAccount(id)
	q.Tags = []org.Tag{{Key: "new"}}
	h, err := e.plane.InviteAccount(t.Context(), other.admin, q)
	if err != nil {
		t.Fatal(err)
	}
	e.refused("too young", org.LeavingTooEarly, e.accepting(c, h.ID))
	e.pass(4 * days)
	before, beforeThere := e.version(), other.version()
	e.accept(c, h)
	found := e.events(before)
	if len(found) != 1 || found[0].Name != org.AccountDeparted || found[0].Version != before+1 {
		t.Errorf("the old organization recorded %+v", found)
	}
	if found := other.events(beforeThere); len(found) != 2 || found[1].Name != org.AccountJoined {
		t.Errorf("the new organization recorded %+v", found)
	}
	a, err := e.plane.GetAccount(t.Context(), other.admin, id)
	if err != nil || a.JoinMethod != org.Invited || a.ParentID != other.root {
		t.Errorf("%+v, %v", a, err)
	}
	tags, err := e.plane.ListTags(t.Context(), other.admin, org.Resource(id))
	if d := cmp.Diff([]org.Tag{{Key: "new"}}, tags); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
}

func TestWhoManagesAnOrganizationMovesNowhere(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	other := e.another()
	h := e.invite(toAccount(other.admin.AccountID))
	e.see("what it sees", nil, e.lists(other.admin, true, controlplane.HandshakeFilter{}))
	e.refused("to see it", org.HandshakeMissing, func() error {
		_, err := e.plane.GetHandshake(t.Context(), other.admin, h.ID)
		return err
	})
	e.refused("to decline what it does not see", org.HandshakeMissing, func() error {
		_, err := e.plane.DeclineHandshake(t.Context(), other.admin, h.ID)
		return err
	})
	e.refused("to cancel it", org.HandshakeMissing, func() error {
		_, err := e.plane.CancelHandshake(t.Context(), other.admin, h.ID)
		return err
	})
	e.refused("to accept it", org.ManagementCannotLeave, e.accepting(other.admin, h.ID))
	if err := e.plane.DeleteOrganization(t.Context(), other.admin); err != nil {
		t.Fatal(err)
	}
	e.see("once it stands alone", []org.HandshakeID{h.ID}, e.lists(other.admin, true, controlplane.HandshakeFilter{}))
	e.accept(other.admin, h)
}

func TestHuaweiCloudInvitesByName(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	guest := e.mint(controlplane.Standalone{Partition: org.Huawei, Name: "guest-1"}).Caller
	named := func(name string) org.Offer { return org.Offer{To: org.Party{Kind: org.PartyName, ID: name}} }
	e.refused("nobody's name", org.AccountMissing, e.inviting(named("nobody-1")))
	h := e.invite(named("guest-1"))
	other := e.another()
	elsewhere, err := e.plane.InviteAccount(t.Context(), other.admin, named("guest-1"))
	if err != nil {
		t.Fatal(err)
	}
	e.accept(guest, h)
	e.refused("a member of another", org.AlreadyMember, e.accepting(guest, elsewhere.ID))
}

func TestAnOrganizationTakesItsHandshakesWithIt(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	guest := e.stranger()
	h := e.invite(toAccount(guest.AccountID))
	if err := e.plane.DeleteOrganization(t.Context(), e.admin); err != nil {
		t.Fatal(err)
	}
	e.id = ""
	e.refused("of an organization that is gone", org.HandshakeMissing, e.accepting(guest, h.ID))
	if n := e.rows()["handshakes"]; n != 0 {
		t.Errorf("%d handshakes are left", n)
	}
}

// removeServiceRole takes the service's role out of an account, as its owner may.
func (e *estate) removeServiceRole(a org.AccountID) {
	e.Helper()
	err := e.store.Update(e.Context(), func(tx store.Tx) error {
		p, err := tx.PrincipalNamed(e.Context(), a, org.ServiceRole, "AWSServiceRoleForOrganizations")
		if err != nil {
			return err
		}
		return tx.DeletePrincipal(e.Context(), p.ID)
	})
	if err != nil {
		e.Fatal(err)
	}
}

func TestWhoReadsInvitationsIsToldByItsPart(t *testing.T) {
	t.Parallel()
	for p, want := range map[org.Partition]org.Reason{org.AWS: "", org.Huawei: org.DelegateOnly} {
		e := in(t, p)
		id, guest, other := e.account("member-one"), e.stranger(), e.stranger()
		h := e.invite(toAccount(guest.AccountID))
		_, err := e.plane.GetHandshake(t.Context(), e.member(id), h.ID)
		if org.ReasonOf(err) != want {
			t.Errorf("%s: a member: %v", p, err)
		}
		if got := e.look(guest, h.ID); got.ID != h.ID {
			t.Errorf("%s: the recipient sees %+v", p, got)
		}
		e.refused("another account", org.HandshakeMissing, func() error {
			_, err := e.plane.GetHandshake(t.Context(), other, h.ID)
			return err
		})
	}
}

// In open mode an account comes to be with its first call, under an address that its id makes up. Two invitations of it would both stand then.
func TestAnAccountToComeIsOneTarget(t *testing.T) {
	t.Parallel()
	const one, two, three = "555555555555", "666666666666", "777777777777"
	e := newEstate(t, lenient)
	e.invite(toAccount(one))
	e.refused("by its address, too", org.HandshakeExists, e.inviting(toEmail(one+"@Account.example")))
	h := e.invite(toEmail(two + "@account.example"))
	e.refused("by its id, too", org.HandshakeExists, e.inviting(toAccount(two)))
	if _, err := e.plane.CancelHandshake(t.Context(), e.admin, h.ID); err != nil {
		t.Fatal(err)
	}
	e.invite(toAccount(two))
	e.invite(toEmail(three + "@corp.example"))
	e.invite(toAccount(three))
	if err := e.plane.EnsureAccount(t.Context(), org.AWS, one); err != nil {
		t.Fatal(err)
	}
	e.refused("by its address, once it is there", org.HandshakeExists, e.inviting(toEmail(one+"@account.example")))

	strict := newEstate(t)
	strict.invite(toAccount(one))
	strict.invite(toEmail(one + "@account.example"))
}
