package org

// A Failure says why an account was not created, in words finer than any cloud's. The caller of the creation reads it in the request's
// status, long after the request was accepted.
type Failure string

// What can stop a creation, in the order of its steps.
const (
	FailCallerUnknown Failure = "CallerUnknown" // the calling user's identity could not be read

	FailEmailInUse     Failure = "EmailInUse"
	FailEmailRefused   Failure = "EmailRefused"
	FailAddressRefused Failure = "AddressRefused" // the postal address taken over from the management account
	FailNameInUse      Failure = "NameInUse"
	FailPhoneLimit     Failure = "PhoneLimit" // the phone number has served as often as it may

	FailAccountLimit    Failure = "AccountLimit"
	FailConcurrent      Failure = "Concurrent" // the same data is being submitted by a creation that still runs
	FailAccount         Failure = "Account"
	FailResourceAccount Failure = "ResourceAccount"
	FailInternal        Failure = "Internal"

	FailToken Failure = "Token" // the first credentials of the new account

	FailServiceRole Failure = "ServiceRole" // the organizations service's own role or agency

	FailAccessRole            Failure = "AccessRole" // the role or agency by which the management account enters
	FailPermissionsUnreadable Failure = "PermissionsUnreadable"
	FailPermissionsUnbound    Failure = "PermissionsUnbound"

	FailPaymentMissing    Failure = "PaymentMissing"
	FailPaymentRefused    Failure = "PaymentRefused"
	FailBusinessMissing   Failure = "BusinessMissing"
	FailBusinessFailed    Failure = "BusinessFailed"
	FailBusinessPending   Failure = "BusinessPending"
	FailBusinessUnknown   Failure = "BusinessUnknown"
	FailBusinessIdentity  Failure = "BusinessIdentity"
	FailFinanceUnlinked   Failure = "FinanceUnlinked" // unified accounting with the management account
	FailFinanceRecords    Failure = "FinanceRecords"  // too many real-name records
	FailFinanceUnreadable Failure = "FinanceUnreadable"

	FailGovAccountExists Failure = "GovAccountExists"
)

// A Step is one step of an account's creation. A failure belongs to exactly one.
type Step string

// The steps of an account's creation, in their order.
const (
	StepIdentify    Step = "identify"
	StepReserve     Step = "reserve"
	StepAccount     Step = "account"
	StepToken       Step = "token"
	StepServiceRole Step = "service-role"
	StepAccessRole  Step = "access-role"
	StepBilling     Step = "billing"
	StepGovAccount  Step = "gov-account"
	StepProvision   Step = "provision"
	StepPlace       Step = "place"
)

// FailureSteps tells at which step a failure occurs.
var FailureSteps = map[Failure]Step{
	FailCallerUnknown: StepIdentify,
	FailEmailInUse:    StepReserve, FailEmailRefused: StepReserve, FailAddressRefused: StepReserve, FailNameInUse: StepReserve, FailPhoneLimit: StepReserve,
	FailConcurrent:   StepReserve,
	FailAccountLimit: StepAccount, FailAccount: StepAccount, FailResourceAccount: StepAccount, FailInternal: StepProvision,
	FailToken: StepToken, FailServiceRole: StepServiceRole,
	FailAccessRole: StepAccessRole, FailPermissionsUnreadable: StepAccessRole, FailPermissionsUnbound: StepAccessRole,
	FailPaymentMissing: StepBilling, FailPaymentRefused: StepBilling, FailBusinessMissing: StepBilling, FailBusinessFailed: StepBilling,
	FailBusinessPending: StepBilling, FailBusinessUnknown: StepBilling, FailBusinessIdentity: StepBilling,
	FailFinanceUnlinked: StepBilling, FailFinanceRecords: StepBilling, FailFinanceUnreadable: StepBilling,
	FailGovAccountExists: StepGovAccount,
}

// A CreationError ends an account's creation: retrying would not help. Its Failure is what the request's status tells.
type CreationError struct {
	Failure Failure
	Detail  string // for people; may be empty
}

func (e *CreationError) Error() string {
	if e.Detail == "" {
		return string(e.Failure)
	}
	return string(e.Failure) + ": " + e.Detail
}

// Fail makes the error that ends a creation.
func Fail(f Failure, detail string) error { return &CreationError{Failure: f, Detail: detail} }
