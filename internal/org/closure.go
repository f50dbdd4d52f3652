package org

import "time"

// ClosureState is where the closing of an account stands. The last two never change.
type ClosureState string

// The states of a closure.
const (
	ClosureRunning   ClosureState = "IN_PROGRESS"
	ClosureSucceeded ClosureState = "SUCCEEDED"
	ClosureFailed    ClosureState = "FAILED"
)

// A Closure is one request to close a member account. It outlives the membership, since quotas count requests and not accounts.
type Closure struct {
	OrganizationID OrganizationID
	AccountID      AccountID
	State          ClosureState
	RequestedAt    time.Time
	CompletedAt    time.Time // zero while it runs
}

// A ClosedMember is a member that is closed or being closed, with the latest request for it.
type ClosedMember struct {
	Account
	Closure
}

// ChangedAt is when the closing last went on.
func (m ClosedMember) ChangedAt() time.Time {
	if m.CompletedAt.IsZero() {
		return m.RequestedAt
	}
	return m.CompletedAt
}

// CheckClosing returns nil when a member may be closed, and else the first broken law: NotInPartition, AllFeaturesRequired,
// ManagementNotClosable, InvitedNotClosable, AccountAlreadyClosed, AccountClosing.
func CheckClosing(o Organization, a Account) error {
	switch {
	case !o.Rules().ClosesHere:
		return Errorf(NotInPartition, "accounts cannot be closed in the partition %s", o.Partition)
	case o.FeatureSet != AllFeatures:
		return Errorf(AllFeaturesRequired, "accounts are closed in organizations with all features only")
	case a.ID == o.ManagementID:
		return Errorf(ManagementNotClosable, "the management account cannot be closed while it manages an organization")
	case a.JoinMethod == Invited && !o.Rules().ClosesInvited:
		return Errorf(InvitedNotClosable, "the account %s was invited, and only accounts that the organization created are closed", a.ID)
	case a.State == AccountClosed:
		return Errorf(AccountAlreadyClosed, "the account %s is closed", a.ID)
	case a.State == AccountPendingClosure:
		return Errorf(AccountClosing, "the account %s is being closed", a.ID)
	case a.CheckUsable() != nil:
		return Errorf(AccountClosing, "the account %s is not active", a.ID)
	}
	return nil
}

// A ClosureQuota bounds how many accounts an organization closes within the rulebook's ClosureWindow: a share of its members, but no fewer
// than Floor and no more than Ceiling. The zero quota is none.
type ClosureQuota struct {
	Floor   int
	Percent int  // of the members
	Ceiling int  // zero is none
	Active  bool // the members are those that are active, and those that were until the window began
}

// Limit returns the bound for an organization of so many members, zero when there is none.
func (q ClosureQuota) Limit(members int) int {
	limit := max(q.Floor, members*q.Percent/100)
	if q.Ceiling > 0 {
		limit = min(limit, q.Ceiling)
	}
	return limit
}

// CheckClosures returns ClosingLimit when too many closures run, and ClosureLimit when too many were asked for lately.
func (q Quotas) CheckClosures(running, lately, members int) error {
	if q.Closing > 0 && running >= q.Closing {
		return Errorf(ClosingLimit, "at most %d accounts are closed at once", q.Closing)
	}
	if q.Closures == (ClosureQuota{}) {
		return nil
	}
	// A share of a small organization may be no account at all, which is a bound and not none.
	if limit := q.Closures.Limit(members); lately >= limit {
		return Errorf(ClosureLimit, "at most %d accounts of this organization can be closed in this time", limit)
	}
	return nil
}

// GoneAt returns when a closed account leaves its organization for good.
func (q Quotas) GoneAt(a Account) time.Time { return a.ClosedAt.Add(q.ClosedFor) }

// CheckRestoring returns nil while a closed account can be made active again, and else AccountNotClosed or AccountGone.
func CheckRestoring(q Quotas, a Account, now time.Time) error {
	if a.State != AccountClosed {
		return Errorf(AccountNotClosed, "the account %s is not closed", a.ID)
	}
	if !now.Before(q.GoneAt(a)) {
		return Errorf(AccountGone, "the account %s was closed too long ago", a.ID)
	}
	return nil
}
