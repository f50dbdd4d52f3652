package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// CreatePairedAccount is CreateAccount for a member with a twin: an account of the same address that stands alone in the paired partition. It
// fails further with NotInPartition where there is no such partition, and with ManagementNotPaired when the management account has no
// twin itself. A lenient plane makes that one by the way.
func (p *Plane) CreatePairedAccount(ctx context.Context, c org.Caller, q org.AccountRequest) (org.Creation, error) {
	return update(ctx, p, func(tx store.Tx) (org.Creation, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:CreateGovCloudAccount")
		if err != nil {
			return org.Creation{}, err
		}
		if err := p.checkPaired(ctx, tx, o); err != nil {
			return org.Creation{}, err
		}
		q.Paired = true
		return p.RequestAccount(ctx, tx, c, o, q)
	})
}

func (p *Plane) checkPaired(ctx context.Context, tx store.Tx, o org.Organization) error {
	if o.Rules().Paired == "" {
		return org.Errorf(org.NotInPartition, "accounts of the partition %s have no twins", o.Partition)
	}
	a, err := tx.Account(ctx, o.ManagementID)
	if err != nil || a.TwinID != "" {
		return err
	}
	if !p.Lenient {
		return org.Errorf(org.ManagementNotPaired, "the management account is not paired with an account of %s", o.Rules().Paired)
	}
	twin, err := p.standAlone(ctx, tx, Standalone{Partition: o.Rules().Paired, Name: a.Name, Email: a.Email})
	if err != nil {
		return err
	}
	a.TwinID = twin.ID
	return tx.UpdateAccount(ctx, a)
}

// PairAccount gives an account a twin with an administrator and a key for it. It is the operator's. It fails with AccountMissing, with
// AccountPaired when it has one, with NotInPartition, and with ConcurrentModification when the address is taken in the paired partition.
func (p *Plane) PairAccount(ctx context.Context, id org.AccountID) (Credentials, error) {
	var made Credentials
	err := p.asOperator(ctx, id, func(tx store.Tx, _ *org.Organization, a org.Account) (err error) {
		there := org.RulesOf(a.Partition).Paired
		if there == "" {
			return org.Errorf(org.NotInPartition, "accounts of the partition %s have no twins", a.Partition)
		}
		if a.TwinID != "" {
			return org.Errorf(org.AccountPaired, "the account %s is paired with %s", id, a.TwinID)
		}
		if made, err = p.mintAccount(ctx, tx, Standalone{Partition: there, Name: a.Name, Email: a.Email}); err != nil {
			return err
		}
		a.TwinID = made.Caller.AccountID
		return tx.UpdateAccount(ctx, a)
	})
	if err != nil {
		return Credentials{}, err
	}
	return made, nil
}

// MakeTwin writes the twin of a new account that is to have one: it has the same name and address, a root user, and an access role for the twin
// of the management account. It is not to be seen yet. An address that is taken over there ends the creation.
func (p *Plane) MakeTwin(ctx context.Context, tx store.Tx, n org.Creation, id org.AccountID) error {
	if !n.Request.Paired {
		return nil
	}
	here, rules := org.RulesOf(n.Partition), org.RulesOf(org.RulesOf(n.Partition).Paired)
	a, err := tx.Account(ctx, id)
	if err != nil {
		return err
	}
	above, err := tx.Account(ctx, n.RequestedBy.AccountID)
	if err != nil {
		return err
	}
	if above.TwinID == "" {
		return org.Fail(here.AccountFails, "the management account is not paired any more")
	}
	twin := org.Account{ID: p.Mint.Account(rules), Partition: rules.Partition, Name: a.Name, Email: a.Email, State: org.AccountCreating, CreatedAt: p.now()}
	for _, want := range org.Reservations(rules, twin.Name, twin.Email, "") {
		want.Holder = string(twin.ID)
		holder, err := tx.Reserve(ctx, want)
		if err != nil {
			return err
		}
		if holder != "" {
			return org.Fail(org.FailGovAccountExists, "the "+string(want.Field)+" belongs to an account of "+string(rules.Partition))
		}
	}
	if err := tx.InsertAccount(ctx, twin); err != nil {
		return err
	}
	if err := p.furnishTwin(ctx, tx, n, rules, twin.ID, above.TwinID); err != nil {
		return err
	}
	a.TwinID = twin.ID
	return tx.UpdateAccount(ctx, a)
}

func (p *Plane) furnishTwin(ctx context.Context, tx store.Tx, n org.Creation, rules *org.Rules, twin, above org.AccountID) error {
	err := tx.InsertPrincipal(ctx, org.Principal{
		ID: p.Mint.Principal(rules, org.RootUser), AccountID: twin, Kind: org.RootUser, Path: "/", Administrator: true, CreatedAt: p.now(),
	})
	if err != nil {
		return err
	}
	return tx.InsertPrincipal(ctx, org.Principal{
		ID: p.Mint.Principal(rules, org.Role), AccountID: twin, Kind: org.Role, Name: n.Request.RoleName, Path: "/", Administrator: true,
		Trusts: string(above), MaxSession: rules.MaxSession, CreatedAt: p.now(),
	})
}

// placeTwin lets the twin of an account be seen, and returns its id.
func (p *Plane) placeTwin(ctx context.Context, tx store.Tx, a org.Account) (org.AccountID, error) {
	if a.TwinID == "" {
		return "", nil
	}
	twin, err := tx.Account(ctx, a.TwinID)
	if err != nil {
		return "", err
	}
	twin.State = org.AccountActive
	return twin.ID, tx.UpdateAccount(ctx, twin)
}

// UnmakeTwin takes back what MakeTwin wrote.
func (p *Plane) UnmakeTwin(ctx context.Context, tx store.Tx, id org.AccountID) error {
	a, err := tx.Account(ctx, id)
	if org.ReasonOf(err) == org.AccountMissing || err == nil && a.TwinID == "" {
		return nil
	}
	if err != nil {
		return err
	}
	if err := tx.ReleaseReservations(ctx, string(a.TwinID)); err != nil {
		return err
	}
	if err := tx.DeleteAccount(ctx, a.TwinID); err != nil {
		return err
	}
	a.TwinID = ""
	return tx.UpdateAccount(ctx, a)
}
