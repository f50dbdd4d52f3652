package hworg

import (
	"regexp"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestEveryFailureHasACode(t *testing.T) {
	t.Parallel()
	if len(org.FailureSteps) < 20 {
		t.Fatalf("%d failures", len(org.FailureSteps))
	}
	form := regexp.MustCompile(`^Error \d{4}: [A-Z].*\.$`)
	for f := range org.FailureSteps {
		code, ok := failureCode(f)
		if _, known := codes[code]; !ok || !known {
			t.Errorf("%s has code %q", f, code)
		}
		if got := failureReason(f); !form.MatchString(got) {
			t.Errorf("%s: %q", f, got)
		}
	}
}

func TestAFailureHasOneRow(t *testing.T) {
	t.Parallel()
	seen := map[org.Failure]string{}
	for code, row := range codes {
		if other := seen[row.failure]; other != "" {
			t.Errorf("%s has codes %s and %s", row.failure, other, code)
		}
		seen[row.failure] = code
	}
	for f, code := range folded {
		if seen[f] != "" {
			t.Errorf("%s has a code of its own and is folded to %s", f, code)
		}
	}
	if len(codes)+len(folded) != len(org.FailureSteps) {
		t.Errorf("%d codes and %d folded for %d failures", len(codes), len(folded), len(org.FailureSteps))
	}
}

func TestAllCodesOfTheVendorAreReachable(t *testing.T) {
	t.Parallel()
	vendor := []string{"0000", "1000", "2000", "2001", "3000", "3001", "4000", "5000", "6000", "6001", "6002", "7000", "7001", "7002"}
	for _, code := range vendor {
		f, ok := FailureOf(code)
		if back, _ := failureCode(f); !ok || back != code {
			t.Errorf("%s stands for %q, which has code %s", code, f, back)
		}
		if _, ok := org.FailureSteps[f]; !ok {
			t.Errorf("%s stands for %q, which occurs at no step", code, f)
		}
	}
	if len(codes) != len(vendor) {
		t.Errorf("%d codes, the vendor has %d", len(codes), len(vendor))
	}
	for _, code := range []string{"", "9999", "EMAIL_ALREADY_EXISTS"} {
		if f, ok := FailureOf(code); ok {
			t.Errorf("%q stands for %s", code, f)
		}
	}
}

func TestAnUnknownFailureIsASystemError(t *testing.T) {
	t.Parallel()
	if got := failureReason("Unheard"); got != "Error 0000: System error." {
		t.Fatalf("got %q", got)
	}
}
