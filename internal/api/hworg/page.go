package hworg

import (
	"strconv"
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
func (l listing) info(rows int, cursor string) PageInfoDto {
	out := PageInfoDto{CurrentCount: rows}
	if cursor != "" {
		out.NextMarker = new(l.tokens.Seal(l.scope, cursor))
	}
	return out
}

// each never returns nil, which would be written as null.
func each[T, U any](list []T, f func(T) U) []U {
	out := make([]U, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// optional is a text that is null when it is empty.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func is(b *bool) bool { return b != nil && *b }

// cut returns the page's part of a resource's tags, which are in the order of their keys, and the cursor of the next page. A cursor holds as much
// of the last key as a marker has room for, behind the number of tags so far that share this beginning.
func cut(tags []org.Tag, p org.Page) ([]org.Tag, string) {
	seen, last, _ := strings.Cut(p.After, ":")
	skip, _ := strconv.Atoi(seen)
	start := 0
	for ; start < len(tags); start++ {
		b := beginning(tags[start].Key)
		if p.After == "" || b > last || b == last && skip == 0 {
			break
		}
		if b == last {
			skip--
		}
	}
	rest := tags[start:]
	if len(rest) <= p.Limit {
		return rest, ""
	}
	end := beginning(rest[p.Limit-1].Key)
	same := 0
	for _, t := range tags[:start+p.Limit] {
		if beginning(t.Key) == end {
			same++
		}
	}
	return rest[:p.Limit], strconv.Itoa(same) + ":" + end
}

// keyRoom is how many bytes of a key fit into a cursor, and the cursor into the 400 characters of a marker.
const keyRoom = 256

func beginning(key string) string { return key[:min(len(key), keyRoom)] }
