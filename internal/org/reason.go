package org

import (
	"maps"
	"slices"
)

// Reason names one law. A Reason without a kind does not exist: TestEveryReasonHasAKind keeps the table whole.
type Reason string

// Who is calling.
const (
	CredentialsMissing  Reason = "CredentialsMissing"  // nothing to authenticate with
	SignatureIncomplete Reason = "SignatureIncomplete" // a part of the signature is missing or unreadable
	SignatureForeign    Reason = "SignatureForeign"    // made by another algorithm than the cloud's
	SignatureWrong      Reason = "SignatureWrong"      // the signature does not match
	SignatureExpired    Reason = "SignatureExpired"    // signed too long ago
	SignatureNotYet     Reason = "SignatureNotYet"     // signed in the future
	ScopeWrong          Reason = "ScopeWrong"          // signed for another service or day
	TerminatorWrong     Reason = "TerminatorWrong"     // the scope does not end as the cloud's scopes do
	KeyUnknown          Reason = "KeyUnknown"          // access key unknown, inactive or of an account that is gone
	TokenInvalid        Reason = "TokenInvalid"        // session token unknown, or it does not belong to the key
	SessionExpired      Reason = "SessionExpired"      // temporary credentials are over
)

// What the caller may do.
const (
	NotPermitted       Reason = "NotPermitted"       // no policy allows the action to this principal
	ManagementOnly     Reason = "ManagementOnly"     // only the management account may ask
	DelegateOnly       Reason = "DelegateOnly"       // only the management account or a delegated administrator may ask
	NotInOrganization  Reason = "NotInOrganization"  // the caller's account is in no organization
	InOrganization     Reason = "InOrganization"     // the caller's account is in an organization already
	RootMayNotAssume   Reason = "RootMayNotAssume"   // account root users assume no roles
	SessionMayNotIssue Reason = "SessionMayNotIssue" // temporary credentials may not do this, such as make further ones
	AssumeNotPermitted Reason = "AssumeNotPermitted" // the role does not exist or does not trust the caller
	MessageInvalid     Reason = "MessageInvalid"     // an encoded authorization message that is foreign, changed or old
)

// What was asked.
const (
	InputMissing       Reason = "InputMissing"
	InputMalformed     Reason = "InputMalformed"
	InputTooLong       Reason = "InputTooLong"
	InputTooShort      Reason = "InputTooShort"
	InputTooLarge      Reason = "InputTooLarge" // a number above its bound
	InputTooSmall      Reason = "InputTooSmall"
	InputNotInSet      Reason = "InputNotInSet" // not one of the values of an enumeration
	InvalidEmail       Reason = "InvalidEmail"
	InvalidAccountName Reason = "InvalidAccountName"
	PairedNameRefused  Reason = "PairedNameRefused" // a name that an account with a twin cannot have
	InvalidUnitName    Reason = "InvalidUnitName"
	InvalidRoleName    Reason = "InvalidRoleName"
	InvalidTag         Reason = "InvalidTag"
	DuplicateTagKey    Reason = "DuplicateTagKey"
	SystemTag          Reason = "SystemTag" // the key's prefix belongs to the cloud
	PageTokenInvalid   Reason = "PageTokenInvalid"
	OtherRoot          Reason = "OtherRoot"         // a move across roots
	NotServed          Reason = "NotServed"         // a feature that this server does not offer
	NotInPartition     Reason = "NotInPartition"    // an operation that the partition does not have
	FeatureSetRefused  Reason = "FeatureSetRefused" // a feature set that the partition does not have

	InvalidPolicyName     Reason = "InvalidPolicyName"
	PolicyMalformed       Reason = "PolicyMalformed"       // a document that breaks the grammar of its type
	PolicyTypeUnavailable Reason = "PolicyTypeUnavailable" // a type that the organization cannot use
	PolicyImmutable       Reason = "PolicyImmutable"       // a change of the cloud's own policy
	PolicyMustStay        Reason = "PolicyMustStay"        // the cloud's own policy cannot be detached
	TargetRefused         Reason = "TargetRefused"         // a target of a kind that the deed is not for
)

