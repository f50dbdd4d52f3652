package twin

import "github.com/polity-cloud/polity/internal/org"

// usual is the failure with which a step fails when a fault names the step alone: the first one that the cloud's contract has for that step
// (AWS Organizations, CreateAccountStatus.FailureReason; Huawei Cloud Organizations, failure_reason of a create-account status), and the
// internal one where it has none.
var usual = map[org.Step]struct{ aws, huawei org.Failure }{
	org.StepIdentify:    {org.FailInternal, org.FailCallerUnknown},
	org.StepReserve:     {org.FailEmailInUse, org.FailNameInUse},
	org.StepAccount:     {org.FailAccountLimit, org.FailAccount},
	org.StepToken:       {org.FailInternal, org.FailToken},
	org.StepServiceRole: {org.FailInternal, org.FailServiceRole},
	org.StepAccessRole:  {org.FailInternal, org.FailAccessRole},
	org.StepBilling:     {org.FailPaymentMissing, org.FailFinanceUnlinked},
	org.StepGovAccount:  {org.FailGovAccountExists, org.FailInternal},
	org.StepProvision:   {org.FailInternal, org.FailInternal},
	org.StepPlace:       {org.FailInternal, org.FailInternal},
}

func usualFailure(s org.Step, p org.Partition) org.Failure {
	if p == org.Huawei {
		return usual[s].huawei
	}
	return usual[s].aws
}
