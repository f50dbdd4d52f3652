-- name: GetPolicy :one
SELECT * FROM policies WHERE organization_id = $1 AND id = $2;

-- name: ListPolicies :many
SELECT * FROM policies
WHERE organization_id = sqlc.arg(organization_id) AND type = sqlc.arg(type) AND (created_at, id) > (sqlc.arg(after_time), CAST(sqlc.arg(after_id) AS TEXT) || '')
ORDER BY created_at, id LIMIT sqlc.arg(most);

-- name: CountPolicies :one
SELECT count(*) FROM policies WHERE organization_id = $1 AND type = $2;

-- name: InsertPolicy :execrows
INSERT INTO policies (organization_id, id, type, name, description, content, created_at, version, space)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (organization_id, space, name) DO NOTHING;

-- name: PolicyNamed :one
SELECT id FROM policies WHERE organization_id = $1 AND space = $2 AND name = $3;

-- name: UpdatePolicy :execrows
UPDATE policies SET name = $3, description = $4, content = $5, version = $6 WHERE organization_id = $1 AND id = $2;

-- name: DeletePolicy :execrows
DELETE FROM policies WHERE organization_id = $1 AND id = $2;

-- name: ListPolicyTypes :many
SELECT type FROM policy_types WHERE organization_id = $1 ORDER BY type;

-- name: EnablePolicyType :execrows
INSERT INTO policy_types (organization_id, type) VALUES ($1, $2) ON CONFLICT (organization_id, type) DO NOTHING;

-- name: DisablePolicyType :execrows
DELETE FROM policy_types WHERE organization_id = $1 AND type = $2;
