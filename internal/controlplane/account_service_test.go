package controlplane_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func TestWhoMayLookAfterWhichAccount(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	one, two := e.account("one"), e.account("two")
	stranger := e.stranger()
	nobody := e.member(one)
	nobody.Admin = false
	look := func(c org.Caller, id org.AccountID) func() error {
		return func() error { _, err := e.plane.GetOwnAccount(t.Context(), c, id); return err }
	}
	e.refused("management for a member, without trusted access", org.NotPermitted, look(e.admin, one))
	e.trustAccountService()
	for _, c := range []struct {
		says string
		by   org.Caller
		id   org.AccountID
		want org.Reason
	}{
		{"management for itself", e.admin, "", ""},
		{"management for itself by its id", e.admin, e.admin.AccountID, org.NotPermitted},
		{"management for a member", e.admin, one, ""},
		{"management for a stranger", e.admin, stranger.AccountID, org.NotPermitted},
		{"management for nobody", e.admin, "000000000000", org.NotPermitted},
		{"a member for itself", e.member(one), "", ""},
		{"a member for itself by its id", e.member(one), one, org.NotPermitted},
		{"a member for another", e.member(one), two, org.NotPermitted},
		{"a stranger for itself", stranger, "", ""},
		{"a stranger for itself by its id", stranger, stranger.AccountID, org.NotPermitted},
		{"a principal without rights for itself", nobody, "", org.NotPermitted},
	} {
		err := look(c.by, c.id)()
		if got := org.ReasonOf(err); err == nil && c.want != "" || err != nil && got != c.want {
			t.Errorf("%s: %v, want %q", c.says, err, c.want)
		}
	}
	if err := e.plane.RegisterDelegate(t.Context(), e.admin, one, "account.amazonaws.com"); err != nil {
		t.Fatal(err)
	}
	if err := look(e.member(one), two)(); err != nil {
		t.Errorf("the delegated administrator for another: %v", err)
	}
	e.refused("the delegated administrator for management", org.NotPermitted, look(e.member(one), e.admin.AccountID))
}

func TestARenamedAccountIsListedByItsNewName(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.account("one")
	e.trustAccountService()
	version := e.version()
	if err := e.plane.RenameAccount(t.Context(), e.admin, id, "new name"); err != nil {
		t.Fatal(err)
	}
	e.recorded(version, org.Event{Name: org.AccountRenamed, Subject: string(id), By: e.admin, Detail: map[string]string{"name": "new name"}})
	a, err := e.plane.GetAccount(t.Context(), e.admin, id)
	if err != nil || a.Name != "new name" {
		t.Errorf("%+v, %v", a, err)
	}
	e.refused("a name of nothing", org.InvalidAccountName, func() error { return e.plane.RenameAccount(t.Context(), e.admin, id, "") })
	stranger := e.stranger()
	if err := e.plane.RenameAccount(t.Context(), stranger, "", "alone"); err != nil || e.seen(stranger.AccountID).Name != "alone" {
		t.Errorf("an account that stands alone: %v", err)
	}
}

func TestAnAddressMovesOnWithItsReservation(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.account("one")
	other := e.account("other")
	e.trustAccountService()
	start := func(email string) func() error {
		return func() error { return e.plane.StartEmailChange(t.Context(), e.admin, id, email) }
	}
	accept := func(email, code string) func() error {
		return func() error { return e.plane.AcceptEmailChange(t.Context(), e.admin, id, email, code) }
	}
	e.refused("accepting what was not begun", org.EmailChangeMissing, accept("new@corp.example", "000000"))
	e.refused("an address of another", org.EmailTaken, start("OTHER@corp.example"))
	e.refused("its own address", org.EmailTaken, start("one@corp.example"))
	e.refused("no address", org.InvalidEmail, start("one.corp.example"))
	if err := start("new@corp.example")(); err != nil {
		t.Fatal(err)
	}
	wish, err := e.plane.LookEmailChange(t.Context(), id)
	if err != nil || wish.Email != "new@corp.example" || len(wish.Code) != 6 {
		t.Fatalf("%+v, %v", wish, err)
	}
	if got, err := e.plane.GetEmail(t.Context(), e.admin, id); err != nil || got != "one@corp.example" {
		t.Errorf("before the code is given the address is %s, %v", got, err)
	}
	e.refused("a wrong code", org.CodeWrong, accept("new@corp.example", "zzzzzz"))
	if err := accept("new@corp.example", wish.Code)(); err != nil {
		t.Fatal(err)
	}
	a, err := e.plane.GetAccount(t.Context(), e.admin, id)
	if err != nil || a.Email != "new@corp.example" {
		t.Errorf("%+v, %v", a, err)
	}
	e.refused("the code twice", org.EmailChangeMissing, accept("new@corp.example", wish.Code))
	for email, want := range map[string]org.Failure{"one@corp.example": "", "NEW@corp.example": org.FailEmailInUse} {
		n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "x", Email: email})
		if err != nil {
			t.Fatal(err)
		}
		if n = e.vend(n.ID); n.Failure != want {
			t.Errorf("an account of %s ends %s, %s", email, n.State, n.Failure)
		}
	}
	e.taken(id, other)
}

// taken is an address that another account gets between the wish and the code.
func (e *estate) taken(id, other org.AccountID) {
	e.Helper()
	ctx := e.Context()
	for _, of := range []org.AccountID{id, other} {
		if err := e.plane.StartEmailChange(ctx, e.admin, of, "both@corp.example"); err != nil {
			e.Fatal(err)
		}
	}
	give := func(of org.AccountID) error {
		wish, err := e.plane.LookEmailChange(ctx, of)
		if err != nil {
			e.Fatal(err)
		}
		return e.plane.AcceptEmailChange(ctx, e.admin, of, wish.Email, wish.Code)
	}
	if err := give(other); err != nil {
		e.Fatal(err)
	}
	e.refused("an address that another got meanwhile", org.EmailTaken, func() error { return give(id) })
}

