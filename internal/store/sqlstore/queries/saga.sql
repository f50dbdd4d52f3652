-- name: InsertSaga :execrows
INSERT INTO sagas (id, kind, subject, state, phase, step, attempt, failing_since, run_at, lease_until, token, started_at, updated_at, memo, cause, last_error)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT (id) DO NOTHING;

-- name: UpdateSaga :execrows
UPDATE sagas SET kind = $3, subject = $4, state = $5, phase = $6, step = $7, attempt = $8, failing_since = $9, run_at = $10, lease_until = $11,
    started_at = $12, updated_at = $13, memo = $14, cause = $15, last_error = $16
WHERE id = $1 AND token = $2;

-- name: DeleteSaga :execrows
DELETE FROM sagas WHERE id = $1 AND token = $2;

-- name: CountSagas :many
SELECT kind, count(*) AS running, CAST(min(started_at) AS BIGINT) AS oldest FROM sagas WHERE state = 'running' GROUP BY kind ORDER BY kind;