// What does not exist.
const (
	AccountMissing           Reason = "AccountMissing"
	UnitMissing              Reason = "UnitMissing"
	ParentMissing            Reason = "ParentMissing"
	ChildMissing             Reason = "ChildMissing"
	SourceParentMissing      Reason = "SourceParentMissing"
	DestinationParentMissing Reason = "DestinationParentMissing"
	CreationMissing          Reason = "CreationMissing"
	ResourceMissing          Reason = "ResourceMissing" // a tagged thing
	PrincipalMissing         Reason = "PrincipalMissing"
	KeyMissing               Reason = "KeyMissing"
	OrganizationMissing      Reason = "OrganizationMissing"
	OperationMissing         Reason = "OperationMissing"
	ManagedUnitMissing       Reason = "ManagedUnitMissing"
	ManagedAccountMissing    Reason = "ManagedAccountMissing"
	RootMissing              Reason = "RootMissing"
	PolicyMissing            Reason = "PolicyMissing"
	TargetMissing            Reason = "TargetMissing" // of a policy
	EffectivePolicyMissing   Reason = "EffectivePolicyMissing"
)

// What the state forbids.
const (
	OrganizationNotEmpty     Reason = "OrganizationNotEmpty"
	UnitNameTaken            Reason = "UnitNameTaken"
	AccountAlreadyThere      Reason = "AccountAlreadyThere" // a move to the present parent
	PrincipalExists          Reason = "PrincipalExists"
	LandingZoneMissing       Reason = "LandingZoneMissing"
	LandingZoneBusy          Reason = "LandingZoneBusy"       // a second write while one runs
	LandingZoneUnfinished    Reason = "LandingZoneUnfinished" // set-up runs; a call that needs the finished zone
	LandingZoneExists        Reason = "LandingZoneExists"
	HomeRegionWrong          Reason = "HomeRegionWrong"
	PhoneRequired            Reason = "PhoneRequired"
	ParentNotRegistered      Reason = "ParentNotRegistered"
	ParentIsCore             Reason = "ParentIsCore"
	UnitRefusesAccounts      Reason = "UnitRefusesAccounts"
	UnitNotRegistrable       Reason = "UnitNotRegistrable" // the root or the core unit
	UnitAlreadyRegistered    Reason = "UnitAlreadyRegistered"
	ManagedOperationRunning  Reason = "ManagedOperationRunning" // one at a time on an account or unit
	AccountNotManageable     Reason = "AccountNotManageable"
	AccountInOtherState      Reason = "AccountInOtherState"
	CreationEndedOtherwise   Reason = "CreationEndedOtherwise" // an account's creation under a longer operation failed
	IdentityStoreMailMissing Reason = "IdentityStoreMailMissing"
	PolicyNameTaken          Reason = "PolicyNameTaken"
	PolicyInUse              Reason = "PolicyInUse" // it is attached
	PolicyAttached           Reason = "PolicyAttached"
	PolicyNotAttached        Reason = "PolicyNotAttached"
	PolicyTypeEnabled        Reason = "PolicyTypeEnabled"
	PolicyTypeDisabled       Reason = "PolicyTypeDisabled"
	TagPolicyBroken          Reason = "TagPolicyBroken" // tags that the effective tag policy forbids
)

