-- name: GetZone :one
SELECT * FROM zones WHERE organization_id = $1;

-- name: PutZone :exec
INSERT INTO zones (organization_id, setup, action, status, steps, message, deployed_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (organization_id) DO UPDATE SET setup = excluded.setup, action = excluded.action, status = excluded.status, steps = excluded.steps,
    message = excluded.message, deployed_at = excluded.deployed_at, updated_at = excluded.updated_at;

-- name: GetManagedUnit :one
SELECT * FROM managed_units WHERE organization_id = $1 AND unit_id = $2;

-- name: ListManagedUnits :many
SELECT * FROM managed_units
WHERE organization_id = sqlc.arg(organization_id) AND (created_at, unit_id) > (sqlc.arg(after_time), CAST(sqlc.arg(after_id) AS TEXT) || '')
ORDER BY created_at, unit_id LIMIT sqlc.arg(most);

-- name: PutManagedUnit :exec
INSERT INTO managed_units (organization_id, unit_id, type, state, message, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (organization_id, unit_id) DO UPDATE SET type = excluded.type, state = excluded.state, message = excluded.message,
    created_at = excluded.created_at, updated_at = excluded.updated_at;

-- name: DeleteManagedUnit :exec
DELETE FROM managed_units WHERE organization_id = $1 AND unit_id = $2;

-- name: GetManagedAccount :one
SELECT * FROM managed_accounts WHERE organization_id = $1 AND account_id = $2;

-- name: ListManagedAccounts :many
SELECT * FROM managed_accounts
WHERE organization_id = sqlc.arg(organization_id) AND (created_at, account_id) > (sqlc.arg(after_time), CAST(sqlc.arg(after_id) AS TEXT) || '')
ORDER BY created_at, account_id LIMIT sqlc.arg(most);

-- name: ListManagedAccountsBelow :many
SELECT * FROM managed_accounts
WHERE organization_id = sqlc.arg(organization_id) AND parent_id = sqlc.arg(parent_id) AND (created_at, account_id) > (sqlc.arg(after_time), CAST(sqlc.arg(after_id) AS TEXT) || '')
ORDER BY created_at, account_id LIMIT sqlc.arg(most);

-- name: PutManagedAccount :exec
INSERT INTO managed_accounts (organization_id, account_id, parent_id, type, made_here, state, message, identity_user, identity_email, blueprint, regions, created_at, updated_at)
VALUES ($1, $2, COALESCE((SELECT a.parent_id FROM accounts a WHERE a.id = $2 AND a.organization_id = $1), ''), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (account_id, organization_id) DO UPDATE SET parent_id = excluded.parent_id, type = excluded.type, made_here = excluded.made_here,
    state = excluded.state, message = excluded.message, identity_user = excluded.identity_user, identity_email = excluded.identity_email,
    blueprint = excluded.blueprint, regions = excluded.regions, created_at = excluded.created_at, updated_at = excluded.updated_at;

-- name: PlaceManagedAccount :exec
UPDATE managed_accounts SET parent_id = CASE WHEN organization_id = sqlc.arg(organization_id) THEN CAST(sqlc.arg(parent_id) AS TEXT) ELSE '' END
WHERE account_id = sqlc.arg(account_id);

-- name: DeleteManagedAccount :execrows
DELETE FROM managed_accounts WHERE organization_id = $1 AND account_id = $2;

-- name: GetOperation :one
SELECT * FROM operations WHERE organization_id = $1 AND id = $2;

-- name: LatestAccountOperation :one
SELECT * FROM operations WHERE organization_id = $1 AND account_id = $2 ORDER BY created_at DESC, id DESC LIMIT 1;

-- name: LatestUnitOperation :one
SELECT * FROM operations WHERE organization_id = $1 AND unit_id = $2 AND account_id = '' AND kind <> 'CREATE_ACCOUNT'
ORDER BY created_at DESC, id DESC LIMIT 1;

-- name: PutOperation :exec
INSERT INTO operations (organization_id, id, kind, account_id, unit_id, status, steps, message, request, requested_by, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (organization_id, id) DO UPDATE SET kind = excluded.kind, account_id = excluded.account_id, unit_id = excluded.unit_id,
    status = excluded.status, steps = excluded.steps, message = excluded.message, request = excluded.request, requested_by = excluded.requested_by,
    created_at = excluded.created_at, updated_at = excluded.updated_at;
