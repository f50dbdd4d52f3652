package hwrgc

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
func (l listing) info(rows int, cursor string) *PageInfoDto {
	return &PageInfoDto{CurrentCount: rows, NextMarker: l.Marker(cursor)}
}

// uncontrolled refuses a list of what a control is in force on: no control is kept here, and an empty answer would be a claim.
func uncontrolled(control *string) error {
	if control == nil {
		return nil
	}
	return org.Errorf(org.NotServed, "Invalid parameter control_id: listing by control is not served yet")
}

func is(b *bool, otherwise bool) bool {
	if b == nil {
		return otherwise
	}
	return *b
}
