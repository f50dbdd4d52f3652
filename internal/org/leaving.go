package org

import "time"

// Lack is what an account still needs to stand alone. An account may lack several things.
type Lack int

// What an account may lack. The zero Lack is nothing, which is how accounts begin: no data of this kind is kept here, so that what would be
// missing is told by whoever runs the server.
const (
	LacksAgreement    Lack = 1 << iota // the customer agreement is not accepted
	LacksPhone                         // no phone number is verified
	LacksPayment                       // there is no payment method
	LacksValidPayment                  // the payment method is not supported
)

// lacks is in the order in which what is missing is told.
var lacks = []struct {
	lack   Lack
	reason Reason
	says   string
}{
	{LacksAgreement, AgreementMissing, "the customer agreement of the account is not accepted"},
	{LacksPhone, PhoneUnverified, "the phone number of the account is not verified"},
	{LacksPayment, PaymentMissing, "the account has no payment method"},
	{LacksValidPayment, PaymentInvalid, "the payment method of the account is not supported"},
}

// DepartMethod is how an account came out of its organization.
type DepartMethod string

// The ways out of an organization.
const (
	Left    DepartMethod = "LEFT"
	Removed DepartMethod = "REMOVED"
	Cleaned DepartMethod = "CLEANED" // its time as a closed account was over
)

// CheckLeaving returns nil when a member may leave its organization, whoever asks, and else the first broken law: ManagementCannotLeave,
// LeavingTooEarly, DelegateCannotLeave, ResourceCannotLeave, AgreementMissing, PhoneUnverified, PaymentMissing, PaymentInvalid,
// ClosedCannotLeave. Accounts that were invited are old enough at once.
func CheckLeaving(q Quotas, o Organization, a Account, delegated bool, now time.Time) error {
	if a.ID == o.ManagementID {
		return Errorf(ManagementCannotLeave, "the management account cannot leave its organization")
	}
	if a.JoinMethod == Created && now.Before(a.JoinedAt.Add(q.LeaveAfter)) {
		return Errorf(LeavingTooEarly, "an account can leave the organization that created it after %d days", int(q.LeaveAfter.Hours()/24))
	}
	if delegated {
		return Errorf(DelegateCannotLeave, "the account %s is a delegated administrator", a.ID)
	}
	if a.Resource {
		return Errorf(ResourceCannotLeave, "the account %s is a resource account, which cannot stand alone", a.ID)
	}
	for _, l := range lacks {
		if a.Lacks&l.lack != 0 {
			return Errorf(l.reason, "%s", l.says)
		}
	}
	if a.State == AccountClosed || a.State == AccountPendingClosure {
		return Errorf(ClosedCannotLeave, "a closed account stays until its time is over")
	}
	return nil
}
