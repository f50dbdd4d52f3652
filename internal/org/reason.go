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
	SignatureWrong      Reason = "SignatureWrong"      // the signature does not match
	SignatureExpired    Reason = "SignatureExpired"    // signed too long ago
	SignatureNotYet     Reason = "SignatureNotYet"     // signed in the future
	ScopeWrong          Reason = "ScopeWrong"          // signed for another service or day
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
	SessionMayNotIssue Reason = "SessionMayNotIssue" // temporary credentials may not make further ones this way
	AssumeNotPermitted Reason = "AssumeNotPermitted" // the role does not exist or does not trust the caller
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
)

// What a quota forbids.
const (
	AccountLimit  Reason = "AccountLimit"
	CreationLimit Reason = "CreationLimit" // creations in progress
	UnitDepth     Reason = "UnitDepth"
	UnitLimit     Reason = "UnitLimit"
	TagLimit      Reason = "TagLimit"
)

// What passes.
const (
	ConcurrentModification Reason = "ConcurrentModification"
	Throttled              Reason = "Throttled"
	Finalizing             Reason = "Finalizing" // the organization is still being set up
)

// InternalFault is everything else.
const InternalFault Reason = "Internal"

var kinds = map[Reason]Kind{
	CredentialsMissing: Unauthenticated, SignatureIncomplete: Unauthenticated, SignatureWrong: Unauthenticated,
	SignatureExpired: Unauthenticated, SignatureNotYet: Unauthenticated, ScopeWrong: Unauthenticated, KeyUnknown: Unauthenticated,
	TokenInvalid: Unauthenticated, SessionExpired: Unauthenticated,

	NotPermitted: Denied, ManagementOnly: Denied, DelegateOnly: Denied, NotInOrganization: Denied, InOrganization: Conflict,
	RootMayNotAssume: Denied, SessionMayNotIssue: Denied, AssumeNotPermitted: Denied,

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

	AccountLimit: Limit, CreationLimit: Limit, UnitDepth: Limit, UnitLimit: Limit, TagLimit: Limit,

	ConcurrentModification: Busy, Throttled: Busy, Finalizing: Busy,

	InternalFault: Internal,
}

// Reasons lists every Reason, sorted. Each API's fault table is checked against it.
func Reasons() []Reason { return slices.Sorted(maps.Keys(kinds)) }
