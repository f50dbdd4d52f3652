-- name: PolicyChangedAt :one
SELECT changed_at FROM policy_changes WHERE organization_id = $1 AND target_id = $2 AND type = $3;

-- name: PutPolicyChange :exec
INSERT INTO policy_changes (organization_id, target_id, type, changed_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (organization_id, target_id, type) DO UPDATE SET changed_at = excluded.changed_at;

-- name: PutPolicyChangeOf :exec
INSERT INTO policy_changes (organization_id, type, target_id, changed_at)
SELECT a.organization_id, a.type, a.target_id, CAST(sqlc.arg(changed_at) AS BIGINT) FROM attachments a
WHERE a.organization_id = sqlc.arg(organization_id) AND a.policy_id = sqlc.arg(policy_id)
ON CONFLICT (organization_id, target_id, type) DO UPDATE SET changed_at = excluded.changed_at;

-- name: DeletePolicyChangesAt :exec
DELETE FROM policy_changes WHERE organization_id = $1 AND target_id = $2;

-- name: DeletePolicyChanges :exec
DELETE FROM policy_changes WHERE organization_id = $1 AND type = $2;

-- name: GetKeptPolicy :one
SELECT * FROM kept_policies WHERE organization_id = $1 AND account_id = $2 AND type = $3;

-- name: ListKeptPolicies :many
SELECT * FROM kept_policies
WHERE organization_id = sqlc.arg(organization_id) AND type = sqlc.arg(type) AND (kept_at, account_id) > (sqlc.arg(after_time), CAST(sqlc.arg(after_id) AS TEXT) || '')
ORDER BY kept_at, account_id LIMIT sqlc.arg(most);

-- name: InsertKeptPolicy :exec
INSERT INTO kept_policies (organization_id, type, account_id, content, updated_at, kept_at) VALUES ($1, $2, $3, $4, $5, $6);

-- name: DeleteKeptPolicy :exec
DELETE FROM kept_policies WHERE organization_id = $1 AND account_id = $2 AND type = $3;

-- name: DeleteKeptPolicies :exec
DELETE FROM kept_policies WHERE organization_id = $1 AND type = $2;

-- name: DeleteKeptPoliciesOf :exec
DELETE FROM kept_policies WHERE organization_id = $1 AND account_id = $2;
