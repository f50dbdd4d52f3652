package hwiam

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/polity-cloud/polity/internal/org"
)

// The bounds of limit (IAM 5 API Reference, ListUsersV5, ListAgenciesV5).
const (
	usualPage = 100
	mostRows  = 200
)

type pageInfo struct {
	Next    *string `json:"next_marker,omitempty"`
	Current int     `json:"current_count"`
}

// cut returns the page of a list that a request asks for. A marker is the id of the last one before it.
func cut(all []org.Principal, q url.Values) ([]org.Principal, pageInfo, error) {
	limit := usualPage
	if text := q.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > mostRows {
			return nil, pageInfo{}, org.Errorf(org.InputMalformed, "Request parameter limit is invalid.")
		}
		limit = n
	}
	if after := q.Get("marker"); after != "" {
		i := slices.IndexFunc(all, func(p org.Principal) bool { return string(p.ID) == after })
		if i < 0 {
			return nil, pageInfo{}, org.Errorf(org.PageTokenInvalid, "Request parameter marker is invalid.")
		}
		all = all[i+1:]
	}
	info := pageInfo{Current: min(limit, len(all))}
	if len(all) > limit {
		all = all[:limit]
		info.Next = new(string(all[limit-1].ID))
	}
	return all, info, nil
}
