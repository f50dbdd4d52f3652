package native

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
)

// mostEvents is the largest page of events, and the one that is given unless a smaller one is asked for.
const mostEvents = 1000

// events lists the events of one organization after a place, oldest first, as its cloud records them. The answer's next is the place to go on from,
// also at the end of the list: asking again with it later gives what has happened since, and nothing twice.
func (a *api) events(r *http.Request) (any, error) {
	q := r.URL.Query()
	id, limit, err := feedOf(q)
	if err != nil {
		return nil, err
	}
	version, index, err := place(q.Get("after"))
	if err != nil {
		return nil, err
	}
	found, err := a.Plane.ListEvents(r.Context(), id, version, index, limit)
	if err != nil {
		return nil, err
	}
	records, next := []map[string]any{}, q.Get("after")
	for _, e := range found {
		next = fmt.Sprintf("%d.%d", e.Version, e.Index)
		if record, ok := a.Trail(e); ok {
			records = append(records, record)
		}
	}
	return map[string]any{"events": records, "next": next}, nil
}

// feedOf reads whose feed is asked for, and how much of it.
func feedOf(q url.Values) (id org.OrganizationID, limit int, err error) {
	if id = org.OrganizationID(q.Get("organization")); id == "" {
		return "", 0, org.Errorf(org.InputMissing, "the parameter organization says whose events")
	}
	text := q.Get("limit")
	if text == "" {
		return id, mostEvents, nil
	}
	if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > mostEvents {
		return "", 0, org.Errorf(org.InputMalformed, "the limit is a number from 1 to %d", mostEvents)
	}
	return id, limit, nil
}

// place reads where a feed was left: version and index of the last event seen.
func place(text string) (version int64, index int, err error) {
	if text == "" {
		return 0, -1, nil
	}
	v, i, _ := strings.Cut(text, ".")
	version, errV := strconv.ParseInt(v, 10, 64)
	index, errI := strconv.Atoi(i)
	if errV != nil || errI != nil {
		return 0, 0, org.Errorf(org.PageTokenInvalid, "%q is no place in the feed", text)
	}
	return version, index, nil
}
