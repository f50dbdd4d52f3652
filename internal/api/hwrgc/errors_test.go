package hwrgc

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/foldtest"
)

// elsewhere are the laws of things that this API does not speak of. Meeting one here is a mistake of ours.
var elsewhere = map[org.Reason]bool{
	org.TerminatorWrong: true, org.MessageInvalid: true,
	org.ServiceUnknown: true, org.TrustedAccessOff: true, org.ServiceHoldsType: true, org.DelegateIsManagement: true, org.DelegateSuspended: true,
	org.DelegateExists: true, org.DelegateLimit: true, org.DelegationExists: true, org.DelegationMissing: true, org.ResourcePolicyMissing: true,
	org.DelegationMalformed: true, org.DelegationTooLarge: true, org.DelegationPrincipal: true, org.DelegationAction: true,
	org.DelegationResource: true, org.DelegationPolicyType: true, org.TagsOnlyAtCreation: true,
	org.AllFeaturesRequired: true, org.UnitNotEmpty: true, org.ManagementNotClosable: true, org.AccountAlreadyClosed: true,
	org.InvitedNotClosable: true, org.ResourceCannotLeave: true, org.HandshakeWithdrawn: true,
	org.AccountClosing: true, org.ManagementCannotLeave: true, org.LeavingTooEarly: true, org.DelegateCannotLeave: true,
	org.AgreementMissing: true, org.PhoneUnverified: true, org.PaymentMissing: true, org.PaymentInvalid: true, org.ClosedCannotLeave: true,
	org.ManagementNotPaired: true, org.ClosingLimit: true, org.ClosureLimit: true, org.AccountNotClosed: true, org.AccountGone: true,
	org.AccountPaired: true, org.PairMissing: true, org.ContactMissing: true, org.EmailTaken: true, org.EmailChangeMissing: true,
	org.CodeWrong: true, org.RegionMissing: true, org.RegionFixed: true, org.RegionBusy: true,
	org.PartyRefused: true, org.PartyEmailInvalid: true, org.FilterLimit: true, org.StartNotAtDay: true, org.StartNotAtMonth: true,
	org.StartTooEarly: true, org.StartTooLate: true, org.EndNotAtMonth: true, org.EndTooEarly: true, org.EndTooLate: true,
	org.TransferNotSource: true, org.TransferRefused: true, org.TransferToSelf: true, org.TransferExists: true,
	org.TransferInStatus: true, org.TransferTransition: true, org.TransferRuns: true, org.TransferMissing: true,
	org.HandshakeMissing: true, org.HandshakeExists: true, org.HandshakeInState: true, org.HandshakeTransition: true,
	org.HandshakeOtherParty: true, org.AlreadyMember: true, org.InvitationsPaused: true, org.AllFeaturesAlready: true,
	org.AllFeaturesPending: true, org.OwnerUnverified: true, org.ServiceRoleDenied: true, org.InvitedAccountLimit: true,
	org.HandshakeRate: true, org.MigrationLimit: true, org.InboundTransferLimit: true, org.OutboundTransferLimit: true,
	org.TransferLevelLimit: true, org.TransferTotalLimit: true,
	org.PairedNameRefused: true, org.SignUpUnfinished: true, org.ContactDataMissing: true, org.FounderPaymentMissing: true, org.LicenseMissing: true,
	org.MarketplaceDiffers: true, org.StartInvalid: true, org.PricingUnsupported: true, org.PrepaymentUnused: true, org.LegacyPermissionsUsed: true,
	org.EmailCodeExpired: true, org.ManagementUnverified: true, org.MemberPaymentMissing: true, org.SellerDiffers: true, org.MembershipRate: true,
	org.HandshakeLimit: true, org.SourceEnding: true, org.TargetEnding: true, org.CallerUnidentified: true, org.OrganizationMalformed: true,
	org.InOrganization: true, org.RootMayNotAssume: true, org.SessionMayNotIssue: true, org.AssumeNotPermitted: true, org.OtherRoot: true,
	org.FeatureSetRefused: true, org.InvalidTag: true, org.DuplicateTagKey: true, org.SystemTag: true, org.TagLimit: true, org.ChildMissing: true,
	org.SourceParentMissing: true, org.AccountAlreadyThere: true, org.ResourceMissing: true, org.PrincipalMissing: true, org.KeyMissing: true,
	org.PrincipalExists: true, org.OrganizationNotEmpty: true,
	org.InvalidPolicyName: true, org.PolicyMalformed: true, org.PolicyTypeUnavailable: true, org.PolicyImmutable: true, org.PolicyMustStay: true,
	org.TargetRefused: true, org.RootMissing: true, org.PolicyMissing: true, org.TargetMissing: true, org.EffectivePolicyMissing: true,
	org.PolicyNameTaken: true, org.PolicyInUse: true, org.PolicyAttached: true, org.PolicyNotAttached: true, org.PolicyTypeEnabled: true,
	org.PolicyTypeDisabled: true, org.TagPolicyBroken: true, org.PolicyLimit: true, org.PolicyTooLarge: true, org.AttachmentLimit: true, org.AttachmentLeast: true,
}

func TestEveryReasonHasARow(t *testing.T) {
	t.Parallel()
	foldtest.CheckRows(t, faults, elsewhere)
	for _, r := range org.Reasons() {
		f := fault(org.E(r))
		if f.Status < 400 || f.Code == "" || f.Message == "" {
			t.Errorf("%s is answered %+v", r, f)
		}
		if internal := org.E(r).Kind() == org.Internal || elsewhere[r]; (f.Status == http.StatusInternalServerError) != internal {
			t.Errorf("%s is answered with %d", r, f.Status)
		}
	}
}

func TestACauseIsNotTold(t *testing.T) {
	t.Parallel()
	if f := fault(org.Because(errors.New("disk full"), "put zone")); f.Code != plain || strings.Contains(f.Message, "disk") {
		t.Errorf("got %+v", f)
	}
}

func TestARefusalBehindIsDetailed(t *testing.T) {
	t.Parallel()
	f := fault(org.Errorf(org.UnitNameTaken, "there is one"))
	if f.Code != behind || len(f.Details) != 1 || f.Details[0].Code != "Organizations.1205" || f.Details[0].Message != "there is one" {
		t.Errorf("got %+v", f)
	}
}

func TestEveryFailureOfACreationIsTold(t *testing.T) {
	t.Parallel()
	if len(org.FailureSteps) < 20 {
		t.Fatalf("there are %d failures", len(org.FailureSteps))
	}
	for f := range org.FailureSteps {
		if _, ok := refusals[f]; !ok {
			t.Errorf("%s has no text", f)
		}
		if said := refusal(&org.Creation{Failure: f, FailureDetail: "so"}); !strings.HasPrefix(said, "Error ") || !strings.HasSuffix(said, " so") {
			t.Errorf("%s is told as %q", f, said)
		}
	}
}

func TestCodesAreFoundAgain(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]org.Reason{"RGC.1065": org.LandingZoneBusy, "RGC.1067": org.LandingZoneMissing, "RGC.1083": org.UnitRefusesAccounts} {
		if got, ok := ReasonOf(code); !ok || got != want {
			t.Errorf("%s: got %s, want %s", code, got, want)
		}
	}
	if r, ok := ReasonOf("RGC.9999"); ok {
		t.Errorf("RGC.9999 is %s", r)
	}
}
