-- name: GetPrincipal :one
SELECT * FROM principals WHERE id = $1;

-- name: GetPrincipalNamed :one
SELECT * FROM principals WHERE account_id = $1 AND kind = $2 AND name = $3;

-- name: ListPrincipals :many
SELECT * FROM principals WHERE account_id = $1 ORDER BY kind, name;

-- name: InsertPrincipal :execrows
INSERT INTO principals (id, account_id, kind, name, path, administrator, trusts, max_session, created_at, description)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (account_id, kind, name) DO NOTHING;

-- name: DeletePrincipal :exec
DELETE FROM principals WHERE id = $1;

-- name: GetKey :one
SELECT * FROM keys WHERE id = $1;

-- name: InsertKey :execrows
INSERT INTO keys (id, account_id, principal_id, sealed, status, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING;
