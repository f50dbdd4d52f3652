package hwrgc

import "github.com/polity-cloud/polity/internal/org/landing"

// statuses are those of operations on accounts and units, which the vendor writes in capitals; those of the landing zone go as they are.
var statuses = map[landing.Status]string{
	landing.Running: string(OperationStatusINPROGRESS), landing.Succeeded: string(OperationStatusSUCCEEDED), landing.Failed: string(OperationStatusFAILED),
}

// unitStates spells the states of a unit. The vendor documents them as free text.
var unitStates = map[landing.UnitState]string{
	landing.UnitRegistering: "REGISTERING", landing.UnitRegistered: "REGISTERED", landing.UnitRegisterFailed: "REGISTER_FAILED",
}

// accountStates spells the states of an account, which the vendor's guide names and no page spells.
var accountStates = map[landing.AccountState]string{
	landing.AccountCreating: "CREATING", landing.AccountCreateFailed: "CREATE_FAILED", landing.AccountEnrolling: "ENROLLING",
	landing.AccountEnrolled: "ENROLLED", landing.AccountEnrollFailed: "ENROLL_FAILED",
}
