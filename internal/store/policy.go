package store

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// A PolicyReader reads policies, where they are attached, and what is kept of effective ones. The cloud's own policies are constants of the
// rulebook: they have attachments here, and no rows.
type PolicyReader interface {
	// Policy fails with PolicyMissing.
	Policy(ctx context.Context, o org.OrganizationID, id org.PolicyID) (org.Policy, error)
	// Policies lists an organization's policies of a type, oldest first.
	Policies(ctx context.Context, o org.OrganizationID, t org.PolicyType, p org.Page) ([]org.Policy, string, error)
	// CountPolicies counts what Policies lists.
	CountPolicies(ctx context.Context, o org.OrganizationID, t org.PolicyType) (int, error)
	// PolicyTypes lists the enabled types, by name.
	PolicyTypes(ctx context.Context, o org.OrganizationID) ([]org.PolicyType, error)
	// PolicyTypeSwitches tells of each type for which PutPolicyTypeSwitch was called when that was last.
	PolicyTypeSwitches(ctx context.Context, o org.OrganizationID) (map[org.PolicyType]time.Time, error)

	// Attachments lists the policies of a type that are attached directly to a target, in the order of their attaching.
	Attachments(ctx context.Context, o org.OrganizationID, t org.PolicyType, target string, p org.Page) ([]org.Attachment, string, error)
	// AttachmentsOf lists where a policy is attached, in the order of the attaching.
	AttachmentsOf(ctx context.Context, o org.OrganizationID, id org.PolicyID, p org.Page) ([]org.Attachment, string, error)
	// AllAttachments lists all attachments of a type by target, those of one target in the order of their attaching.
	AllAttachments(ctx context.Context, o org.OrganizationID, t org.PolicyType) ([]org.Attachment, error)
	// CountAttachments counts the policies of a type that are attached directly to a target.
	CountAttachments(ctx context.Context, o org.OrganizationID, t org.PolicyType, target string) (int, error)
	// CountAttachmentsOf counts the targets of a policy.
	CountAttachmentsOf(ctx context.Context, o org.OrganizationID, id org.PolicyID) (int, error)

	// PolicyChangedAt returns when MarkPolicyChange was last called for a target and a type, the zero time when never.
	PolicyChangedAt(ctx context.Context, o org.OrganizationID, t org.PolicyType, target string) (time.Time, error)
	// KeptPolicy fails with EffectivePolicyMissing: the account has a valid effective policy, or none.
	KeptPolicy(ctx context.Context, o org.OrganizationID, t org.PolicyType, a org.AccountID) (org.KeptPolicy, error)
	// KeptPolicies lists what is kept of a type, oldest first.
	KeptPolicies(ctx context.Context, o org.OrganizationID, t org.PolicyType, p org.Page) ([]org.KeptPolicy, string, error)
}

// A PolicyTx changes policies. All of it expects a locked organization.
type PolicyTx interface {
	// InsertPolicy fails with PolicyNameTaken when a policy of the organization has the name. Those that are tried out have names of their own.
	InsertPolicy(ctx context.Context, p org.Policy) error
	// UpdatePolicy writes name, description, content and version. It fails with PolicyMissing, and with PolicyNameTaken when another has the name.
	UpdatePolicy(ctx context.Context, p org.Policy) error
	// DeletePolicy removes a policy with its tags. It fails with PolicyMissing.
	DeletePolicy(ctx context.Context, o org.OrganizationID, id org.PolicyID) error

	// EnablePolicyType fails with PolicyTypeEnabled.
	EnablePolicyType(ctx context.Context, o org.OrganizationID, t org.PolicyType) error
	// DisablePolicyType removes the type with all its attachments and what is known of its effective policies. It fails with PolicyTypeDisabled.
	DisablePolicyType(ctx context.Context, o org.OrganizationID, t org.PolicyType) error

	// PutPolicyTypeSwitch keeps when a type was turned on or off.
	PutPolicyTypeSwitch(ctx context.Context, o org.OrganizationID, t org.PolicyType, at time.Time) error

	// Attach fails with PolicyAttached.
	Attach(ctx context.Context, a org.Attachment) error
	// AttachToAll attaches a policy to the root, to every unit and to every member; a.TargetID is not looked at. Where it is attached already, it
	// stays as it is.
	AttachToAll(ctx context.Context, a org.Attachment) error
	// Detach fails with PolicyNotAttached.
	Detach(ctx context.Context, o org.OrganizationID, id org.PolicyID, target string) error
	// DetachAll detaches everything from a target and forgets what is known of its effective policies.
	DetachAll(ctx context.Context, o org.OrganizationID, target string) error

	// MarkPolicyChange keeps when something at a target changed the effective policies of a type there and below.
	MarkPolicyChange(ctx context.Context, o org.OrganizationID, t org.PolicyType, target string, at time.Time) error
	// MarkPolicyChanges is MarkPolicyChange for all targets of a policy.
	MarkPolicyChanges(ctx context.Context, o org.OrganizationID, id org.PolicyID, at time.Time) error
	// KeepPolicy fails with ConcurrentModification when there is a kept policy of that account and type.
	KeepPolicy(ctx context.Context, k org.KeptPolicy) error
	// DropKeptPolicy removes a kept policy. One that is not there is no error.
	DropKeptPolicy(ctx context.Context, o org.OrganizationID, t org.PolicyType, a org.AccountID) error
}
