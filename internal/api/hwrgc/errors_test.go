package hwrgc

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestEveryReasonHasARow(t *testing.T) {
	t.Parallel()
	for _, r := range org.Reasons() {
		if _, ok := faults[r]; ok == elsewhere[r] {
			t.Errorf("%s wants a row in exactly one of the tables", r)
		}
		f := fault(org.E(r))
		if f.Status < 400 || f.Code == "" || f.Message == "" {
			t.Errorf("%s is answered %+v", r, f)
		}
		if internal := org.E(r).Kind() == org.Internal || elsewhere[r]; (f.Status == http.StatusInternalServerError) != internal {
			t.Errorf("%s is answered with %d", r, f.Status)
		}
	}
	for r := range elsewhere {
		if !slices.Contains(org.Reasons(), r) {
			t.Errorf("%s is no reason", r)
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