// What the life of an account and the tree forbid.
const (
	AllFeaturesRequired   Reason = "AllFeaturesRequired" // the organization has not all features
	UnitNotEmpty          Reason = "UnitNotEmpty"
	ManagementNotClosable Reason = "ManagementNotClosable"
	InvitedNotClosable    Reason = "InvitedNotClosable" // only the organization's own creations are closed
	AccountAlreadyClosed  Reason = "AccountAlreadyClosed"
	AccountClosing        Reason = "AccountClosing"   // being closed, or in a state from which no account is closed
	AccountNotClosed      Reason = "AccountNotClosed" // only a closed account is restored
	AccountGone           Reason = "AccountGone"      // closed too long ago to be restored
	ManagementCannotLeave Reason = "ManagementCannotLeave"
	LeavingTooEarly       Reason = "LeavingTooEarly"
	DelegateCannotLeave   Reason = "DelegateCannotLeave"
	ResourceCannotLeave   Reason = "ResourceCannotLeave" // a resource account is no full account yet
	AgreementMissing      Reason = "AgreementMissing"
	PhoneUnverified       Reason = "PhoneUnverified"
	PaymentMissing        Reason = "PaymentMissing"
	PaymentInvalid        Reason = "PaymentInvalid"
	ClosedCannotLeave     Reason = "ClosedCannotLeave"
	SignUpUnfinished      Reason = "SignUpUnfinished"
	ContactDataMissing    Reason = "ContactDataMissing"    // of the account that manages an organization, or would
	FounderPaymentMissing Reason = "FounderPaymentMissing" // of the account that would manage an organization
	LicenseMissing        Reason = "LicenseMissing"
	MarketplaceDiffers    Reason = "MarketplaceDiffers"  // between the management account and its address
	ManagementNotPaired   Reason = "ManagementNotPaired" // the management account has no account in the other partition
	AccountPaired         Reason = "AccountPaired"
	PairMissing           Reason = "PairMissing" // the account has no account in the other partition
	ContactMissing        Reason = "ContactMissing"
	EmailTaken            Reason = "EmailTaken"
	EmailChangeMissing    Reason = "EmailChangeMissing"
	CodeWrong             Reason = "CodeWrong"
	RegionMissing         Reason = "RegionMissing"
	RegionFixed           Reason = "RegionFixed" // neither to be enabled nor to be disabled
	RegionBusy            Reason = "RegionBusy"
)

// What handshakes and transfers forbid.
const (
	PartyRefused       Reason = "PartyRefused" // a kind of party that the handshake is not for
	PartyEmailInvalid  Reason = "PartyEmailInvalid"
	FilterLimit        Reason = "FilterLimit"  // more filters at once than a list takes
	StartInvalid       Reason = "StartInvalid" // no date at all
	StartNotAtDay      Reason = "StartNotAtDay"
	StartNotAtMonth    Reason = "StartNotAtMonth"
	StartTooEarly      Reason = "StartTooEarly"
	StartTooLate       Reason = "StartTooLate"
	EndNotAtMonth      Reason = "EndNotAtMonth"
	EndTooEarly        Reason = "EndTooEarly"
	EndTooLate         Reason = "EndTooLate"
	TransferNotSource  Reason = "TransferNotSource" // the target of an offer manages no organization
	TransferRefused    Reason = "TransferRefused"   // not possible on this transfer, or from this side
	TransferToSelf     Reason = "TransferToSelf"
	TransferExists     Reason = "TransferExists" // between the same two
	TransferInStatus   Reason = "TransferInStatus"
	TransferTransition Reason = "TransferTransition"
	TransferRuns       Reason = "TransferRuns" // an organization with a transfer cannot end
	TransferMissing    Reason = "TransferMissing"
	PricingUnsupported Reason = "PricingUnsupported" // a contract by which nobody else can pay
	PrepaymentUnused   Reason = "PrepaymentUnused"

	LegacyPermissionsUsed Reason = "LegacyPermissionsUsed" // on bills

	HandshakeMissing    Reason = "HandshakeMissing"
	HandshakeExists     Reason = "HandshakeExists" // an open one to the same target
	HandshakeInState    Reason = "HandshakeInState"
	HandshakeTransition Reason = "HandshakeTransition"
	HandshakeWithdrawn  Reason = "HandshakeWithdrawn"  // its sender cancelled it
	HandshakeOtherParty Reason = "HandshakeOtherParty" // the other side's deed
	AlreadyMember       Reason = "AlreadyMember"
	InvitationsPaused   Reason = "InvitationsPaused" // while a migration to all features runs
	AllFeaturesAlready  Reason = "AllFeaturesAlready"
	AllFeaturesPending  Reason = "AllFeaturesPending"
	OwnerUnverified     Reason = "OwnerUnverified"   // the management account's address is not verified
	EmailCodeExpired    Reason = "EmailCodeExpired"  // nobody verified the management account's address in time
	ServiceRoleDenied   Reason = "ServiceRoleDenied" // the principal may not have the service's role made

	ManagementUnverified Reason = "ManagementUnverified" // OwnerUnverified, where it is about a bill
	MemberPaymentMissing Reason = "MemberPaymentMissing" // of the account that would join
	SellerDiffers        Reason = "SellerDiffers"        // between an account and the organization that it would join
	MembershipRate       Reason = "MembershipRate"       // it joined or left an organization a moment ago

	InvitedAccountLimit   Reason = "InvitedAccountLimit" // members and open invitations
	HandshakeRate         Reason = "HandshakeRate"
	MigrationLimit        Reason = "MigrationLimit"
	InboundTransferLimit  Reason = "InboundTransferLimit"
	OutboundTransferLimit Reason = "OutboundTransferLimit"
	TransferLevelLimit    Reason = "TransferLevelLimit"
	TransferTotalLimit    Reason = "TransferTotalLimit" // over a chain
)

