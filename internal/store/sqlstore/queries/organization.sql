-- name: GetOrganization :one
SELECT * FROM organizations WHERE id = $1;

-- name: LockOrganization :one
UPDATE organizations SET version = version + 1 WHERE id = $1 RETURNING *;

-- name: LockHome :one
UPDATE organizations SET version = version + 1 WHERE id = (SELECT organization_id FROM accounts WHERE accounts.id = $1) RETURNING *;

-- name: InsertOrganization :execrows
INSERT INTO organizations (id, partition, management_id, root_id, feature_set, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING;

-- name: DeleteOrganization :execrows
DELETE FROM organizations WHERE id = $1;
