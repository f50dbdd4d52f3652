package org

// leaving is what keeps members from standing alone, in the order in which it is told.
var leaving = []Hindering{
	{By: NoAgreement, Deed: Leaving, Reason: AgreementMissing, Says: "the customer agreement of the account is not accepted"},
	{By: NoPhone, Deed: Leaving, Reason: PhoneUnverified, Says: "the phone number of the account is not verified"},
	{By: NoPayment, Deed: Leaving, Reason: PaymentMissing, Says: "the account has no payment method"},
	{By: WrongPayment, Deed: Leaving, Reason: PaymentInvalid, Says: "the payment method of the account is not supported"},
}

// awsHinderings are the reasons of ConstraintViolationException and HandshakeConstraintViolationException that tell of an account's own affairs (AWS Organizations
// API Reference). A row stands where an operation lists its exception.
func awsHinderings(p Partition) []Hindering {
	out := append([]Hindering{}, leaving...)
	out = append(out,
		Hindering{By: NoSignUp, Deed: Founding, Reason: SignUpUnfinished, Says: "the sign-up of the account is not finished"},
		Hindering{By: NoContact, Deed: Founding, Reason: ContactDataMissing, Says: "the account has no postal address and phone number"},
		Hindering{By: NoPayment, Deed: Founding, Reason: FounderPaymentMissing, Says: "the account has no payment method"},
		Hindering{By: NoContact, Deed: Creating, Reason: ContactDataMissing, Says: "the management account has no postal address and phone number"},
		Hindering{By: OtherMarketplace, Deed: Creating, Reason: MarketplaceDiffers, Says: "the address of the management account belongs to another marketplace"},
		Hindering{By: NoSignUp, Deed: Inviting, Reason: SignUpUnfinished, Says: "the sign-up of the management account is not finished"},
		Hindering{By: NoVerifiedEmail, Deed: Inviting, Reason: EmailCodeExpired, After: SignUpCodeLife, Says: saysCodeExpired},
		Hindering{By: NoVerifiedEmail, Deed: Inviting, Reason: OwnerUnverified, Says: "the e-mail address of the management account is not verified"},
		Hindering{By: NoPayment, Deed: Joining, Reason: MemberPaymentMissing, Says: "the account has no payment method"},
		Hindering{By: NoVerifiedEmail, Deed: TakingBill, Reason: EmailCodeExpired, After: SignUpCodeLife, Says: saysCodeExpired},
		Hindering{By: NoVerifiedEmail, Deed: TakingBill, Reason: ManagementUnverified, Says: "the e-mail address of the management account is not verified"},
		Hindering{By: ContractPricing, Deed: HandingBill, Reason: PricingUnsupported, Says: "the organization that hands over pays by a contract"},
		Hindering{By: PrepaidBalance, Deed: HandingBill, Reason: PrepaymentUnused, Says: "the organization that hands over has paid for more than it has used"},
		Hindering{By: LegacyPermissions, Deed: HandingBill, Reason: LegacyPermissionsUsed, Says: "the organization that hands over still uses the old permissions on bills"},
	)
	if p == AWSChina {
		out = append(out, Hindering{By: NoLicense, Deed: Founding, Reason: LicenseMissing, Says: "the account has no business license"})
	}
	return out
}

// SignUpCodeLife is how long the code is accepted that shows whose address a new account has (AWS User Guide, "Email address verification").
const SignUpCodeLife = day

const saysCodeExpired = "the code that verifies the e-mail address of the management account has expired"

// awsFailings are the reasons of CreateAccountStatus.FailureReason that tell of the management account's affairs (AWS Organizations API Reference).
func awsFailings() []Failing {
	return []Failing{
		{By: WrongAddress, Failure: FailAddressRefused, Says: "the postal address of the management account is not valid"},
		{By: NoPayment, Failure: FailPaymentMissing, Says: "the management account has no payment method"},
		{By: WrongPayment, Failure: FailPaymentRefused, Says: "the payment method of the management account is not supported"},
		{By: NoLicense, Failure: FailBusinessMissing, Says: "the management account has no business license"},
	}
}
