package hwiam

import (
	"context"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// user is a user as IAM 5 has it.
type user struct {
	ID          string      `json:"user_id"`
	Name        string      `json:"user_name"`
	URN         string      `json:"urn"`
	Root        bool        `json:"is_root_user"`
	Enabled     bool        `json:"enabled"`
	Description string      `json:"description"`
	CreatedAt   hwrest.Time `json:"created_at"`
}

// keystoneUser is the same as IAM 3 has it. Nobody has a password.
type keystoneUser struct {
	ID              string        `json:"id"`
	Name            string        `json:"name"`
	DomainID        org.AccountID `json:"domain_id"`
	Enabled         bool          `json:"enabled"`
	Description     string        `json:"description"`
	PasswordExpires *string       `json:"password_expires_at"`
	PasswordSet     bool          `json:"pwd_status"`
	Links           self          `json:"links"`
}

// users lists the users of the caller's account, its root user under the account's id and name.
func (a *api) users(ctx context.Context, action string) ([]org.Principal, error) {
	c := identity.Caller(ctx)
	all, err := a.Plane.ListPrincipals(ctx, c, action, org.RootUser, org.User)
	if err != nil {
		return nil, err
	}
	own, err := a.Account(ctx, c.AccountID)
	for i := range all {
		if all[i].Kind == org.RootUser {
			all[i].ID, all[i].Name = org.PrincipalID(c.AccountID), own.Name
		}
	}
	return all, err
}

func userShape(p org.Principal) user {
	return user{
		ID: string(p.ID), Name: p.Name, URN: urnOf(p), Root: p.Kind == org.RootUser, Enabled: true, CreatedAt: hwrest.Time(p.CreatedAt),
	}
}

func urnOf(p org.Principal) string {
	return identity.URN(org.Caller{Partition: org.Huawei, AccountID: p.AccountID, Kind: p.Kind, Name: p.Name})
}

func (a *api) listUsers(ctx context.Context, r *request) (answer, error) {
	all, err := a.users(ctx, "iam:ListUsers")
	if err != nil {
		return answer{}, err
	}
	page, info, err := cut(all, r.URL.Query())
	out := struct {
		Users []user   `json:"users"`
		Page  pageInfo `json:"page_info"`
	}{[]user{}, info}
	for _, p := range page {
		out.Users = append(out.Users, userShape(p))
	}
	return answer{status: http.StatusOK, body: out}, err
}

func (a *api) showUser(ctx context.Context, r *request) (answer, error) {
	all, err := a.users(ctx, "iam:GetUser")
	if err != nil {
		return answer{}, err
	}
	p, err := one(all, chi.URLParam(r.Request, "id"))
	return answer{status: http.StatusOK, body: map[string]user{"user": userShape(p)}}, err
}

// listKeystoneUsers lists the users, or the one of a name: the Terraform provider looks for its own after a login with a password.
func (a *api) listKeystoneUsers(ctx context.Context, r *request) (answer, error) {
	all, err := a.users(ctx, "iam:ListUsers")
	if err != nil {
		return answer{}, err
	}
	q := r.URL.Query()
	out := struct {
		Users []keystoneUser `json:"users"`
		Links links          `json:"links"`
	}{[]keystoneUser{}, linksOf(r)}
	for _, p := range all {
		if name := q.Get("name"); name != "" && name != p.Name || q.Get("enabled") == "false" {
			continue
		}
		if of := q.Get("domain_id"); of != "" && of != string(p.AccountID) {
			continue
		}
		out.Users = append(out.Users, keystoneUser{
			ID: string(p.ID), Name: p.Name, DomainID: p.AccountID, Enabled: true, Links: self{base(r) + "/v3/users/" + string(p.ID)},
		})
	}
	return answer{status: http.StatusOK, body: out}, nil
}

// one finds a principal by its id. It fails with PrincipalMissing.
func one(all []org.Principal, id string) (org.Principal, error) {
	i := slices.IndexFunc(all, func(p org.Principal) bool { return string(p.ID) == id })
	if i < 0 {
		return org.Principal{}, org.Errorf(org.PrincipalMissing, "could not find %s", id)
	}
	return all[i], nil
}