func TestTheContactsOfAnAccount(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	member := e.member(e.account("one"))
	owner := map[string]string{"FullName": "Owner", "City": "Bonn"}
	for _, k := range []org.ContactKind{org.PrimaryContact, org.BillingContact} {
		if _, err := e.plane.GetContact(t.Context(), member, "", k); org.ReasonOf(err) != org.ContactMissing {
			t.Errorf("%s: %v", k, err)
		}
		version := e.version()
		if err := e.plane.PutContact(t.Context(), member, "", k, owner); err != nil {
			t.Fatal(err)
		}
		e.recorded(version, org.Event{Name: org.ContactChanged, Subject: string(member.AccountID), By: member, Detail: map[string]string{"kind": string(k)}})
		c, err := e.plane.GetContact(t.Context(), member, "", k)
		if d := cmp.Diff(owner, c.Fields); d != "" || err != nil {
			t.Errorf("%s: %s, %v", k, d, err)
		}
	}
	if err := e.plane.DeleteContact(t.Context(), member, "", org.BillingContact); err != nil {
		t.Fatal(err)
	}
	e.refused("a contact twice", org.ContactMissing, func() error { return e.plane.DeleteContact(t.Context(), member, "", org.BillingContact) })
}

func TestANewAccountTakesOverTheContactOfTheManagementAccount(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	payer := map[string]string{"CompanyName": "Corp"}
	if err := e.plane.PutContact(t.Context(), e.admin, "", org.PrimaryContact, payer); err != nil {
		t.Fatal(err)
	}
	c, err := e.plane.GetContact(t.Context(), e.member(e.account("one")), "", org.PrimaryContact)
	if d := cmp.Diff(payer, c.Fields); d != "" || err != nil {
		t.Errorf("%s, %v", d, err)
	}
}

func TestARegionIsSwitched(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.account("one")
	member := e.member(id)
	turn := func(name string, on bool) func() error {
		return func() error { return e.plane.SwitchRegion(t.Context(), member, "", name, on) }
	}
	status := func() org.RegionStatus {
		g, err := e.plane.GetRegion(t.Context(), member, "", "af-south-1")
		if err != nil {
			t.Error(err)
		}
		return g.Status
	}
	finish := func() {
		err := e.store.Update(t.Context(), func(tx store.Tx) error { return e.plane.FinishRegion(t.Context(), tx, id, "af-south-1") })
		if err != nil {
			t.Error(err)
		}
	}
	for _, on := range []bool{true, false} {
		version, sagas := e.version(), e.rows()["sagas"]
		for range 2 { // the second time it is on its way already
			if err := turn("af-south-1", on)(); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(e.events(version)); n != 2 || e.rows()["sagas"] != sagas+1 {
			t.Errorf("%d events, %d sagas", n, e.rows()["sagas"]-sagas)
		}
		if got := status(); got != map[bool]org.RegionStatus{true: org.RegionEnabling, false: org.RegionDisabling}[on] {
			t.Errorf("it is %s", got)
		}
		e.refused("the other way meanwhile", org.RegionBusy, turn("af-south-1", !on))
		finish()
		finish()
		if got := status(); got != map[bool]org.RegionStatus{true: org.RegionEnabled, false: org.RegionDisabled}[on] {
			t.Errorf("in the end it is %s", got)
		}
	}
	e.refused("a region that all have", org.RegionFixed, turn("us-east-1", false))
	e.refused("a region that is none", org.RegionMissing, turn("middle-earth-1", true))
	if _, err := e.plane.GetRegion(t.Context(), member, "", "middle-earth-1"); org.ReasonOf(err) != org.RegionMissing {
		t.Errorf("%v", err)
	}
}

func TestRegionsAreListedByPageAndState(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	rules := org.RulesOf(org.AWS)
	for _, c := range []struct {
		states []org.RegionStatus
		want   int
	}{
		{nil, len(rules.DefaultRegions) + len(rules.OptInRegions)},
		{[]org.RegionStatus{org.RegionByDefault}, len(rules.DefaultRegions)},
		{[]org.RegionStatus{org.RegionDisabled, org.RegionEnabled}, len(rules.OptInRegions)},
		{[]org.RegionStatus{org.RegionEnabling}, 0},
	} {
		for _, size := range []int{1, 5, 50} {
			seen, page := map[string]bool{}, org.Page{Limit: size}
			for range 100 {
				found, err := e.plane.ListRegions(t.Context(), e.admin, "", c.states, page)
				if err != nil {
					t.Fatal(err)
				}
				if len(found.Regions) > size {
					t.Errorf("%d on a page of %d", len(found.Regions), size)
				}
				for _, g := range found.Regions {
					seen[g.Name] = true
				}
				if page.After = found.Next; found.Next == "" {
					break
				}
			}
			if len(seen) != c.want {
				t.Errorf("%v in pages of %d: %d regions, want %d", c.states, size, len(seen), c.want)
			}
		}
	}
}

func TestTheTwinOfAnAccountIsTold(t *testing.T) {
	t.Parallel()
	e := newEstate(t, lenient)
	e.trustAccountService()
	n := e.paired("one")
	twin, err := e.plane.GetTwin(t.Context(), e.admin, n.AccountID)
	if err != nil || twin.ID != n.GovAccountID {
		t.Errorf("%+v, %v", twin, err)
	}
	e.pass(time.Second)
	if _, err := e.plane.GetTwin(t.Context(), e.member(e.account("two")), ""); org.ReasonOf(err) != org.PairMissing {
		t.Errorf("%v", err)
	}
}
