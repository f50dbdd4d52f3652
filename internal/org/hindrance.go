package org

import "time"

// A Hindrance is something about an account that stands in the way of some deeds. An account may have several.
type Hindrance int

// What may be the matter with an account. The zero Hindrance is nothing, which is how accounts begin: no data of this kind is kept here, so that what
// is the matter is told by whoever runs the server.
const (
	NoAgreement       Hindrance = 1 << iota // the customer agreement is not accepted
	NoPhone                                 // no phone number is verified
	NoPayment                               // there is no payment method
	WrongPayment                            // the payment method is not supported
	NoSignUp                                // the account's own sign-up is not finished
	NoContact                               // there is no postal address or phone number
	NoLicense                               // there is no business license
	WrongAddress                            // the postal address is not valid
	OtherMarketplace                        // the postal address belongs to another marketplace than the account
	NoVerifiedEmail                         // nobody has shown that the e-mail address is theirs
	OtherSeller                             // it buys from another seller of record than accounts without this do
	ContractPricing                         // it pays by a contract that cannot be handed over
	PrepaidBalance                          // it has paid for more than it has used
	LegacyPermissions                       // its principals still use the old permissions on bills
)

// A Deed is something that an account does and that the state of its affairs may hinder.
type Deed int

// The deeds that can be hindered.
const (
	Leaving     Deed = iota // its organization
	Founding                // an organization
	Creating                // accounts, as the management account
	Inviting                // accounts, as the management account
	Joining                 // an organization, by invitation
	TakingBill              // of another organization, by an offer
	HandingBill             // of its own organization to another
)

// A Hindering is a row of the rulebook: a deed that a hindrance keeps an account from, and the law that says so.
type Hindering struct {
	By     Hindrance
	Deed   Deed
	Reason Reason
	After  time.Duration // the row holds for accounts that are as old
	Says   string
}

// A Failing is a row of the rulebook: how the creation of an account fails by what is the matter with the management account.
type Failing struct {
	By      Hindrance
	Failure Failure
	Says    string
}

// CheckDeed returns nil when nothing about an account hinders it from a deed, and else the Reason of the first row of the rulebook that does.
func (r *Rules) CheckDeed(a Account, d Deed, now time.Time) error {
	for _, h := range r.Hinderings {
		if h.Deed == d && a.Hindrances&h.By != 0 && !now.Before(a.CreatedAt.Add(h.After)) {
			return Errorf(h.Reason, "%s", h.Says)
		}
	}
	return nil
}

// CheckStep returns nil when nothing about the management account fails a step in the creation of another, and else a CreationError.
func (r *Rules) CheckStep(management Account, s Step) error {
	for _, f := range r.Failings {
		if FailureSteps[f.Failure] == s && management.Hindrances&f.By != 0 {
			return Fail(f.Failure, f.Says)
		}
	}
	return nil
}
