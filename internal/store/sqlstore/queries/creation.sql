-- name: GetCreation :one
SELECT * FROM creations WHERE organization_id = $1 AND id = $2;

-- name: GetMemberCreation :one
SELECT sqlc.embed(accounts), sqlc.embed(organizations), sqlc.embed(creations)
FROM accounts
JOIN organizations ON organizations.id = accounts.organization_id
JOIN creations ON creations.organization_id = organizations.id
WHERE accounts.id = sqlc.arg(account_id) AND creations.id = sqlc.arg(id);

-- name: GetManagedCreation :one
SELECT sqlc.embed(accounts), sqlc.embed(organizations), sqlc.embed(creations)
FROM creations
JOIN organizations ON organizations.id = creations.organization_id
JOIN accounts ON accounts.id = organizations.management_id
WHERE creations.organization_id = $1 AND creations.id = $2;

-- name: ListCreations :many
SELECT * FROM creations
WHERE organization_id = sqlc.arg(organization_id) AND (requested_at, id) < (sqlc.arg(before_time), CAST(sqlc.arg(before_id) AS TEXT) || '')
ORDER BY requested_at DESC, id DESC LIMIT sqlc.arg(most);

-- name: ListCreationsIn :many
SELECT * FROM creations
WHERE organization_id = sqlc.arg(organization_id) AND state = sqlc.arg(state) AND (requested_at, id) < (sqlc.arg(before_time), CAST(sqlc.arg(before_id) AS TEXT) || '')
ORDER BY requested_at DESC, id DESC LIMIT sqlc.arg(most);

-- name: CountCreations :one
SELECT count(*) FROM creations WHERE organization_id = $1 AND state = $2;

-- name: InsertCreation :execrows
INSERT INTO creations (organization_id, id, partition, state, request, requested_by, requested_at, completed_at, account_id, gov_account_id, failure, failure_detail)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (organization_id, id) DO NOTHING;

-- name: UpdateCreation :execrows
UPDATE creations SET partition = $3, state = $4, request = $5, requested_by = $6, requested_at = $7, completed_at = $8, account_id = $9,
    gov_account_id = $10, failure = $11, failure_detail = $12
WHERE organization_id = $1 AND id = $2;
