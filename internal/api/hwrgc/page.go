package hwrgc

import (
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

// A listing is one list, as its markers know it: the operation, who lists, and by which filters. They open no other.
type listing struct {
	scope  string
	tokens *pagetoken.Sealer
}

func (a *API) list(c org.Caller, operation string, filters ...string) listing {
	return listing{Name + "\x00" + operation + "\x00" + string(c.AccountID) + "\x00" + strings.Join(filters, "\x00"), a.tokens}
}

func (l listing) page(marker *Marker, limit *Limit) (org.Page, error) {
	page := org.Page{Limit: hwrest.Limit(limit)}
	if marker == nil {
		return page, nil
	}
	after, err := l.tokens.Open(l.scope, *marker)
	if err != nil {
		return org.Page{}, org.E(org.PageTokenInvalid)
	}
	page.After = after
	return page, nil
}

// info says how many rows a page has and seals where it ended. The last page has null for a marker.
func (l listing) info(rows int, cursor string) *PageInfoDto {
	out := PageInfoDto{CurrentCount: rows}
	if cursor != "" {
		out.NextMarker = new(l.tokens.Seal(l.scope, cursor))
	}
	return &out
}

// uncontrolled refuses a list of what a control is in force on: no control is kept here, and an empty answer would be a claim.
func uncontrolled(control *string) error {
	if control == nil {
		return nil
	}
	return org.Errorf(org.NotServed, "Invalid parameter control_id: listing by control is not served yet")
}

// each never returns nil, which would be written as null.
func each[T, U any](list []T, f func(T) U) []U {
	out := make([]U, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}

func is(b *bool, otherwise bool) bool {
	if b == nil {
		return otherwise
	}
	return *b
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
