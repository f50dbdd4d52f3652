package awsorg

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/foldtest"
)

// elsewhere are the laws of things that this API does not speak of. Meeting one here is a mistake of ours.
var elsewhere = map[org.Reason]bool{
	org.MessageInvalid:     true,
	org.InvitedNotClosable: true, org.ResourceCannotLeave: true, org.HandshakeWithdrawn: true,
	org.AccountNotClosed: true, org.AccountGone: true, org.AccountPaired: true, org.PairMissing: true, org.ContactMissing: true,
	org.EmailTaken: true, org.EmailChangeMissing: true, org.CodeWrong: true, org.RegionMissing: true, org.RegionFixed: true, org.RegionBusy: true,
	org.PrincipalMissing: true, org.KeyMissing: true, org.PrincipalExists: true, org.OperationMissing: true,
	org.ManagedUnitMissing: true, org.ManagedAccountMissing: true, org.LandingZoneMissing: true, org.LandingZoneBusy: true,
	org.LandingZoneUnfinished: true, org.LandingZoneExists: true, org.HomeRegionWrong: true, org.PhoneRequired: true,
	org.ParentNotRegistered: true, org.ParentIsCore: true, org.UnitRefusesAccounts: true, org.UnitNotRegistrable: true,
	org.UnitAlreadyRegistered: true, org.ManagedOperationRunning: true, org.AccountNotManageable: true, org.AccountInOtherState: true,
	org.CreationEndedOtherwise: true, org.IdentityStoreMailMissing: true,
}

func TestEveryReasonHasARow(t *testing.T) {
	t.Parallel()
	foldtest.CheckRows(t, faults, elsewhere)
}

func TestEveryRowIsOfTheContract(t *testing.T) {
	t.Parallel()
	for r, row := range faults {
		e, modelled := exceptions[row.code]
		if !modelled && !slices.Contains(frontDoor, row.code) {
			t.Errorf("%s: there is no %s", r, row.code)
		}
		if (len(e.Reasons) > 0) != (row.reason != "") || row.reason != "" && !slices.Contains(e.Reasons, row.reason) {
			t.Errorf("%s: %s has no reason %q", r, row.code, row.reason)
		}
	}
}

func TestAFaultNeverTellsItsCause(t *testing.T) {
	t.Parallel()
	for says, err := range map[string]error{
		"a cause":                 &org.Error{Reason: org.ConcurrentModification, Err: errors.New("secret")},
		"an internal one":         org.Because(errors.New("secret"), "open secret"),
		"a stranger's":            io.ErrUnexpectedEOF,
		"a law of another API":    org.Errorf(org.ManagedUnitMissing, "secret"),
		"a law that has no words": org.E(org.InvalidEmail),
	} {
		f := fault(err)
		for _, word := range []string{"secret", "EOF"} {
			if strings.Contains(f.Message+f.Reason+f.Type, word) {
				t.Errorf("%s: %+v", says, f)
			}
		}
	}
	if f := fault(io.EOF); f.Status != http.StatusInternalServerError || f.Code != "ServiceException" || f.Message == "" {
		t.Errorf("%+v", f)
	}
	if f := fault(org.E(org.PrincipalMissing)); f.Code != "ServiceException" {
		t.Errorf("a law of another API: %+v", f)
	}
}

func TestAnAnswerIsWrittenInSentences(t *testing.T) {
	t.Parallel()
	if f := fault(org.Errorf(org.UnitDepth, "units nest at most 5 levels below the root")); f.Message != "Units nest at most 5 levels below the root." {
		t.Error(f.Message)
	}
}

func TestCodesAreReadBack(t *testing.T) {
	t.Parallel()
	for r, row := range faults {
		for _, reason := range []string{"", row.reason} {
			got, ok := ReasonOf(row.code, reason)
			if !ok || faults[got].code != row.code || reason != "" && faults[got].reason != reason {
				t.Errorf("%s %s of %s is read as %s", row.code, reason, r, got)
			}
		}
	}
	for code, reason := range map[string]string{"NoSuchException": "", constraint: "NO_SUCH_REASON", invalidInput: "OU_DEPTH_LIMIT_EXCEEDED"} {
		if _, ok := ReasonOf(code, reason); ok {
			t.Errorf("%s %s of nobody's is read", code, reason)
		}
	}
}
