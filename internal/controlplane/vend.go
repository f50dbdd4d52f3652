package controlplane

import (
	"context"
	"strconv"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// The deeds of this file and of settle.go are the steps by which a creation becomes an account. Each runs inside its step's transaction and
// fails with an org.CreationError when going on makes no sense; then the steps' undos and FailCreation take everything back.

// IdentifyRequester makes sure that the account which asked still manages the organization.
func (p *Plane) IdentifyRequester(ctx context.Context, tx store.Tx, n org.Creation) error {
	_, o, err := tx.Member(ctx, n.RequestedBy.AccountID)
	if err != nil && org.ReasonOf(err) != org.AccountMissing {
		return err
	}
	if o.ID != n.OrganizationID || o.ManagementID != n.RequestedBy.AccountID {
		return org.Fail(org.FailCallerUnknown, "the account that asked no longer manages the organization")
	}
	return nil
}

// ReserveIdentity takes the new account's address, name and phone number for the creation. What another account has, or another creation is
// about to get, ends this one, and so does a refused address, e-mail or postal.
func (p *Plane) ReserveIdentity(ctx context.Context, tx store.Tx, n org.Creation) error {
	rules, q := org.RulesOf(n.Partition), n.Request
	if q.Email != "" && rules.EmailFailure != "" {
		if err := org.CheckEmail(q.Email); err != nil {
			return org.Fail(rules.EmailFailure, org.AsError(err).Detail)
		}
	}
	if err := p.checkStep(ctx, tx, n, org.StepReserve); err != nil {
		return err
	}
	for _, want := range org.Reservations(rules, q.Name, q.Email, q.Phone) {
		want.Holder = string(n.ID)
		holder, err := tx.Reserve(ctx, want)
		if err != nil {
			return err
		}
		if holder != "" {
			return taken(ctx, tx, want.Field, holder)
		}
	}
	return nil
}

var inUse = map[org.Field]org.Failure{org.FieldEmail: org.FailEmailInUse, org.FieldName: org.FailNameInUse, org.FieldPhone: org.FailPhoneLimit}

// taken tells an account that has the value from a creation that still runs and may yet fail.
func taken(ctx context.Context, r store.Reader, f org.Field, holder string) error {
	if f == org.FieldPhone {
		return org.Fail(org.FailPhoneLimit, "the phone number has reached its number of registrations")
	}
	_, err := r.Account(ctx, org.AccountID(holder))
	if org.ReasonOf(err) == org.AccountMissing {
		return org.Fail(org.FailConcurrent, "the same "+string(f)+" is in use by an account that is being created")
	}
	if err != nil {
		return err
	}
	return org.Fail(inUse[f], "the "+string(f)+" belongs to another account")
}

// MakeAccount writes the account, which is not to be seen yet.
func (p *Plane) MakeAccount(ctx context.Context, tx store.Tx, n org.Creation, id org.AccountID) error {
	o, err := tx.Organization(ctx, n.OrganizationID)
	if err == nil && o.Due(p.now()) {
		o, err = p.punctually(ctx, tx, o.ID)
	}
	if err != nil {
		return err
	}
	if err := p.checkAccounts(ctx, tx, o); err != nil {
		return err
	}
	q := n.Request
	return tx.InsertAccount(ctx, org.Account{
		ID: id, Partition: n.Partition, Name: q.Name, Email: q.Email, Phone: q.Phone, Description: q.Description, Resource: q.Resource,
		State: org.AccountCreating, CreatedAt: p.now(),
	})
}

func (p *Plane) checkAccounts(ctx context.Context, r store.Reader, o org.Organization) error {
	limit := p.Quotas(o.Rules()).Accounts
	if limit == 0 {
		return nil
	}
	n, err := p.countTaken(ctx, r, o)
	if err != nil {
		return err
	}
	if n >= limit {
		return org.Fail(org.FailAccountLimit, "an organization has at most "+strconv.Itoa(limit)+" accounts")
	}
	return nil
}

// MakeRootUser gives the new account its root user, which has no keys.
func (p *Plane) MakeRootUser(ctx context.Context, tx store.Tx, n org.Creation, a org.AccountID) error {
	return tx.InsertPrincipal(ctx, org.Principal{
		ID: p.Mint.Principal(org.RulesOf(n.Partition), org.RootUser), AccountID: a, Kind: org.RootUser, Path: "/", Administrator: true, CreatedAt: p.now(),
	})
}

// MakeServiceRole gives the new account the organizations service's own role. Without all features the role has no use yet, but members that have
// it need not be asked when the organization goes over to them (AWS User Guide, "Using service-linked roles").
func (p *Plane) MakeServiceRole(ctx context.Context, tx store.Tx, n org.Creation, a org.AccountID) error {
	return p.makeServiceRole(ctx, tx, org.RulesOf(n.Partition), a)
}

// grantService gives an account the role of the organizations service where the organization has all features.
func (p *Plane) grantService(ctx context.Context, tx store.Tx, o org.Organization, a org.AccountID) error {
	if o.FeatureSet != org.AllFeatures {
		return nil
	}
	return p.giveServiceRole(ctx, tx, o, a)
}

// giveServiceRole gives an account the role of the organizations service; one that has it already keeps it.
func (p *Plane) giveServiceRole(ctx context.Context, tx store.Tx, o org.Organization, a org.AccountID) error {
	rules := o.Rules()
	_, err := tx.PrincipalNamed(ctx, a, org.ServiceRole, rules.ServiceRole)
	if err == nil || org.ReasonOf(err) != org.PrincipalMissing {
		return err
	}
	return p.makeServiceRole(ctx, tx, rules, a)
}

func (p *Plane) makeServiceRole(ctx context.Context, tx store.Tx, rules *org.Rules, a org.AccountID) error {
	return tx.InsertPrincipal(ctx, org.Principal{
		ID: p.Mint.Principal(rules, org.ServiceRole), AccountID: a, Kind: org.ServiceRole, Name: rules.ServiceRole, Path: rules.ServiceRolePath,
		Trusts: rules.ServicePrincipal, MaxSession: time.Hour, CreatedAt: p.now(),
	})
}

// MakeAccessRole gives the new account the role by which the management account enters it, with every right.
func (p *Plane) MakeAccessRole(ctx context.Context, tx store.Tx, n org.Creation, a org.AccountID) error {
	rules := org.RulesOf(n.Partition)
	return tx.InsertPrincipal(ctx, org.Principal{
		ID: p.Mint.Principal(rules, org.Role), AccountID: a, Kind: org.Role, Name: n.Request.RoleName, Path: "/", Administrator: true,
		Trusts: string(n.RequestedBy.AccountID), MaxSession: rules.MaxSession, CreatedAt: p.now(),
	})
}

// ReleaseIdentity gives back what ReserveIdentity took.
func (p *Plane) ReleaseIdentity(ctx context.Context, tx store.Tx, n org.Creation) error {
	return tx.ReleaseReservations(ctx, string(n.ID))
}

// UnmakeAccount takes back an account that was never placed, with everything in it.
func (p *Plane) UnmakeAccount(ctx context.Context, tx store.Tx, id org.AccountID) error {
	return tx.DeleteAccount(ctx, id)
}
