-- name: ListTags :many
SELECT key, value FROM tags WHERE organization_id = $1 AND resource = $2 ORDER BY key;

-- name: PutTag :exec
INSERT INTO tags (organization_id, resource, key, value) VALUES ($1, $2, $3, $4)
ON CONFLICT (organization_id, resource, key) DO UPDATE SET value = excluded.value;

-- name: DeleteTag :exec
DELETE FROM tags WHERE organization_id = $1 AND resource = $2 AND key = $3;

-- name: DeleteTags :exec
DELETE FROM tags WHERE organization_id = $1 AND resource = $2;

-- name: ListUnitTags :many
SELECT resource, key, value FROM tags t
WHERE t.organization_id = $1 AND EXISTS (
    SELECT 1 FROM units u WHERE u.organization_id = t.organization_id AND u.id = t.resource AND u.parent_id <> ''
) ORDER BY resource, key;

-- name: ListAccountTags :many
SELECT resource, key, value FROM tags t
WHERE t.organization_id = $1 AND EXISTS (
    SELECT 1 FROM accounts a WHERE a.id = t.resource AND a.organization_id = t.organization_id AND a.state <> 'CREATING'
) ORDER BY resource, key;

-- name: ListPolicyTags :many
SELECT resource, key, value FROM tags t
WHERE t.organization_id = $1 AND EXISTS (
    SELECT 1 FROM policies p WHERE p.organization_id = t.organization_id AND p.id = t.resource
) ORDER BY resource, key;
