package hwiam

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// agencyShape is an agency as IAM 5 has it: one that trusts an account names it, one that belongs to a service has a trust policy.
type agencyShape struct {
	ID          string        `json:"agency_id"`
	Name        string        `json:"agency_name"`
	URN         string        `json:"urn"`
	Path        string        `json:"path"`
	TrustPolicy string        `json:"trust_policy,omitempty"`
	DomainID    org.AccountID `json:"trust_domain_id,omitempty"`
	DomainName  string        `json:"trust_domain_name,omitempty"`
	MaxSession  int           `json:"max_session_duration"`
	Description string        `json:"description"`
	CreatedAt   hwrest.Time   `json:"created_at"`
}

// leastSession is the bound of max_session_duration, in seconds.
const leastSession = 3600

func (a *api) agencyShape(ctx context.Context, p org.Principal) (agencyShape, error) {
	s := agencyShape{
		ID: string(p.ID), Name: p.Name, URN: "iam::" + string(p.AccountID) + ":agency:" + p.Name, Path: strings.TrimPrefix(p.Path, "/"),
		MaxSession: max(leastSession, int(p.MaxSession.Seconds())), CreatedAt: hwrest.Time(p.CreatedAt),
	}
	if p.Kind == org.ServiceRole {
		policy, err := json.Marshal(trustOf(p.Trusts))
		s.TrustPolicy = string(policy)
		return s, err
	}
	s.DomainID = org.AccountID(p.Trusts)
	trusted, err := a.Account(ctx, s.DomainID)
	if org.ReasonOf(err) == org.AccountMissing {
		return s, nil
	}
	s.DomainName = trusted.Name
	return s, err
}

// trustPolicy lets a service assume an agency.
type trustPolicy struct {
	Version   string
	Statement []trustStatement
}

type trustStatement struct {
	Effect    string
	Action    []string
	Principal map[string][]string
}

func trustOf(service string) trustPolicy {
	return trustPolicy{"5.0", []trustStatement{{"Allow", []string{"sts:agencies:assume"}, map[string][]string{"Service": {service}}}}}
}

func (a *api) agencies(ctx context.Context, action string) ([]org.Principal, error) {
	return a.Plane.ListPrincipals(ctx, identity.Caller(ctx), action, org.Role, org.ServiceRole)
}

func (a *api) listAgencies(ctx context.Context, r *request) (answer, error) {
	all, err := a.agencies(ctx, "iam:ListRoles")
	if err != nil {
		return answer{}, err
	}
	prefix := r.URL.Query().Get("path_prefix")
	all = slices.DeleteFunc(all, func(p org.Principal) bool { return !strings.HasPrefix(strings.TrimPrefix(p.Path, "/"), prefix) })
	page, info, err := cut(all, r.URL.Query())
	if err != nil {
		return answer{}, err
	}
	out := struct {
		Agencies []agencyShape `json:"agencies"`
		Page     pageInfo      `json:"page_info"`
	}{[]agencyShape{}, info}
	for _, p := range page {
		s, err := a.agencyShape(ctx, p)
		if err != nil {
			return answer{}, err
		}
		out.Agencies = append(out.Agencies, s)
	}
	return answer{status: http.StatusOK, body: out}, nil
}

func (a *api) getAgency(ctx context.Context, r *request) (answer, error) {
	all, err := a.agencies(ctx, "iam:GetRole")
	if err != nil {
		return answer{}, err
	}
	p, err := one(all, chi.URLParam(r.Request, "id"))
	if err != nil {
		return answer{}, err
	}
	s, err := a.agencyShape(ctx, p)
	return answer{status: http.StatusOK, body: struct {
		Agency any `json:"agency"`
	}{struct {
		agencyShape
		Tags []struct{} `json:"tags"`
	}{s, []struct{}{}}}}, err
}
