-- name: GetAccount :one
SELECT * FROM accounts WHERE id = $1;

-- name: GetMember :one
SELECT sqlc.embed(accounts), sqlc.embed(organizations)
FROM accounts JOIN organizations ON organizations.id = accounts.organization_id WHERE accounts.id = $1;

-- name: LockAccount :one
UPDATE accounts SET locks = locks + 1 WHERE id = $1 RETURNING *;

-- name: ListAccounts :many
SELECT * FROM accounts
WHERE organization_id = sqlc.arg(organization_id) AND state <> 'CREATING' AND (joined_at, id) > (sqlc.arg(after_time), CAST(sqlc.arg(after_id) AS TEXT) || '')
ORDER BY joined_at, id LIMIT sqlc.arg(most);

-- name: ListAccountsBelow :many
SELECT * FROM accounts
WHERE organization_id = sqlc.arg(organization_id) AND parent_id = sqlc.arg(parent_id) AND state <> 'CREATING' AND (joined_at, id) > (sqlc.arg(after_time), CAST(sqlc.arg(after_id) AS TEXT) || '')
ORDER BY joined_at, id LIMIT sqlc.arg(most);

-- name: CountAccounts :one
SELECT count(*) FROM accounts WHERE organization_id = $1 AND state <> 'CREATING';

-- name: CountActiveAccounts :one
SELECT count(*) FROM accounts WHERE organization_id = $1 AND state = 'ACTIVE';

-- name: CountAccountsBelow :one
SELECT count(*) FROM accounts WHERE organization_id = $1 AND parent_id = $2 AND state <> 'CREATING';

-- name: InsertAccount :execrows
INSERT INTO accounts (id, partition, organization_id, parent_id, name, email, phone, description, resource, state, join_method, joined_at, created_at, closed_at, twin_id, lacks)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT (id) DO NOTHING;

-- name: UpdateAccount :execrows
UPDATE accounts SET partition = $2, organization_id = $3, parent_id = $4, name = $5, email = $6, phone = $7, description = $8, resource = $9,
    state = $10, join_method = $11, joined_at = $12, created_at = $13, closed_at = $14, twin_id = $15, lacks = $16
WHERE id = $1;

-- name: DeleteAccount :execrows
DELETE FROM accounts WHERE id = $1;

-- name: DeleteAccountTags :exec
DELETE FROM tags WHERE organization_id = (SELECT organization_id FROM accounts WHERE id = sqlc.arg(id)) AND resource = sqlc.arg(id);