// What trust and delegation forbid.
const (
	ServiceUnknown        Reason = "ServiceUnknown"   // no service that an organization can trust, or that a member can administer
	TrustedAccessOff      Reason = "TrustedAccessOff" // the organization does not trust the service
	ServiceHoldsType      Reason = "ServiceHoldsType" // an enabled type of policy works through the service
	DelegateIsManagement  Reason = "DelegateIsManagement"
	DelegateSuspended     Reason = "DelegateSuspended"
	DelegateExists        Reason = "DelegateExists" // the service may have one administrator alone, and has it
	DelegateLimit         Reason = "DelegateLimit"  // administrators of one service
	DelegationExists      Reason = "DelegationExists"
	DelegationMissing     Reason = "DelegationMissing"
	ResourcePolicyMissing Reason = "ResourcePolicyMissing"
	DelegationMalformed   Reason = "DelegationMalformed" // a resource policy that breaks its grammar
	DelegationTooLarge    Reason = "DelegationTooLarge"
	DelegationPrincipal   Reason = "DelegationPrincipal"  // it names somebody who is no member
	DelegationAction      Reason = "DelegationAction"     // it names what cannot be delegated
	DelegationResource    Reason = "DelegationResource"   // it names what is not of the organization
	DelegationPolicyType  Reason = "DelegationPolicyType" // it names a type of policy that there is not
	TagsOnlyAtCreation    Reason = "TagsOnlyAtCreation"   // tags in the request that changes a thing
)

// What a quota forbids.
const (
	AccountLimit  Reason = "AccountLimit"
	CreationLimit Reason = "CreationLimit" // creations in progress
	UnitDepth     Reason = "UnitDepth"
	UnitLimit     Reason = "UnitLimit"
	TagLimit      Reason = "TagLimit"
	ClosingLimit  Reason = "ClosingLimit" // closures in progress
	ClosureLimit  Reason = "ClosureLimit" // closures within a time

	PolicyLimit     Reason = "PolicyLimit"     // policies of one type
	PolicyTooLarge  Reason = "PolicyTooLarge"  // a document longer than its type allows
	AttachmentLimit Reason = "AttachmentLimit" // policies of one type on one target
	AttachmentLeast Reason = "AttachmentLeast" // the last policy of a type that must not be without
)

// What passes.
const (
	ConcurrentModification Reason = "ConcurrentModification"
	Throttled              Reason = "Throttled"
	Finalizing             Reason = "Finalizing"     // the organization is still being set up
	PolicyChanging         Reason = "PolicyChanging" // a change of policies is still on its way
)

