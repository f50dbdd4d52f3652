package query

import "context"

// The claim is written by hand for two reasons: its lock clause is the one place where the engines speak differently, and sqlc takes the
// columns of the common table expression for ambiguous.
const (
	claimHead = `-- name: ClaimSagas :many
WITH due AS (
    SELECT id FROM sagas WHERE state = 'running' AND run_at <= $1 AND lease_until <= $1 ORDER BY run_at, id LIMIT $3 `
	claimTail = `
)
UPDATE sagas SET lease_until = $2, token = token + 1 WHERE id IN (SELECT id FROM due)
RETURNING id, kind, subject, state, phase, step, attempt, failing_since, run_at, lease_until, token, started_at, updated_at, memo, cause, last_error
`
)

// ClaimSagas leases the sagas that are due at now, those that have been due for longest if they are more than most. They come in no order.
// lock is the engine's clause that passes over rows which another transaction holds.
func (q *Queries) ClaimSagas(ctx context.Context, lock string, now, leaseUntil, most int64) ([]Saga, error) {
	rows, err := q.db.QueryContext(ctx, claimHead+lock+claimTail, now, leaseUntil, most)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Saga
	for rows.Next() {
		var i Saga
		if err := rows.Scan(&i.ID, &i.Kind, &i.Subject, &i.State, &i.Phase, &i.Step, &i.Attempt, &i.FailingSince, &i.RunAt, &i.LeaseUntil,
			&i.Token, &i.StartedAt, &i.UpdatedAt, &i.Memo, &i.Cause, &i.LastError); err != nil {
			return nil, err
		}
		out = append(out, i)
	}
	return out, rows.Err()
}
