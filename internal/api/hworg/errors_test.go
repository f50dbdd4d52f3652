package hworg

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
	org.MessageInvalid: true, org.TerminatorWrong: true,
	org.ServiceHoldsType: true, org.DelegateExists: true, org.DelegateLimit: true, org.ResourcePolicyMissing: true,
	org.DelegationMalformed: true, org.DelegationTooLarge: true, org.DelegationPrincipal: true, org.DelegationAction: true,
	org.DelegationResource: true, org.DelegationPolicyType: true, org.TagsOnlyAtCreation: true,
	org.AllFeaturesRequired: true, org.ManagementNotPaired: true, org.AccountNotClosed: true, org.AccountGone: true,
	org.AccountPaired: true, org.PairMissing: true, org.ContactMissing: true, org.EmailTaken: true, org.EmailChangeMissing: true,
	org.CodeWrong: true, org.RegionMissing: true, org.RegionFixed: true, org.RegionBusy: true,
	org.PartyRefused: true, org.PartyEmailInvalid: true, org.FilterLimit: true, org.StartNotAtDay: true, org.StartNotAtMonth: true,
	org.StartTooEarly: true, org.StartTooLate: true, org.EndNotAtMonth: true, org.EndTooEarly: true, org.EndTooLate: true,
	org.TransferNotSource: true, org.TransferRefused: true, org.TransferToSelf: true, org.TransferExists: true,
	org.TransferInStatus: true, org.TransferTransition: true, org.TransferRuns: true, org.TransferMissing: true,
	org.InvitationsPaused: true, org.AllFeaturesAlready: true, org.AllFeaturesPending: true, org.OwnerUnverified: true,
	org.MigrationLimit: true, org.InboundTransferLimit: true, org.OutboundTransferLimit: true,
	org.TransferLevelLimit: true, org.TransferTotalLimit: true,
	org.PairedNameRefused: true, org.SignUpUnfinished: true, org.ContactDataMissing: true, org.FounderPaymentMissing: true, org.LicenseMissing: true,
	org.MarketplaceDiffers: true, org.StartInvalid: true, org.PricingUnsupported: true, org.PrepaymentUnused: true, org.LegacyPermissionsUsed: true,
	org.EmailCodeExpired: true, org.ManagementUnverified: true, org.MemberPaymentMissing: true, org.SellerDiffers: true, org.MembershipRate: true,
	org.HandshakeLimit: true, org.SourceEnding: true, org.TargetEnding: true, org.CallerUnidentified: true, org.OrganizationMalformed: true,
	org.RootMayNotAssume: true, org.SessionMayNotIssue: true, org.AssumeNotPermitted: true, org.OtherRoot: true, org.FeatureSetRefused: true,
	org.PrincipalMissing: true, org.KeyMissing: true, org.PrincipalExists: true, org.OperationMissing: true,
	org.ManagedUnitMissing: true, org.ManagedAccountMissing: true, org.LandingZoneMissing: true, org.LandingZoneBusy: true,
	org.LandingZoneUnfinished: true, org.LandingZoneExists: true, org.HomeRegionWrong: true, org.PhoneRequired: true,
	org.ParentNotRegistered: true, org.ParentIsCore: true, org.UnitRefusesAccounts: true, org.UnitNotRegistrable: true,
	org.UnitAlreadyRegistered: true, org.ManagedOperationRunning: true, org.AccountNotManageable: true, org.AccountInOtherState: true,
	org.CreationEndedOtherwise: true, org.IdentityStoreMailMissing: true,
	org.PolicyMustStay: true,
}

func TestEveryReasonHasARow(t *testing.T) {
	t.Parallel()
	foldtest.CheckRows(t, faults, elsewhere)
	for r, row := range faults {
		if row.status < 400 || row.code == "" {
			t.Errorf("%s: %+v", r, row)
		}
	}
}

