package controlplane

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// CloseAccount accepts a request to close a member, whose closure is pending from then on. It fails with AccountMissing, as CheckClosing and, by
// the quotas, as CheckClosures does.
func (p *Plane) CloseAccount(ctx context.Context, c org.Caller, id org.AccountID) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:CloseAccount")
		if err != nil {
			return err
		}
		return p.requestClosure(ctx, tx, c, o, id)
	})
}

func (p *Plane) requestClosure(ctx context.Context, tx store.Tx, by org.Caller, o org.Organization, id org.AccountID) error {
	// What forbids the closing of any account comes before the question whether there is this one.
	if err := org.CheckClosing(o, org.Account{ID: id}); err != nil {
		return err
	}
	a, err := member(ctx, tx, o, id)
	if err != nil {
		return err
	}
	if err := org.CheckClosing(o, a); err != nil {
		return err
	}
	if err := p.checkClosures(ctx, tx, o); err != nil {
		return err
	}
	a.State = org.AccountPendingClosure
	if err := tx.UpdateAccount(ctx, a); err != nil {
		return err
	}
	n, err := p.closure(ctx, tx, o, a)
	if err != nil {
		return err
	}
	if err := tx.PutClosure(ctx, n); err != nil {
		return err
	}
	if err := p.record(ctx, tx, o, org.ClosureRequested, by, string(a.ID), nil); err != nil {
		return err
	}
	return tx.Start(ctx, p.Mint.UUID(), org.CloseAccount, string(o.ID)+"/"+string(a.ID), p.now())
}

// closure makes a request that is the account's latest, wherever the clock was moved since the one before.
func (p *Plane) closure(ctx context.Context, r store.Reader, o org.Organization, a org.Account) (org.Closure, error) {
	n := org.Closure{OrganizationID: o.ID, AccountID: a.ID, State: org.ClosureRunning, RequestedAt: p.now()}
	last, err := r.Closure(ctx, o.ID, a.ID)
	there, err := had(err, org.AccountNotClosed)
	if there && !last.RequestedAt.Before(n.RequestedAt) {
		n.RequestedAt = last.RequestedAt.Add(time.Microsecond)
	}
	return n, err
}

func (p *Plane) checkClosures(ctx context.Context, r store.Reader, o org.Organization) error {
	quotas := p.Quotas(o.Rules())
	if quotas.Closing == 0 && quotas.Closures == (org.ClosureQuota{}) {
		return nil
	}
	running, lately, err := r.CountClosures(ctx, o.ID, p.now().Add(-o.Rules().ClosureWindow))
	if err != nil {
		return err
	}
	members, err := closureBase(ctx, r, o, quotas.Closures, lately)
	if err != nil {
		return err
	}
	return quotas.CheckClosures(running, lately, members)
}

// closureBase counts the members whose share the quota of closures is, the management account not among them.
func closureBase(ctx context.Context, r store.Reader, o org.Organization, q org.ClosureQuota, lately int) (int, error) {
	if !q.Active {
		n, err := r.CountAccounts(ctx, o.ID, "")
		return n - 1, err
	}
	n, err := r.CountActiveAccounts(ctx, o.ID)
	return n - 1 + lately, err
}

// A closing is a closure that runs, with its account, behind the lock of their organization.
type closing struct {
	o org.Organization
	n org.Closure
	a org.Account
}

// lockClosing returns false when there is nothing left to do: the closure is over, or is gone with its organization.
func lockClosing(ctx context.Context, tx store.Tx, id org.OrganizationID, account org.AccountID) (c closing, running bool, err error) {
	if c.o, err = tx.LockOrganization(ctx, id); err == nil {
		c.n, err = tx.Closure(ctx, id, account)
	}
	if reason := org.ReasonOf(err); reason == org.OrganizationMissing || reason == org.AccountNotClosed {
		return c, false, nil
	}
	if err != nil || c.n.State != org.ClosureRunning {
		return c, false, err
	}
	c.a, err = tx.Account(ctx, account)
	return c, err == nil && c.a.OrganizationID == id && c.a.State == org.AccountPendingClosure, err
}

