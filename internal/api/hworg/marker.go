package hworg

import (
	"slices"

	"github.com/polity-cloud/polity/internal/org"
)

// rowsAtOnce is how many rows are read at a time in search of one.
const rowsAtOnce = 2000

// from lists a page of rows that have ids. Beside the markers of this service it takes the id of a row for a marker, and goes on behind that row: the
// Terraform provider reads policies and attached entities by pages that know no next_marker (golangsdk, pagination.MarkerPageBase), and asks
// with the last id until a page is empty.
func from[T any](l listing, marker *Marker, limit *Limit, id func(T) string, list func(org.Page) ([]T, string, error)) ([]T, string, error) {
	page, err := l.page(marker, limit)
	if err == nil {
		return list(page)
	}
	after, end, err := behind(*marker, id, list)
	if err != nil || end {
		return nil, "", err
	}
	if page, err = l.page(nil, limit); err != nil {
		return nil, "", err
	}
	page.After = after
	return list(page)
}

// behind finds the place behind the row of an id, and whether the list ends there. It fails with PageTokenInvalid when there is no such row.
func behind[T any](wanted string, id func(T) string, list func(org.Page) ([]T, string, error)) (after string, end bool, err error) {
	for at := (org.Page{Limit: rowsAtOnce}); ; {
		rows, next, err := list(at)
		if err != nil {
			return "", false, err
		}
		if i := slices.IndexFunc(rows, func(r T) bool { return id(r) == wanted }); i >= 0 {
			at.Limit = i + 1
			_, next, err = list(at)
			return next, next == "", err
		}
		if next == "" {
			return "", false, org.E(org.PageTokenInvalid)
		}
		at.After = next
	}
}
