package hwrest

import (
	"bytes"
	"errors"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

func TestAMarkerOpensItsOwnListingAlone(t *testing.T) {
	t.Parallel()
	tokens := pagetoken.New(bytes.Repeat([]byte{7}, pagetoken.KeySize))
	own := List(tokens, "api", "ListThings", "account", "one", "two")
	marker := own.Marker("cursor")
	if got, err := own.After(marker); got != "cursor" || err != nil {
		t.Errorf("its own opens %q, %v", got, err)
	}
	if got, err := own.After(nil); got != "" || err != nil {
		t.Errorf("no marker is %q, %v", got, err)
	}
	if own.Marker("") != nil {
		t.Error("the last page has a marker")
	}
	for says, other := range map[string]Listing{
		"another API":           List(tokens, "other", "ListThings", "account", "one", "two"),
		"another operation":     List(tokens, "api", "ListOthers", "account", "one", "two"),
		"another account":       List(tokens, "api", "ListThings", "other", "one", "two"),
		"another filter":        List(tokens, "api", "ListThings", "account", "one", "three"),
		"no filters":            List(tokens, "api", "ListThings", "account"),
		"filters run together":  List(tokens, "api", "ListThings", "account", "onetwo"),
		"the key of elsewhere":  List(pagetoken.New(make([]byte, pagetoken.KeySize)), "api", "ListThings", "account", "one", "two"),
		"a filter left to last": List(tokens, "api", "ListThings", "account", "", "one", "two"),
	} {
		if got, err := other.After(marker); !errors.Is(err, pagetoken.ErrInvalid) {
			t.Errorf("%s opens %q, %v", says, got, err)
		}
	}
}
