package sqlstore

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func closureOf(r query.Closure) org.Closure {
	return org.Closure{
		OrganizationID: org.OrganizationID(r.OrganizationID), AccountID: org.AccountID(r.AccountID), State: org.ClosureState(r.State),
		RequestedAt: moment(r.RequestedAt), CompletedAt: moment(r.CompletedAt),
	}
}

func (r *reader) ClosedMembers(ctx context.Context, o org.OrganizationID) ([]org.ClosedMember, error) {
	rows, err := r.db.ListClosedMembers(ctx, string(o))
	if err != nil {
		return nil, r.fault(err, "list closed members of", o)
	}
	out := make([]org.ClosedMember, len(rows))
	for i, row := range rows {
		out[i] = org.ClosedMember{Account: accountOf(row.Account), Closure: closureOf(row.Closure)}
	}
	return out, nil
}

func (r *reader) PolicyTypeSwitches(ctx context.Context, o org.OrganizationID) (map[org.PolicyType]time.Time, error) {
	rows, err := r.db.ListPolicyTypeSwitches(ctx, string(o))
	if err != nil {
		return nil, r.fault(err, "list policy type switches of", o)
	}
	out := make(map[org.PolicyType]time.Time, len(rows))
	for _, row := range rows {
		out[org.PolicyType(row.Type)] = moment(row.SwitchedAt)
	}
	return out, nil
}

func (t *tx) PutPolicyTypeSwitch(ctx context.Context, o org.OrganizationID, p org.PolicyType, at time.Time) error {
	return t.fault(t.db.PutPolicyTypeSwitch(ctx, string(o), string(p), micros(at)), "switch policy type", p)
}
