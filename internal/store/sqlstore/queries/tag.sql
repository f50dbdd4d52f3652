-- name: ListTags :many
SELECT key, value FROM tags WHERE organization_id = $1 AND resource = $2 ORDER BY key;

-- name: PutTag :exec
INSERT INTO tags (organization_id, resource, key, value) VALUES ($1, $2, $3, $4)
ON CONFLICT (organization_id, resource, key) DO UPDATE SET value = excluded.value;

-- name: DeleteTag :exec
DELETE FROM tags WHERE organization_id = $1 AND resource = $2 AND key = $3;

-- name: DeleteTags :exec
DELETE FROM tags WHERE organization_id = $1 AND resource = $2;
