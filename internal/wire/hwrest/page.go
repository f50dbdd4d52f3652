package hwrest

import (
	"strings"

	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

// Bounds of a page. The newest references of both services say so; those of 2025 had a default of 1,000.
const (
	DefaultLimit = 200
	MaxLimit     = 2000
)

// Limit returns how many rows a page may have: what the request says, cut to 1..MaxLimit, or DefaultLimit when it says nothing.
// The contract refuses limits out of bounds before, so the cut is for callers that skip it.
func Limit(limit *int) int {
	if limit == nil {
		return DefaultLimit
	}
	return min(max(*limit, 1), MaxLimit)
}

// A Listing is one list, as its markers know it. They open no other.
type Listing struct {
	scope  string
	tokens *pagetoken.Sealer
}

// List names a listing by all that makes it another one: the API, the operation, who lists, and by which filters.
func List(tokens *pagetoken.Sealer, api, operation, account string, filters ...string) Listing {
	return Listing{strings.Join(append([]string{api, operation, account}, filters...), "\x00"), tokens}
}

// After returns the cursor that a request's marker stands for, "" when it has none. It fails with pagetoken.ErrInvalid.
func (l Listing) After(marker *string) (cursor string, err error) {
	if marker == nil {
		return "", nil
	}
	return l.tokens.Open(l.scope, *marker)
}

// Marker seals where a page ended. The last page, which has no cursor, has null for a marker.
func (l Listing) Marker(cursor string) *string {
	if cursor == "" {
		return nil
	}
	return new(l.tokens.Seal(l.scope, cursor))
}
