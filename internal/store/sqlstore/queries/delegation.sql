-- name: GetTrustedService :one
SELECT * FROM trusted_services WHERE organization_id = $1 AND service = $2;

-- name: ListTrustedServices :many
SELECT * FROM trusted_services WHERE organization_id = $1 AND service > $2 ORDER BY service LIMIT $3;

-- name: InsertTrustedService :execrows
INSERT INTO trusted_services (organization_id, service, enabled_at) VALUES ($1, $2, $3) ON CONFLICT (organization_id, service) DO NOTHING;

-- name: DeleteTrustedService :execrows
DELETE FROM trusted_services WHERE organization_id = $1 AND service = $2;

-- name: GetDelegation :one
SELECT * FROM delegations WHERE organization_id = $1 AND account_id = $2 AND service = $3;

-- name: ListDelegatesOfService :many
SELECT * FROM delegations WHERE organization_id = $1 AND service = $2 AND account_id > $3 ORDER BY account_id LIMIT $4;

-- name: ListDelegates :many
SELECT account_id, CAST(min(enabled_at) AS BIGINT) AS enabled_at FROM delegations WHERE organization_id = $1 AND account_id > $2
GROUP BY account_id ORDER BY account_id LIMIT $3;

-- name: CountDelegates :one
SELECT count(*) FROM delegations WHERE organization_id = $1 AND service = $2;

-- name: ListDelegations :many
SELECT * FROM delegations WHERE organization_id = $1 AND account_id = $2 AND service > $3 ORDER BY service LIMIT $4;

-- name: InsertDelegation :execrows
INSERT INTO delegations (organization_id, account_id, service, enabled_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (organization_id, account_id, service) DO NOTHING;

-- name: DeleteDelegation :execrows
DELETE FROM delegations WHERE organization_id = $1 AND account_id = $2 AND service = $3;

-- name: DeleteDelegationsOfAccount :exec
DELETE FROM delegations WHERE organization_id = $1 AND account_id = $2;

-- name: DeleteDelegationsOfService :exec
DELETE FROM delegations WHERE organization_id = $1 AND service = $2;

-- name: GetResourcePolicy :one
SELECT * FROM resource_policies WHERE organization_id = $1;

-- name: PutResourcePolicy :exec
INSERT INTO resource_policies (organization_id, id, content, created_at, updated_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organization_id) DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at;

-- name: DeleteResourcePolicy :execrows
DELETE FROM resource_policies WHERE organization_id = $1;
