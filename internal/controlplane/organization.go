package controlplane

import (
	"context"
	"slices"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// An Organization is an organization with the account that manages it.
type Organization struct {
	org.Organization
	Management org.Account
}

// CreateOrganization makes the caller's account the management account of a new organization with one root. It fails with InOrganization
// for a member of any, with FeatureSetRefused for a feature set that the partition does not have, with ServiceRoleDenied, and with
// what hinders an account from Founding.
func (p *Plane) CreateOrganization(ctx context.Context, c org.Caller, features org.FeatureSet) (Organization, error) {
	rules := org.RulesOf(c.Partition)
	return update(ctx, p, func(tx store.Tx) (Organization, error) {
		a, err := p.founder(ctx, tx, c)
		if err != nil {
			return Organization{}, err
		}
		if !slices.Contains(rules.FeatureSets, features) {
			return Organization{}, org.Errorf(org.FeatureSetRefused, "the feature set %s is not offered in the partition %s", features, c.Partition)
		}
		if features == org.AllFeatures {
			if err := p.permitServiceRole(ctx, tx, c); err != nil {
				return Organization{}, err
			}
		}
		if err := rules.CheckDeed(a, org.Founding, p.now()); err != nil {
			return Organization{}, err
		}
		o := org.Organization{
			ID: p.Mint.Organization(rules), Partition: c.Partition, ManagementID: a.ID, RootID: p.Mint.Root(rules), FeatureSet: features,
			CreatedAt: p.now(), Version: 1,
		}
		if err := tx.InsertOrganization(ctx, o); err != nil {
			return Organization{}, err
		}
		if err := tx.InsertUnit(ctx, org.Unit{ID: o.RootID, OrganizationID: o.ID, Name: rules.RootName, CreatedAt: o.CreatedAt}); err != nil {
			return Organization{}, err
		}
		a.OrganizationID, a.ParentID, a.JoinMethod, a.JoinedAt = o.ID, o.RootID, org.Invited, o.CreatedAt
		if err := tx.UpdateAccount(ctx, a); err != nil {
			return Organization{}, err
		}
		if err := p.grantService(ctx, tx, o, a.ID); err != nil {
			return Organization{}, err
		}
		err = p.record(ctx, tx, o, org.OrganizationCreated, c, string(o.ID), map[string]string{"featureSet": string(features)})
		return Organization{Organization: o, Management: a}, err
	})
}

// founder locks the caller's account and returns it when it may begin an organization.
func (p *Plane) founder(ctx context.Context, tx store.Tx, c org.Caller) (org.Account, error) {
	a, err := tx.LockAccount(ctx, c.AccountID)
	if err != nil {
		return org.Account{}, instead(err, org.AccountMissing, org.KeyUnknown)
	}
	if err := a.CheckUsable(); err != nil {
		return org.Account{}, err
	}
	if a.OrganizationID != "" {
		return org.Account{}, p.bound(ctx, tx, a)
	}
	return a, p.permit(ctx, c, "organizations:CreateOrganization")
}

// bound fails with InOrganization for a member, once what is overdue in its organization has been done: its time there may be over.
func (p *Plane) bound(ctx context.Context, r store.Reader, a org.Account) error {
	o, err := r.Organization(ctx, a.OrganizationID)
	if err == nil {
		err = p.prompt(o)
	}
	if err != nil {
		return err
	}
	return org.Errorf(org.InOrganization, "the account %s is a member of an organization", a.ID)
}

// GetOrganization returns the caller's organization. Every member may ask.
func (p *Plane) GetOrganization(ctx context.Context, c org.Caller) (Organization, error) {
	return view(ctx, p, func(r store.Reader) (Organization, error) {
		o, err := p.authorize(ctx, r, c, anyMember, "organizations:DescribeOrganization")
		if err != nil {
			return Organization{}, err
		}
		m, err := r.Account(ctx, o.ManagementID)
		return Organization{Organization: o, Management: m}, err
	})
}

// DeleteOrganization ends the caller's organization; the management account stands alone afterwards. It fails with OrganizationNotEmpty
// while there are other members or creations in progress, and, where the rulebook asks for it, units.
func (p *Plane) DeleteOrganization(ctx context.Context, c org.Caller) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:DeleteOrganization")
		if err != nil {
			return err
		}
		if err := p.checkEmpty(ctx, tx, o); err != nil {
			return err
		}
		if err := p.checkTransfersOver(ctx, tx, o); err != nil {
			return err
		}
		a, err := tx.Account(ctx, o.ManagementID)
		if err != nil {
			return err
		}
		a.OrganizationID, a.ParentID, a.JoinMethod, a.JoinedAt = "", "", "", p.now()
		if err := tx.UpdateAccount(ctx, a); err != nil {
			return err
		}
		if err := p.takeServiceRole(ctx, tx, o, a.ID); err != nil {
			return err
		}
		if err := p.record(ctx, tx, o, org.OrganizationDeleted, c, string(o.ID), nil); err != nil {
			return err
		}
		return tx.DeleteOrganization(ctx, o.ID)
	})
}

func (p *Plane) checkEmpty(ctx context.Context, r store.Reader, o org.Organization) error {
	members, err := r.CountAccounts(ctx, o.ID, "")
	if err != nil {
		return err
	}
	running, err := r.CountCreations(ctx, o.ID)
	if err != nil {
		return err
	}
	if members > 1 || running > 0 {
		return org.Errorf(org.OrganizationNotEmpty, "the organization still has members or accounts in creation")
	}
	if !o.Rules().EndsOnlyWhenBare {
		return nil
	}
	return checkBare(ctx, r, o)
}

func checkBare(ctx context.Context, r store.Reader, o org.Organization) error {
	units, err := r.CountUnits(ctx, o.ID, "")
	if err != nil {
		return err
	}
	policies, err := policyUsage(ctx, r, o)
	if err != nil {
		return err
	}
	if units > 0 || policies.Used > 0 {
		return org.Errorf(org.OrganizationNotEmpty, "the organization still has units or policies of its own")
	}
	return nil
}

// Root is the root of an organization.
type Root struct {
	Organization org.Organization
	org.Unit
	PolicyTypes []org.PolicyType // the enabled ones, in the order of the rulebook
	Switching   []org.PolicyType // those that are on their way to being on or off
}

// GetRoot returns the root of the caller's organization; there is always exactly one.
func (p *Plane) GetRoot(ctx context.Context, c org.Caller) (Root, error) {
	return view(ctx, p, func(r store.Reader) (Root, error) {
		o, err := p.authorize(ctx, r, c, managementOrDelegate, "organizations:ListRoots")
		if err != nil {
			return Root{}, err
		}
		return p.rootOf(ctx, r, o)
	})
}

func (p *Plane) rootOf(ctx context.Context, r store.Reader, o org.Organization) (Root, error) {
	u, err := r.Unit(ctx, o.ID, o.RootID)
	if err != nil {
		return Root{}, err
	}
	rules, err := enabledRules(ctx, r, o)
	if err != nil {
		return Root{}, err
	}
	root := Root{Organization: o, Unit: u}
	if root.Switching, err = p.switching(ctx, r, o); err != nil {
		return Root{}, err
	}
	for _, rule := range rules {
		root.PolicyTypes = append(root.PolicyTypes, rule.Type)
	}
	return root, nil
}
