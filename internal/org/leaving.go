package org

import "time"

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
	if err := checkBond(q, o, a, delegated, now); err != nil {
		return err
	}
	if err := o.Rules().CheckDeed(a, Leaving, now); err != nil {
		return err
	}
	return checkOpen(a)
}

// CheckMoving returns nil when a member may leave its organization for another in one step. It fails as CheckLeaving does, but for what an account
// lacks to stand alone: this one never does (AWS News, "AWS Organizations introduces direct account transfers between organizations").
func CheckMoving(q Quotas, o Organization, a Account, delegated bool, now time.Time) error {
	if err := checkBond(q, o, a, delegated, now); err != nil {
		return err
	}
	return checkOpen(a)
}

// checkBond keeps what binds a member to its organization.
func checkBond(q Quotas, o Organization, a Account, delegated bool, now time.Time) error {
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
	return nil
}

func checkOpen(a Account) error {
	if a.State == AccountClosed || a.State == AccountPendingClosure {
		return Errorf(ClosedCannotLeave, "a closed account stays until its time is over")
	}
	return nil
}