// What cannot happen here, and happens on a cloud: only a twin's faults tell of it.
const (
	HandshakeLimit        Reason = "HandshakeLimit" // handshakes in a day, as told of other deeds; here HandshakeRate tells it
	SourceEnding          Reason = "SourceEnding"   // the organization that hands over is being deleted; here that takes no time
	TargetEnding          Reason = "TargetEnding"
	CallerUnidentified    Reason = "CallerUnidentified"    // a caller without account or organization; here the gate knows both
	OrganizationMalformed Reason = "OrganizationMalformed" // the ARN of an organization; no request names one
)

// InternalFault is everything else.
const InternalFault Reason = "Internal"

var kinds = map[Reason]Kind{
	CredentialsMissing: Unauthenticated, SignatureIncomplete: Unauthenticated, SignatureForeign: Unauthenticated, SignatureWrong: Unauthenticated,
	SignatureExpired: Unauthenticated, SignatureNotYet: Unauthenticated, ScopeWrong: Unauthenticated, TerminatorWrong: Unauthenticated,
	KeyUnknown: Unauthenticated, TokenInvalid: Unauthenticated, SessionExpired: Unauthenticated,

	NotPermitted: Denied, ManagementOnly: Denied, DelegateOnly: Denied, NotInOrganization: Denied, InOrganization: Conflict,
	RootMayNotAssume: Denied, SessionMayNotIssue: Denied, AssumeNotPermitted: Denied, MessageInvalid: Invalid,

	InputMissing: Invalid, InputMalformed: Invalid, InputTooLong: Invalid, InputTooShort: Invalid, InputTooLarge: Invalid,
	InputTooSmall: Invalid, InputNotInSet: Invalid, InvalidEmail: Invalid, InvalidAccountName: Invalid, InvalidUnitName: Invalid,
	InvalidRoleName: Invalid, InvalidTag: Invalid, DuplicateTagKey: Invalid, SystemTag: Invalid, PageTokenInvalid: Invalid,
	OtherRoot: Invalid, NotServed: Unsupported, NotInPartition: Unsupported, FeatureSetRefused: Unsupported,

	AccountMissing: NotFound, UnitMissing: NotFound, ParentMissing: NotFound, ChildMissing: NotFound, SourceParentMissing: NotFound,
	DestinationParentMissing: NotFound, CreationMissing: NotFound, ResourceMissing: NotFound, PrincipalMissing: NotFound,
	KeyMissing: NotFound, OrganizationMissing: NotFound, OperationMissing: NotFound, ManagedUnitMissing: NotFound,
	ManagedAccountMissing: NotFound,

	OrganizationNotEmpty: Conflict, UnitNameTaken: Conflict, AccountAlreadyThere: Conflict, PrincipalExists: Conflict,
	LandingZoneMissing: Conflict, LandingZoneBusy: Conflict, LandingZoneUnfinished: Conflict, LandingZoneExists: Conflict,
	HomeRegionWrong: Invalid, PhoneRequired: Invalid, ParentNotRegistered: Conflict, ParentIsCore: Conflict,
	UnitRefusesAccounts: Conflict, UnitNotRegistrable: Conflict, UnitAlreadyRegistered: Conflict, ManagedOperationRunning: Conflict,
	AccountNotManageable: Conflict, AccountInOtherState: Conflict, CreationEndedOtherwise: Conflict, IdentityStoreMailMissing: Invalid,

	AllFeaturesRequired: Conflict, UnitNotEmpty: Conflict, ManagementNotClosable: Conflict, AccountAlreadyClosed: Conflict,
	AccountClosing: Conflict, AccountNotClosed: Conflict, AccountGone: Conflict, ManagementCannotLeave: Conflict,
	LeavingTooEarly: Conflict, DelegateCannotLeave: Conflict, AgreementMissing: Conflict, PhoneUnverified: Conflict,
	PaymentMissing: Conflict, PaymentInvalid: Conflict, ClosedCannotLeave: Conflict, ManagementNotPaired: Conflict,
	AccountPaired: Conflict, PairMissing: NotFound, ContactMissing: NotFound, EmailTaken: Conflict, EmailChangeMissing: NotFound, CodeWrong: Invalid,
	RegionMissing: Invalid, RegionFixed: Invalid, RegionBusy: Conflict, ClosingLimit: Limit, ClosureLimit: Limit,

	AccountLimit: Limit, CreationLimit: Limit, UnitDepth: Limit, UnitLimit: Limit, TagLimit: Limit,

	InvalidPolicyName: Invalid, PolicyMalformed: Invalid, PolicyTypeUnavailable: Unsupported, PolicyImmutable: Invalid, PolicyMustStay: Invalid,
	TargetRefused: Invalid, RootMissing: NotFound, PolicyMissing: NotFound, TargetMissing: NotFound, EffectivePolicyMissing: NotFound,
	PolicyNameTaken: Conflict, PolicyInUse: Conflict, PolicyAttached: Conflict, PolicyNotAttached: Conflict, PolicyTypeEnabled: Conflict,
	PolicyTypeDisabled: Conflict, TagPolicyBroken: Conflict, PolicyLimit: Limit, PolicyTooLarge: Limit, AttachmentLimit: Limit, AttachmentLeast: Limit,

	PartyRefused: Invalid, PartyEmailInvalid: Invalid, FilterLimit: Invalid, StartNotAtDay: Invalid, StartNotAtMonth: Invalid,
	StartTooEarly: Invalid, StartTooLate: Invalid, EndNotAtMonth: Invalid, EndTooEarly: Invalid, EndTooLate: Invalid,
	TransferNotSource: Invalid, TransferRefused: Invalid, TransferToSelf: Conflict, TransferExists: Conflict, TransferInStatus: Conflict,
	TransferTransition: Conflict, TransferRuns: Conflict, TransferMissing: NotFound,
	HandshakeMissing: NotFound, HandshakeExists: Conflict, HandshakeInState: Conflict, HandshakeTransition: Conflict,
	HandshakeOtherParty: Denied, AlreadyMember: Conflict, InvitationsPaused: Conflict, AllFeaturesAlready: Conflict,
	AllFeaturesPending: Conflict, OwnerUnverified: Conflict, ServiceRoleDenied: Denied,
	InvitedAccountLimit: Limit, HandshakeRate: Limit, MigrationLimit: Limit, InboundTransferLimit: Limit, OutboundTransferLimit: Limit,
	TransferLevelLimit: Limit, TransferTotalLimit: Limit,

	ServiceUnknown: Invalid, TrustedAccessOff: Conflict, ServiceHoldsType: Conflict, DelegateIsManagement: Conflict, DelegateSuspended: Conflict,
	DelegateExists: Limit, DelegateLimit: Limit, DelegationExists: Conflict, DelegationMissing: NotFound, ResourcePolicyMissing: NotFound,
	DelegationMalformed: Invalid, DelegationTooLarge: Invalid, DelegationPrincipal: Invalid, DelegationAction: Invalid, DelegationResource: Invalid,
	DelegationPolicyType: Invalid, TagsOnlyAtCreation: Invalid,

	PairedNameRefused: Invalid, SignUpUnfinished: Conflict, ContactDataMissing: Conflict, FounderPaymentMissing: Conflict, LicenseMissing: Conflict,
	MarketplaceDiffers: Conflict, StartInvalid: Invalid, PricingUnsupported: Conflict, PrepaymentUnused: Conflict, LegacyPermissionsUsed: Conflict,
	EmailCodeExpired: Conflict, ManagementUnverified: Conflict, MemberPaymentMissing: Conflict, SellerDiffers: Conflict, MembershipRate: Limit,
	HandshakeLimit: Limit, SourceEnding: Conflict, TargetEnding: Conflict, CallerUnidentified: Invalid, OrganizationMalformed: Invalid,

	InvitedNotClosable: Conflict, ResourceCannotLeave: Conflict, HandshakeWithdrawn: Conflict,

	ConcurrentModification: Busy, Throttled: Busy, Finalizing: Busy, PolicyChanging: Busy,

	InternalFault: Internal,
}

// Reasons lists every Reason, sorted. Each API's fault table is checked against it.
func Reasons() []Reason { return slices.Sorted(maps.Keys(kinds)) }
