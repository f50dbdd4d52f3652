package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func policyOf(r query.Policy) org.Policy {
	return org.Policy{
		ID: org.PolicyID(r.ID), OrganizationID: org.OrganizationID(r.OrganizationID), Type: org.PolicyType(r.Type), Name: r.Name,
		Description: r.Description, Content: r.Content, CreatedAt: moment(r.CreatedAt), Version: r.Version,
	}
}

// spaceOf names the space in which a policy's name is its own.
func spaceOf(t org.PolicyType) string {
	if t.Tried() {
		return "tried"
	}
	return ""
}

func policyPlace(r query.Policy) place { return place{r.CreatedAt, r.ID} }

func (r *reader) Policy(ctx context.Context, o org.OrganizationID, id org.PolicyID) (org.Policy, error) {
	row, err := r.db.GetPolicy(ctx, string(o), string(id))
	if err != nil {
		return org.Policy{}, r.got(err, org.PolicyMissing, "policy", id)
	}
	return policyOf(row), nil
}

func (r *reader) Policies(ctx context.Context, o org.OrganizationID, t org.PolicyType, p org.Page) ([]org.Policy, string, error) {
	after, err := placeOf(p.After, beforeAll)
	if err != nil {
		return nil, "", err
	}
	rows, err := r.db.ListPolicies(ctx, query.ListPoliciesParams{
		OrganizationID: string(o), Type: string(t), AfterTime: after.time, AfterID: after.id, Most: ask(p),
	})
	if err != nil {
		return nil, "", r.fault(err, "list policies of", o)
	}
	return paged(rows, p, plain(policyOf), policyPlace)
}

func (r *reader) CountPolicies(ctx context.Context, o org.OrganizationID, t org.PolicyType) (int, error) {
	n, err := r.db.CountPolicies(ctx, string(o), string(t))
	return int(n), r.fault(err, "count policies of", o)
}

func (r *reader) PolicyTypes(ctx context.Context, o org.OrganizationID) ([]org.PolicyType, error) {
	rows, err := r.db.ListPolicyTypes(ctx, string(o))
	if err != nil {
		return nil, r.fault(err, "list policy types of", o)
	}
	out := make([]org.PolicyType, len(rows))
	for i, t := range rows {
		out[i] = org.PolicyType(t)
	}
	return out, nil
}

func (t *tx) InsertPolicy(ctx context.Context, p org.Policy) error {
	n, err := t.db.InsertPolicy(ctx, query.InsertPolicyParams{
		OrganizationID: string(p.OrganizationID), ID: string(p.ID), Type: string(p.Type), Name: p.Name, Description: p.Description,
		Content: p.Content, CreatedAt: micros(p.CreatedAt), Version: p.Version, Space: spaceOf(p.Type),
	})
	return t.fresh(n, err, org.PolicyNameTaken, "policy", p.Name)
}

// UpdatePolicy looks for the name first: a broken constraint would end the whole transaction on PostgreSQL.
func (t *tx) UpdatePolicy(ctx context.Context, p org.Policy) error {
	holder, err := t.db.PolicyNamed(ctx, string(p.OrganizationID), spaceOf(p.Type), p.Name)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return t.fault(err, "read policy", p.Name)
	}
	if err == nil && holder != string(p.ID) {
		return org.Errorf(org.PolicyNameTaken, "there is a policy %s already", p.Name)
	}
	n, err := t.db.UpdatePolicy(ctx, query.UpdatePolicyParams{
		OrganizationID: string(p.OrganizationID), ID: string(p.ID), Name: p.Name, Description: p.Description, Content: p.Content, Version: p.Version,
	})
	return t.hit(n, err, org.PolicyMissing, "policy", p.ID)
}

func (t *tx) DeletePolicy(ctx context.Context, o org.OrganizationID, id org.PolicyID) error {
	n, err := t.db.DeletePolicy(ctx, string(o), string(id))
	if err := t.hit(n, err, org.PolicyMissing, "policy", id); err != nil {
		return err
	}
	return t.fault(t.db.DeleteTags(ctx, string(o), string(id)), "delete tags of", id)
}

func (t *tx) EnablePolicyType(ctx context.Context, o org.OrganizationID, p org.PolicyType) error {
	n, err := t.db.EnablePolicyType(ctx, string(o), string(p))
	return t.fresh(n, err, org.PolicyTypeEnabled, "policy type", p)
}

func (t *tx) DisablePolicyType(ctx context.Context, o org.OrganizationID, p org.PolicyType) error {
	n, err := t.db.DisablePolicyType(ctx, string(o), string(p))
	if err := t.hit(n, err, org.PolicyTypeDisabled, "policy type", p); err != nil {
		return err
	}
	for _, drop := range []func(context.Context, string, string) error{
		t.db.DeleteAttachmentsByType, t.db.DeletePolicyChanges, t.db.DeleteKeptPolicies,
	} {
		if err := drop(ctx, string(o), string(p)); err != nil {
			return t.fault(err, "disable policy type", p)
		}
	}
	return nil
}
