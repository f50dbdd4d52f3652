package landing

// The steps of a set-up, as their watcher reads them. No page of the cloud names them.
const (
	StepStructure         = "organization structure"
	StepCoreAccounts      = "core accounts"
	StepIdentity          = "identity center"
	StepLogArchive        = "log archive"
	StepAudit             = "audit"
	StepMandatoryControls = "mandatory controls"
)

// SetupSteps are the steps of a set-up in their order.
var SetupSteps = []string{StepStructure, StepCoreAccounts, StepIdentity, StepLogArchive, StepAudit, StepMandatoryControls}

// The steps of an account's creation in a zone.
const (
	StepCreate       = "create account"
	StepMove         = "move account"
	StepEnroll       = "enroll account"
	StepIdentityUser = "identity center user"
	StepBlueprint    = "blueprint"
	StepControls     = "controls"
)

// AccountSteps are the steps of an account's creation in their order.
var AccountSteps = []string{StepCreate, StepMove, StepEnroll, StepIdentityUser, StepBlueprint, StepControls}

// StepUnit is the first step of a unit's registration; the second is StepMandatoryControls.
const StepUnit = "organizational unit"

// UnitSteps are the steps of a unit's registration in their order.
var UnitSteps = []string{StepUnit, StepMandatoryControls}
