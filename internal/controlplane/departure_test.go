package controlplane_test

import (
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func TestAMemberIsRemoved(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.account("one")
	if err := e.plane.Tag(t.Context(), e.admin, org.Resource(id), []org.Tag{{Key: "k"}}); err != nil {
		t.Fatal(err)
	}
	version, principals := e.version(), e.rows()["principals"]
	if err := e.plane.RemoveAccount(t.Context(), e.admin, id); err != nil {
		t.Fatal(err)
	}
	e.recorded(version,
		org.Event{Name: org.AccountRemoved, Subject: string(id), By: e.admin},
		org.Event{Name: org.AccountDeparted, Subject: string(id), Detail: map[string]string{
			"managementId": string(e.admin.AccountID), "departMethod": "REMOVED", "joinMethod": "CREATED", "departedAt": e.clock().Format(time.RFC3339Nano),
		}})
	if a := e.seen(id); a.State != org.AccountActive || a.OrganizationID != "" || a.ParentID != "" || a.JoinMethod != "" || !a.JoinedAt.Equal(e.clock()) {
		t.Errorf("the account is %+v", a)
	}
	if rows := e.rows(); rows["tags"] != 0 || rows["principals"] != principals {
		t.Errorf("left are %v", rows)
	}
	// It can begin an organization of its own.
	if _, err := e.plane.CreateOrganization(t.Context(), e.member(id), org.AllFeatures); err != nil {
		t.Error(err)
	}
}

func TestAMemberLeaves(t *testing.T) {
	t.Parallel()
	e := newEstate(t, vendorQuotas)
	id := e.account("one")
	e.pass(4 * day)
	version := e.version()
	if err := e.plane.LeaveOrganization(t.Context(), e.member(id)); err != nil {
		t.Fatal(err)
	}
	e.recorded(version, org.Event{Name: org.AccountLeft, Subject: string(id), By: e.member(id)}, org.Event{Name: org.AccountDeparted, Subject: string(id)})
	if got := e.events(version)[1].Detail["departMethod"]; got != "LEFT" {
		t.Errorf("it departed as %s", got)
	}
	if err := e.plane.LeaveOrganization(t.Context(), e.member(id)); org.ReasonOf(err) != org.NotInOrganization {
		t.Errorf("it leaves again: %v", err)
	}
}

func TestWhatForbidsLeavingAndRemoving(t *testing.T) {
	t.Parallel()
	e := newEstate(t, vendorQuotas)
	old := e.account("old")
	e.pass(4 * day)
	young, closed := e.account("young"), e.account("closed")
	e.pass(day)
	e.close(closed)
	for _, c := range []struct {
		says string
		id   org.AccountID
		by   org.Hindrance
		want org.Reason
	}{
		{"the management account", e.admin.AccountID, 0, org.ManagementCannotLeave},
		{"a young account", young, org.NoPhone, org.LeavingTooEarly},
		{"without an agreement", old, org.NoAgreement, org.AgreementMissing},
		{"without a phone", old, org.NoPhone, org.PhoneUnverified},
		{"without a payment method", old, org.NoPayment, org.PaymentMissing},
		{"with a payment method of no use", old, org.WrongPayment, org.PaymentInvalid},
	} {
		if err := e.plane.SetHindrances(t.Context(), c.id, c.by); err != nil {
			t.Fatal(err)
		}
		e.refused(c.says+" is removed", c.want, func() error { return e.plane.RemoveAccount(t.Context(), e.admin, c.id) })
		e.refused(c.says+" leaves", c.want, func() error { return e.plane.LeaveOrganization(t.Context(), e.member(c.id)) })
	}
	e.pass(4 * day)
	e.refused("a closed one is removed", org.ClosedCannotLeave, func() error { return e.plane.RemoveAccount(t.Context(), e.admin, closed) })
	e.refused("an unknown one is removed", org.AccountMissing, func() error { return e.plane.RemoveAccount(t.Context(), e.admin, "000000000000") })
	e.refused("a member removes", org.ManagementOnly, func() error { return e.plane.RemoveAccount(t.Context(), e.member(young), old) })
	nobody := e.member(old)
	nobody.Admin = false
	e.refused("a principal without rights leaves", org.NotPermitted, func() error { return e.plane.LeaveOrganization(t.Context(), nobody) })
	if err := e.plane.SetHindrances(t.Context(), old, 0); err != nil {
		t.Fatal(err)
	}
	if err := e.plane.RemoveAccount(t.Context(), e.admin, old); err != nil {
		t.Errorf("with all it needs, it stays: %v", err)
	}
}

func TestADelegatedAdministratorStaysAndGoesWithItsDelegations(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.account("one")
	e.trustAccountService()
	if err := e.plane.RegisterDelegate(t.Context(), e.admin, id, "account.amazonaws.com"); err != nil {
		t.Fatal(err)
	}
	e.refused("it is removed", org.DelegateCannotLeave, func() error { return e.plane.RemoveAccount(t.Context(), e.admin, id) })
	e.close(id)
	e.pass(90 * day)
	if got := e.members(); len(got) != 1 || e.rows()["delegations"] != 0 {
		t.Errorf("there are %v, and rows %v", got, e.rows())
	}
}

func TestADepartedAccountLeavesTheLandingZone(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.account("one")
	err := e.store.Update(t.Context(), func(tx store.Tx) error { return putManaged(e, tx, id) })
	if err != nil {
		t.Fatal(err)
	}
	if err := e.plane.RemoveAccount(t.Context(), e.admin, id); err != nil {
		t.Fatal(err)
	}
	if n := e.rows()["managed_accounts"]; n != 0 {
		t.Errorf("%d managed accounts", n)
	}
}

func TestHuaweiCloudTakesItsAgencyFromThoseWhoLeave(t *testing.T) {
	t.Parallel()
	for p, stays := range map[org.Partition]bool{org.AWS: true, org.Huawei: false} {
		e := in(t, p)
		guest := e.stranger()
		e.accept(guest, e.invite(toAccount(guest.AccountID)))
		e.hasServiceRole(guest.AccountID, true)
		must(e, e.plane.LeaveOrganization(t.Context(), guest))
		e.hasServiceRole(guest.AccountID, stays)
		e.accept(guest, e.invite(toAccount(guest.AccountID)))
		e.hasServiceRole(guest.AccountID, true)
	}
}