func TestStatusesFollowTheKindOfTheReason(t *testing.T) {
	t.Parallel()
	for r, row := range faults {
		kind := org.E(r).Kind()
		missing := row.status == http.StatusNotFound
		// Clients take 404 for "gone": it is for what does not exist alone. Whoever is in no organization gets 401 instead.
		if missing != (kind == org.NotFound && r != org.SourceParentMissing && r != org.OrganizationMissing && r != org.DelegationMissing) {
			t.Errorf("%s, %s, is answered with %d", r, kind, row.status)
		}
		if (row.status >= 500) != (kind == org.Internal) {
			t.Errorf("%s, %s, is answered with %d", r, kind, row.status)
		}
		if (row.code == gateway) != (kind == org.Unauthenticated) {
			t.Errorf("%s, %s, has code %s", r, kind, row.code)
		}
	}
}

func TestACodeComesBackAsItself(t *testing.T) {
	t.Parallel()
	for r, row := range faults {
		back, ok := ReasonOf(row.code)
		if !ok {
			t.Fatalf("%s of %s stands for no reason", row.code, r)
		}
		if got := fault(org.E(back)); got.Code != row.code || got.Status != row.status {
			t.Errorf("%s, %d of %s comes back as %+v by %s", row.code, row.status, r, got, back)
		}
	}
	for _, code := range []string{"", "Organizations.9999", "AccessDenied"} {
		if r, ok := ReasonOf(code); ok {
			t.Errorf("%q stands for %s", code, r)
		}
	}
}

func TestTheVendorsCodesAreKept(t *testing.T) {
	t.Parallel()
	for r, want := range map[org.Reason]struct {
		status int
		code   string
	}{
		org.ManagementOnly:         {401, "Organizations.1001"},
		org.DelegateOnly:           {401, "Organizations.1002"},
		org.ConcurrentModification: {409, "Organizations.1003"},
		org.NotPermitted:           {403, "Organizations.1007"},
		org.NotInOrganization:      {401, "Organizations.1015"},
		org.OrganizationMissing:    {401, "Organizations.1015"},
		org.UnitLimit:              {400, "Organizations.1204"},
		org.UnitNameTaken:          {409, "Organizations.1205"},
		org.AccountClosing:         {400, "Organizations.1325"},
		org.HandshakeWithdrawn:     {400, "Organizations.1401"},
		org.DelegationMissing:      {400, "Organizations.1500"},
		org.TrustedAccessOff:       {400, "Organizations.1900"},
		org.SignatureWrong:         {401, "APIGW.0301"},
	} {
		if got := fault(org.E(r)); got.Status != want.status || got.Code != want.code {
			t.Errorf("%s: got %d %s, want %d %s", r, got.Status, got.Code, want.status, want.code)
		}
	}
}

func TestFaultsSpeakWhenTheErrorHasNoDetail(t *testing.T) {
	t.Parallel()
	for _, r := range org.Reasons() {
		if got := fault(org.E(r)); got.Message == "" {
			t.Errorf("%s has no text", r)
		}
	}
}

func TestTheGatewaysTextsFollowItsOpening(t *testing.T) {
	t.Parallel()
	const opening = "Incorrect IAM authentication information: "
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"a wrong signature":         {org.E(org.SignatureWrong), "verify aksk signature fail"},
		"a token of no one":         {org.E(org.TokenInvalid), "decrypt token fail"},
		"the gate's words go first": {org.Errorf(org.KeyUnknown, "ak AK1 not exist"), "ak AK1 not exist"},
	} {
		if got := fault(test.err); got.Message != opening+test.want || got.Status != 401 || got.Code != "APIGW.0301" {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestCausesStayInside(t *testing.T) {
	t.Parallel()
	for _, err := range []error{errors.New("disk full at /var/db"), org.Because(errors.New("disk full at /var/db"), "read"), org.E(org.LandingZoneBusy)} {
		got := fault(err)
		if got.Status != 500 || strings.Contains(got.Message, "disk") {
			t.Errorf("%v: got %+v", err, got)
		}
	}
}
