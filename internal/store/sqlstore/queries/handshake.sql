-- name: GetHandshake :one
SELECT * FROM handshakes WHERE id = $1;

-- name: ListSentHandshakes :many
SELECT * FROM handshakes
WHERE organization_id = sqlc.arg(organization_id) AND action = sqlc.arg(action) AND gone_at > sqlc.arg(seen_at)
    AND (requested_at, id) < (sqlc.arg(before_time), CAST(sqlc.arg(before_id) AS TEXT) || '')
ORDER BY requested_at DESC, id DESC LIMIT sqlc.arg(most);

-- name: ListSentHandshakesBelow :many
SELECT * FROM handshakes
WHERE organization_id = sqlc.arg(organization_id) AND parent_id = sqlc.arg(parent_id) AND gone_at > sqlc.arg(seen_at)
    AND (requested_at, id) < (sqlc.arg(before_time), CAST(sqlc.arg(before_id) AS TEXT) || '')
ORDER BY requested_at DESC, id DESC LIMIT sqlc.arg(most);

-- name: ListReceivedHandshakes :many
SELECT * FROM handshakes
WHERE recipient = sqlc.arg(recipient) AND action = sqlc.arg(action) AND gone_at > sqlc.arg(seen_at)
    AND (requested_at, id) < (sqlc.arg(before_time), CAST(sqlc.arg(before_id) AS TEXT) || '')
ORDER BY requested_at DESC, id DESC LIMIT sqlc.arg(most);

-- name: ListReceivedHandshakesBelow :many
SELECT * FROM handshakes
WHERE recipient = sqlc.arg(recipient) AND parent_id = sqlc.arg(parent_id) AND gone_at > sqlc.arg(seen_at)
    AND (requested_at, id) < (sqlc.arg(before_time), CAST(sqlc.arg(before_id) AS TEXT) || '')
ORDER BY requested_at DESC, id DESC LIMIT sqlc.arg(most);

-- name: CountOpenHandshakes :one
SELECT count(*) FROM handshakes
WHERE organization_id = sqlc.arg(organization_id) AND action = sqlc.arg(action) AND state = 'OPEN' AND expires_at > sqlc.arg(seen_at);

-- name: CountOpenHandshakesFor :one
SELECT count(*) FROM handshakes
WHERE recipient = sqlc.arg(recipient) AND action = sqlc.arg(action) AND organization_id = sqlc.arg(organization_id) AND state = 'OPEN'
    AND expires_at > sqlc.arg(seen_at);

-- name: CountHandshakesSince :one
SELECT count(*) FROM handshakes
WHERE organization_id = sqlc.arg(organization_id) AND action = sqlc.arg(action) AND requested_at > sqlc.arg(since) AND state <> 'ACCEPTED';

-- name: InsertHandshake :execrows
INSERT INTO handshakes (id, organization_id, partition, sender, action, state, target_kind, target, recipient, account_id, parent_id, transfer_id, starts_at,
    notes, tags, waiting, requested_at, expires_at, ended_at, gone_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) ON CONFLICT (id) DO NOTHING;

-- name: UpdateHandshake :execrows
UPDATE handshakes SET state = $2, recipient = $3, account_id = $4, waiting = $5, ended_at = $6, gone_at = $7 WHERE id = $1;

-- name: SweepHandshakes :exec
DELETE FROM handshakes WHERE organization_id = sqlc.arg(organization_id) AND gone_at <= sqlc.arg(seen_at);

-- name: SetFeatureSet :execrows
UPDATE organizations SET feature_set = $2 WHERE id = $1;
