-- name: GetUnit :one
SELECT * FROM units WHERE organization_id = $1 AND id = $2;

-- name: ListUnits :many
SELECT * FROM units
WHERE organization_id = sqlc.arg(organization_id) AND parent_id <> '' AND (created_at, id) > (sqlc.arg(after_time), CAST(sqlc.arg(after_id) AS TEXT) || '')
ORDER BY created_at, id LIMIT sqlc.arg(most);

-- name: ListUnitsBelow :many
SELECT * FROM units
WHERE organization_id = sqlc.arg(organization_id) AND parent_id = sqlc.arg(parent_id) AND (created_at, id) > (sqlc.arg(after_time), CAST(sqlc.arg(after_id) AS TEXT) || '')
ORDER BY created_at, id LIMIT sqlc.arg(most);

-- name: CountUnits :one
SELECT count(*) FROM units WHERE organization_id = $1 AND parent_id <> '';

-- name: CountUnitsBelow :one
SELECT count(*) FROM units WHERE organization_id = $1 AND parent_id = $2;

-- name: InsertUnit :execrows
INSERT INTO units (organization_id, id, parent_id, name, depth, created_at)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organization_id, parent_id, name) DO NOTHING;

-- name: DeleteUnit :execrows
DELETE FROM units WHERE organization_id = $1 AND id = $2;
