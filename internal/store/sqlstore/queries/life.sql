-- name: SetDue :execrows
UPDATE organizations SET due_at = $2 WHERE id = $1;

-- name: ListDueOrganizations :many
SELECT id FROM organizations WHERE due_at > -62135596800000000 AND due_at <= sqlc.arg(now) ORDER BY due_at, id LIMIT sqlc.arg(most);

-- name: ListClosedAccounts :many
SELECT * FROM accounts WHERE organization_id = sqlc.arg(organization_id) AND state = 'CLOSED' ORDER BY closed_at, id LIMIT sqlc.arg(most);

-- name: GetClosure :one
SELECT * FROM closures WHERE organization_id = $1 AND account_id = $2 ORDER BY requested_at DESC LIMIT 1;

-- name: CountClosuresRunning :one
SELECT count(*) FROM closures WHERE organization_id = $1 AND state = 'IN_PROGRESS';

-- name: CountClosuresSince :one
SELECT count(*) FROM closures WHERE organization_id = $1 AND requested_at > $2 AND state <> 'FAILED';

-- name: PutClosure :exec
INSERT INTO closures (organization_id, account_id, requested_at, completed_at, state) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organization_id, account_id, requested_at) DO UPDATE SET completed_at = excluded.completed_at, state = excluded.state;

-- name: RenameUnit :execrows
UPDATE units SET name = sqlc.arg(name) WHERE organization_id = sqlc.arg(organization_id) AND id = sqlc.arg(id);

-- name: GetUnitNamed :one
SELECT id FROM units WHERE organization_id = $1 AND parent_id = $2 AND name = $3;

-- name: GetContact :one
SELECT * FROM contacts WHERE account_id = $1 AND kind = $2;

-- name: PutContact :exec
INSERT INTO contacts (account_id, kind, fields) VALUES ($1, $2, $3) ON CONFLICT (account_id, kind) DO UPDATE SET fields = excluded.fields;

-- name: DeleteContact :execrows
DELETE FROM contacts WHERE account_id = $1 AND kind = $2;

-- name: GetEmailChange :one
SELECT * FROM email_changes WHERE account_id = $1;

-- name: PutEmailChange :exec
INSERT INTO email_changes (account_id, email, code, requested_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (account_id) DO UPDATE SET email = excluded.email, code = excluded.code, requested_at = excluded.requested_at;

-- name: DeleteEmailChange :exec
DELETE FROM email_changes WHERE account_id = $1;

-- name: ListAccountRegions :many
SELECT * FROM account_regions WHERE account_id = $1 ORDER BY name;

-- name: PutAccountRegion :exec
INSERT INTO account_regions (account_id, name, status, changed_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (account_id, name) DO UPDATE SET status = excluded.status, changed_at = excluded.changed_at;

-- name: ReleaseReservation :exec
DELETE FROM reservations WHERE partition = $1 AND field = $2 AND value = $3 AND holder = $4;