// FinishClosure makes an account whose closure runs a closed one, which leaves the organization when its time is over. Its twin is closed along
// with it. It does nothing for a closure that is over, or is gone with its organization.
func (p *Plane) FinishClosure(ctx context.Context, tx store.Tx, o org.OrganizationID, id org.AccountID) error {
	c, running, err := lockClosing(ctx, tx, o, id)
	if err != nil || !running {
		return err
	}
	if err := p.markClosed(ctx, tx, c.o, c.a); err != nil {
		return err
	}
	if err := p.closeTwin(ctx, tx, c.a); err != nil {
		return err
	}
	return p.endClosure(ctx, tx, c, org.ClosureSucceeded)
}

// closeTwin closes the account's twin in the paired partition along with it (User Guide, "Closing a member account"). A twin that manages an
// organization stays, since no account is closed that does.
func (p *Plane) closeTwin(ctx context.Context, tx store.Tx, a org.Account) error {
	if a.TwinID == "" {
		return nil
	}
	before, err := tx.Account(ctx, a.TwinID)
	if err != nil {
		return err
	}
	o, twin, err := p.lockHome(ctx, tx, before)
	if err != nil || twin.State == org.AccountClosed {
		return err
	}
	if o == nil {
		twin.State, twin.ClosedAt = org.AccountClosed, p.now()
		return tx.UpdateAccount(ctx, twin)
	}
	if o.ManagementID == twin.ID {
		return nil
	}
	if err := p.markClosed(ctx, tx, *o, twin); err != nil {
		return err
	}
	return p.recordClosure(ctx, tx, *o, org.Closure{AccountID: twin.ID, State: org.ClosureSucceeded, RequestedAt: p.now(), CompletedAt: p.now()})
}

func (p *Plane) markClosed(ctx context.Context, tx store.Tx, o org.Organization, a org.Account) error {
	a.State, a.ClosedAt = org.AccountClosed, p.now()
	if err := tx.UpdateAccount(ctx, a); err != nil {
		return err
	}
	gone := p.Quotas(o.Rules()).GoneAt(a)
	if !o.DueAt.IsZero() && o.DueAt.Before(gone) {
		return nil
	}
	return tx.SetDue(ctx, o.ID, gone)
}

// FailClosure ends a closure that could not be carried out; the account is as it was. It does nothing where FinishClosure would not.
func (p *Plane) FailClosure(ctx context.Context, tx store.Tx, o org.OrganizationID, id org.AccountID) error {
	c, running, err := lockClosing(ctx, tx, o, id)
	if err != nil || !running {
		return err
	}
	c.a.State = org.AccountActive
	if err := tx.UpdateAccount(ctx, c.a); err != nil {
		return err
	}
	return p.endClosure(ctx, tx, c, org.ClosureFailed)
}

func (p *Plane) endClosure(ctx context.Context, tx store.Tx, c closing, s org.ClosureState) error {
	c.n.State, c.n.CompletedAt = s, p.now()
	if err := tx.PutClosure(ctx, c.n); err != nil {
		return err
	}
	return p.recordClosure(ctx, tx, c.o, c.n)
}

// recordClosure writes the event that CloudTrail knows as CloseAccountResult.
func (p *Plane) recordClosure(ctx context.Context, tx store.Tx, o org.Organization, n org.Closure) error {
	return p.record(ctx, tx, o, org.ClosureEnded, org.Caller{}, string(n.AccountID), map[string]string{
		"state": string(n.State), "requestedAt": n.RequestedAt.Format(time.RFC3339Nano), "completedAt": n.CompletedAt.Format(time.RFC3339Nano),
		"managementId": string(o.ManagementID),
	})
}
