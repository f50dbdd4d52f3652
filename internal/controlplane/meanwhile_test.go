package controlplane_test

import (
	"context"
	"errors"
	"testing"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

func TestAClosureEndsTheAccountAsItIsBehindTheLock(t *testing.T) {
	t.Parallel()
	for says, end := range map[string]func(*controlplane.Plane) ending{
		"closed":     func(p *controlplane.Plane) ending { return p.FinishClosure },
		"not closed": func(p *controlplane.Plane) ending { return p.FailClosure },
	} {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			r, ctx := newReplicas(t, org.AWS), t.Context()
			a := org.Account{
				ID: "123456789012", Partition: org.AWS, OrganizationID: r.o.ID, ParentID: r.o.RootID, Name: "n", State: org.AccountActive, JoinMethod: org.Created,
			}
			r.check(r.Update(ctx, func(tx store.Tx) error { return tx.InsertAccount(ctx, a) }))
			unit, err := r.one.CreateUnit(ctx, r.admin, r.o.RootID, "closed", nil)
			r.check(err)
			r.check(r.one.CloseAccount(ctx, r.admin, a.ID))
			r.locking = func() { r.check(r.other.MoveAccount(ctx, r.admin, a.ID, r.o.RootID, unit.ID)) }
			r.check(r.Update(ctx, func(tx store.Tx) error { return end(r.one)(ctx, tx, r.o.ID, a.ID) }))
			if got := r.account(a.ID); got.ParentID != unit.ID || got.State == org.AccountPendingClosure {
				t.Errorf("an account that was moved while its closure ended is %s in %s, not in %s", got.State, got.ParentID, unit.ID)
			}
		})
	}
}

func TestAnAccountThatLeavesWhileItIsChangedStaysLocked(t *testing.T) {
	t.Parallel()
	r, ctx := newReplicas(t, org.AWS), t.Context()
	guest := r.standing(org.AWS)
	r.check(bring(ctx, r.one, r.admin, guest))
	found := func(p *controlplane.Plane) error {
		_, err := p.CreateOrganization(ctx, guest, org.AllFeatures)
		return err
	}
	r.locking = func() { r.check(r.other.RemoveAccount(ctx, r.admin, guest.AccountID)) }
	founded := false
	r.writing = func() { founded = found(r.other) == nil }
	r.check(r.one.SetHindrances(ctx, guest.AccountID, org.OtherSeller))
	if founded {
		t.Error("it founds an organization while it is being changed")
	} else {
		r.check(found(r.other))
	}
	if _, err := r.one.GetOrganization(ctx, guest); err != nil {
		t.Errorf("the founder of an organization is no member of it: %v", err)
	}
	if a := r.account(guest.AccountID); a.Hindrances != org.OtherSeller {
		t.Errorf("what was changed is lost: %+v", a)
	}
}

func TestAnAnswerToAHandshakeIsPermittedBehindTheLocks(t *testing.T) {
	t.Parallel()
	r, ctx := newReplicas(t, org.AWS), t.Context()
	guest := r.standing(org.AWS)
	r.check(bring(ctx, r.one, r.admin, guest))
	_, err := r.one.EnablePolicyType(ctx, r.admin, r.o.RootID, org.ServiceControl)
	r.check(err)
	const stay = `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"organizations:AcceptHandshake","Resource":"*"}}`
	denial, err := r.one.CreatePolicy(ctx, r.admin, org.ServiceControl, "stay", "", stay, nil)
	r.check(err)
	host := r.standing(org.AWS)
	_, err = r.one.CreateOrganization(ctx, host, org.AllFeatures)
	r.check(err)
	h, err := r.one.InviteAccount(ctx, host, toAccount(guest.AccountID))
	r.check(err)
	r.locking = func() { r.check(r.other.AttachPolicy(ctx, r.admin, denial.ID, string(guest.AccountID))) }
	if _, err := r.one.AcceptHandshake(ctx, guest, h.ID); org.ReasonOf(err) != org.NotPermitted {
		t.Errorf("a member that may no longer accept accepts: %v", err)
	}
}

func TestAnAccountThatLeavesIsNotEnrolled(t *testing.T) {
	t.Parallel()
	type step = func(context.Context, store.Tx, landing.Operation) error
	for says, step := range map[string]func(*controlplane.Plane) step{
		"its agency":    func(p *controlplane.Plane) step { return p.EnrollManaged },
		"its user":      func(p *controlplane.Plane) step { return p.NameIdentityUser },
		"its blueprint": func(p *controlplane.Plane) step { return p.NoteBlueprint },
	} {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			r, ctx := newReplicas(t, org.Huawei), t.Context()
			guest := r.standing(org.Huawei)
			r.check(bring(ctx, r.one, r.admin, guest))
			n := landing.Operation{OrganizationID: r.o.ID, ID: "n", AccountID: guest.AccountID}
			r.check(r.Update(ctx, func(tx store.Tx) error {
				return errors.Join(
					tx.PutZone(ctx, landing.Zone{OrganizationID: r.o.ID}), tx.PutOperation(ctx, n),
					tx.PutManagedAccount(ctx, landing.Account{OrganizationID: r.o.ID, AccountID: guest.AccountID}),
				)
			}))
			left := false
			r.writing = func() { left = r.other.LeaveOrganization(ctx, guest) == nil }
			r.check(r.Update(ctx, func(tx store.Tx) error { return step(r.one)(ctx, tx, n) }))
			if left {
				t.Error("it leaves while it is enrolled")
			} else {
				r.check(r.other.LeaveOrganization(ctx, guest))
			}
			r.check(r.View(ctx, func(s store.Reader) error {
				if _, err := s.ManagedAccount(ctx, r.o.ID, guest.AccountID); org.ReasonOf(err) != org.ManagedAccountMissing {
					t.Errorf("the zone governs an account that left: %v", err)
				}
				return nil
			}))
		})
	}
}

func TestAChainOfTransfersGrowsAtOneEndAtATime(t *testing.T) {
	t.Parallel()
	r, ctx := newReplicas(t, org.AWS), t.Context()
	var chain []org.Caller
	for range 4 {
		c := r.standing(org.AWS)
		_, err := r.one.CreateOrganization(ctx, c, org.AllFeatures)
		r.check(err)
		chain = append(chain, c)
	}
	accept := func(p *controlplane.Plane, i int) func() error {
		h, err := offerFor(ctx, r.one, chain[i+1], chain[i])
		r.check(err)
		return func() error {
			_, err := p.AcceptHandshake(ctx, chain[i], h.ID)
			return err
		}
	}
	first, middle, last := accept(r.one, 0), accept(r.one, 1), accept(r.other, 2)
	r.check(middle())
	grown := false
	r.writing = func() { grown = last() == nil }
	r.check(first())
	if grown {
		t.Error("it grows at both ends at once")
	}
	if err := last(); org.ReasonOf(err) != org.TransferLevelLimit {
		t.Errorf("a chain of two levels grows: %v", err)
	}
}
