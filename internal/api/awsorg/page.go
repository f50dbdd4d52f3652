package awsorg

import (
	"strings"

	"github.com/polity-cloud/polity/internal/org"
)

// pageSize is the largest page, and the one that is given unless a smaller one is asked for.
const pageSize = 20

// listOf names a listing, so that its page tokens open no other: the operation, who lists, and by which filters.
func listOf(c org.Caller, operation string, filters ...string) string {
	return Name + "\x00" + operation + "\x00" + string(c.AccountID) + "\x00" + strings.Join(filters, "\x00")
}

func (a *API) page(scope, token string, limit int) (org.Page, error) {
	if limit == 0 {
		limit = pageSize
	}
	if token == "" {
		return org.Page{Limit: limit}, nil
	}
	after, err := a.tokens.Open(scope, token)
	if err != nil {
		return org.Page{}, org.E(org.PageTokenInvalid)
	}
	return org.Page{After: after, Limit: limit}, nil
}

// next seals where a page ended. The last page has no token at all: clients take an empty one for "more".
func (a *API) next(scope, cursor string) string {
	if cursor == "" {
		return ""
	}
	return a.tokens.Seal(scope, cursor)
}

func each[T, U any](list []T, f func(T) U) []U {
	out := make([]U, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}
