package hwiam

import (
	"context"
	"net/http"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// links are those of a list, which is always one page.
type links struct {
	Self     string  `json:"self"`
	Next     *string `json:"next"`
	Previous *string `json:"previous"`
}

func linksOf(r *request) links { return links{Self: base(r) + r.URL.Path} }

// self is the link of one thing in a list.
type self struct {
	Self string `json:"self"`
}

type domain struct {
	ID          org.AccountID `json:"id"`
	Name        string        `json:"name"`
	Enabled     bool          `json:"enabled"`
	Description string        `json:"description"`
	Links       self          `json:"links"`
}

type domains struct {
	Domains []domain `json:"domains"`
	Links   links    `json:"links"`
}

// listAuthDomains answers exactly the caller's account, unless another is asked for by name. In a twin, whose credentials choose the account, no name is another's.
func (a *api) listAuthDomains(ctx context.Context, r *request) (answer, error) {
	id := identity.Caller(ctx).AccountID
	found, err := a.Account(ctx, id)
	if err != nil {
		return answer{}, err
	}
	out := domains{Domains: []domain{}, Links: linksOf(r)}
	if name := r.URL.Query().Get("name"); name == "" || name == found.Name || a.Plane.Lenient {
		out.Domains = []domain{{ID: id, Name: found.Name, Enabled: true, Description: found.Description, Links: self{base(r) + "/v3/domains/" + string(id)}}}
	}
	return answer{status: http.StatusOK, body: out}, nil
}

// pageOfAccounts is how many members are looked at in one go when an account is wanted by name.
const pageOfAccounts = 1000

// accountOf returns the account that a request names by id or by name. A name is looked for in the caller's own organization, since nobody else has
// agencies that trust it. It fails with AssumeNotPermitted: whether an account exists is nothing for strangers.
func (a *api) accountOf(ctx context.Context, c org.Caller, id, name string) (org.AccountID, error) {
	if id != "" {
		return org.AccountID(id), nil
	}
	if own, err := a.Account(ctx, c.AccountID); err != nil || own.Name == name {
		return own.ID, err
	}
	page := org.Page{Limit: pageOfAccounts}
	for {
		found, err := a.Plane.ListAccounts(ctx, c, "", page)
		if err != nil && org.AsError(err).Kind() == org.Denied {
			break
		}
		if err != nil {
			return "", err
		}
		for _, m := range found.Accounts {
			if m.Name == name {
				return m.ID, nil
			}
		}
		if page.After = found.Next; page.After == "" {
			break
		}
	}
	return "", org.Errorf(org.AssumeNotPermitted, "no agency of the account %s trusts the caller", name)
}
