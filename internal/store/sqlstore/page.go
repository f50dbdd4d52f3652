package sqlstore

import (
	"encoding/base64"
	"math"
	"strconv"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
)

// A place is where a row stands in a list: its time and, among those of one time, its id. Both never change, so that a list can be taken
// up behind a place whatever has been inserted or deleted meanwhile.
type place struct {
	time int64
	id   string
}

var (
	beforeAll = place{time: math.MinInt64}
	afterAll  = place{time: math.MaxInt64}
)

func (p place) cursor() string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(p.time, 36) + " " + p.id))
}

// placeOf reads a cursor; an empty one stands for start. It fails with PageTokenInvalid.
func placeOf(cursor string, start place) (place, error) {
	if cursor == "" {
		return start, nil
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil {
		return place{}, org.Errorf(org.PageTokenInvalid, "the page token is not one of this service")
	}
	at, id, found := strings.Cut(string(b), " ")
	n, err := strconv.ParseInt(at, 36, 64)
	if err != nil || !found || strings.ContainsRune(id, 0) {
		return place{}, org.Errorf(org.PageTokenInvalid, "the page token is not one of this service")
	}
	return place{time: n, id: id}, nil
}

// ask returns how many rows to ask for: one more than the page holds, which tells whether there is a next page.
func ask(p org.Page) int32 { return int32(min(max(p.Limit, 1), math.MaxInt32-1)) + 1 }

// paged makes a page out of the rows that ask asked for.
func paged[R, T any](rows []R, p org.Page, convert func(R) (T, error), at func(R) place) ([]T, string, error) {
	next := ""
	if limit := int(ask(p)) - 1; len(rows) > limit {
		rows = rows[:limit]
		next = at(rows[limit-1]).cursor()
	}
	out := make([]T, 0, len(rows))
	for _, r := range rows {
		v, err := convert(r)
		if err != nil {
			return nil, "", err
		}
		out = append(out, v)
	}
	return out, next, nil
}

// plain makes a conversion that cannot fail one that could.
func plain[R, T any](convert func(R) T) func(R) (T, error) {
	return func(r R) (T, error) { return convert(r), nil }
}
