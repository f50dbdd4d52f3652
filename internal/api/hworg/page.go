package hworg

import (
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// A listing is one list, as its markers know it.
type listing struct{ hwrest.Listing }

func (a *API) list(c org.Caller, operation string, filters ...string) listing {
	return listing{hwrest.List(a.tokens, Name, operation, string(c.AccountID), filters...)}
}

func (l listing) page(marker *Marker, limit *Limit) (org.Page, error) {
	after, err := l.After(marker)
	if err != nil {
		return org.Page{}, org.E(org.PageTokenInvalid)
	}
	return org.Page{After: after, Limit: hwrest.Limit(limit)}, nil
}

// info says how many rows a page has and where the next one begins.
func (l listing) info(rows int, cursor string) PageInfoDto {
	return PageInfoDto{CurrentCount: rows, NextMarker: l.Marker(cursor)}
}

// optional is a text that is null when it is empty.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func is(b *bool) bool { return b != nil && *b }
