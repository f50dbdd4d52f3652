-- name: ListAttachments :many
SELECT * FROM attachments
WHERE organization_id = sqlc.arg(organization_id) AND type = sqlc.arg(type) AND target_id = sqlc.arg(target_id) AND (position, policy_id) > (sqlc.arg(after_position), CAST(sqlc.arg(after_id) AS TEXT) || '')
ORDER BY position, policy_id LIMIT sqlc.arg(most);

-- name: ListAttachmentsOf :many
SELECT * FROM attachments
WHERE organization_id = sqlc.arg(organization_id) AND policy_id = sqlc.arg(policy_id) AND (position, target_id) > (sqlc.arg(after_position), CAST(sqlc.arg(after_id) AS TEXT) || '')
ORDER BY position, target_id LIMIT sqlc.arg(most);

-- name: ListAttachmentsByType :many
SELECT * FROM attachments WHERE organization_id = $1 AND type = $2 ORDER BY target_id, position, policy_id;

-- name: CountAttachments :one
SELECT count(*) FROM attachments WHERE organization_id = $1 AND type = $2 AND target_id = $3;

-- name: CountAttachmentsOf :one
SELECT count(*) FROM attachments WHERE organization_id = $1 AND policy_id = $2;

-- name: InsertAttachment :execrows
INSERT INTO attachments (organization_id, target_id, policy_id, type, position)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organization_id, target_id, policy_id) DO NOTHING;

-- name: AttachToUnits :exec
INSERT INTO attachments (organization_id, target_id, policy_id, type, position)
SELECT u.organization_id, u.id, CAST(sqlc.arg(policy_id) AS TEXT), CAST(sqlc.arg(type) AS TEXT), CAST(sqlc.arg(position) AS BIGINT) FROM units u
WHERE u.organization_id = sqlc.arg(organization_id)
ON CONFLICT (organization_id, target_id, policy_id) DO NOTHING;

-- name: AttachToAccounts :exec
INSERT INTO attachments (organization_id, target_id, policy_id, type, position)
SELECT a.organization_id, a.id, CAST(sqlc.arg(policy_id) AS TEXT), CAST(sqlc.arg(type) AS TEXT), CAST(sqlc.arg(position) AS BIGINT) FROM accounts a
WHERE a.organization_id = sqlc.arg(organization_id) AND a.state <> 'CREATING'
ON CONFLICT (organization_id, target_id, policy_id) DO NOTHING;

-- name: DeleteAttachment :execrows
DELETE FROM attachments WHERE organization_id = $1 AND target_id = $2 AND policy_id = $3;

-- name: DeleteAttachmentsOn :exec
DELETE FROM attachments WHERE organization_id = $1 AND target_id = $2;

-- name: DeleteAttachmentsByType :exec
DELETE FROM attachments WHERE organization_id = $1 AND type = $2;
