-- name: GetTransfer :one
SELECT * FROM transfers WHERE id = $1;

-- name: ListInboundTransfers :many
SELECT * FROM transfers
WHERE target_id = sqlc.arg(target_id) AND (created_at, id) < (sqlc.arg(before_time), CAST(sqlc.arg(before_id) AS TEXT) || '')
ORDER BY created_at DESC, id DESC LIMIT sqlc.arg(most);

-- name: ListOutboundTransfers :many
SELECT * FROM transfers
WHERE source_id = sqlc.arg(source_id) AND (created_at, id) < (sqlc.arg(before_time), CAST(sqlc.arg(before_id) AS TEXT) || '')
ORDER BY created_at DESC, id DESC LIMIT sqlc.arg(most);

-- name: ListRunningInbound :many
SELECT * FROM transfers WHERE target_id = sqlc.arg(target_id) AND runs_until > sqlc.arg(seen_at) ORDER BY runs_until, id;

-- name: ListRunningOutbound :many
SELECT * FROM transfers WHERE source_id = sqlc.arg(source_id) AND runs_until > sqlc.arg(seen_at) ORDER BY runs_until, id;

-- name: InsertTransfer :execrows
INSERT INTO transfers (id, partition, name, source_id, source, target_id, target, status, starts_at, ends_at, expires_at, runs_until, handshake_id, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (id) DO NOTHING;

-- name: UpdateTransfer :execrows
UPDATE transfers SET name = $2, status = $3, ends_at = $4, runs_until = $5 WHERE id = $1;
