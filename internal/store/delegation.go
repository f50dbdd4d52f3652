package store

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
)

// A DelegationReader reads whom an organization trusts with itself: services, members that administer them, and its resource policy.
type DelegationReader interface {
	// TrustedService fails with TrustedAccessOff.
	TrustedService(ctx context.Context, o org.OrganizationID, service string) (org.TrustedService, error)
	// TrustedServices lists the services that an organization trusts, by name.
	TrustedServices(ctx context.Context, o org.OrganizationID, p org.Page) ([]org.TrustedService, string, error)

	// Delegation fails with DelegationMissing.
	Delegation(ctx context.Context, o org.OrganizationID, a org.AccountID, service string) (org.Delegation, error)
	// Delegates lists the members that administer a service, by account; any service when it is empty, with each member's oldest delegation and no
	// name of a service.
	Delegates(ctx context.Context, o org.OrganizationID, service string, p org.Page) ([]org.Delegation, string, error)
	// CountDelegates counts what Delegates lists of a service.
	CountDelegates(ctx context.Context, o org.OrganizationID, service string) (int, error)
	// Delegations lists the services that a member administers, by name.
	Delegations(ctx context.Context, o org.OrganizationID, a org.AccountID, p org.Page) ([]org.Delegation, string, error)

	// ResourcePolicy fails with ResourcePolicyMissing.
	ResourcePolicy(ctx context.Context, o org.OrganizationID) (org.ResourcePolicy, error)
}

// A DelegationTx changes whom an organization trusts. All of it expects a locked organization.
type DelegationTx interface {
	// Trust keeps a service that is trusted already as it is, and then returns false.
	Trust(ctx context.Context, s org.TrustedService) (bool, error)
	// Distrust removes a service with all its delegations. It fails with TrustedAccessOff.
	Distrust(ctx context.Context, o org.OrganizationID, service string) error

	// InsertDelegation fails with DelegationExists.
	InsertDelegation(ctx context.Context, d org.Delegation) error
	// DeleteDelegation fails with DelegationMissing.
	DeleteDelegation(ctx context.Context, o org.OrganizationID, a org.AccountID, service string) error
	// DropDelegations removes all delegations of a member.
	DropDelegations(ctx context.Context, o org.OrganizationID, a org.AccountID) error

	// PutResourcePolicy writes an organization's policy over the one that is there.
	PutResourcePolicy(ctx context.Context, p org.ResourcePolicy) error
	// DeleteResourcePolicy removes the policy with its tags. It fails with ResourcePolicyMissing.
	DeleteResourcePolicy(ctx context.Context, o org.OrganizationID) error
}
