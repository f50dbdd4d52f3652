package gate

import (
	"errors"
	"slices"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwsign"
	"github.com/polity-cloud/polity/internal/wire/sigv4"
)

func TestEverySignatureFaultHasAReason(t *testing.T) {
	t.Parallel()
	if len(sigv4.Kinds) == 0 || len(hwsign.Kinds) == 0 {
		t.Fatal("nothing to check")
	}
	for _, k := range sigv4.Kinds {
		inside := &sigv4.Error{Kind: k, Detail: "why"}
		check(t, awsError(inside), inside)
	}
	for _, k := range hwsign.Kinds {
		inside := &hwsign.Error{Kind: k, Detail: "why"}
		check(t, huaweiError(inside), inside)
	}
}

func check(t *testing.T, err, inside error) {
	t.Helper()
	e := org.AsError(err)
	if !slices.Contains(org.Reasons(), e.Reason) || e.Kind() != org.Unauthenticated || e.Detail != "why" || !errors.Is(err, inside) {
		t.Errorf("%v became %#v", inside, e)
	}
}
