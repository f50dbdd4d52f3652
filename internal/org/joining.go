package org

import "time"

// CheckJoining returns nil when an account may join an organization by invitation, and else the first broken law: ClosedCannotLeave, SellerDiffers when the
// account and the management account do not buy from the same seller, MemberPaymentMissing unless it moves over from another organization, whose payment it
// does without, and MembershipRate when it joined or left an organization a moment ago.
func CheckJoining(q Quotas, a, management Account, now time.Time) error {
	if a.State != AccountActive {
		return Errorf(ClosedCannotLeave, "an account that is not active joins no organization")
	}
	if (a.Hindrances^management.Hindrances)&OtherSeller != 0 {
		return Errorf(SellerDiffers, "the account and the organization have different sellers of record")
	}
	if a.OrganizationID == "" {
		if err := RulesOf(a.Partition).CheckDeed(a, Joining, now); err != nil {
			return err
		}
	}
	if now.Before(a.JoinedAt.Add(q.JoinAfter)) {
		return Errorf(MembershipRate, "an account that joined or left an organization joins another after %.0f minutes", q.JoinAfter.Minutes())
	}
	return nil
}
