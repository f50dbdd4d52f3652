-- name: ListEvents :many
SELECT * FROM events
WHERE organization_id = sqlc.arg(organization_id) AND (version, idx) > (sqlc.arg(version), sqlc.arg(idx))
ORDER BY version, idx LIMIT sqlc.arg(most);

-- name: InsertEvent :exec
INSERT INTO events (organization_id, version, idx, id, name, partition, at, caller, subject, detail)
VALUES ($1, $2, (SELECT COALESCE(MAX(e.idx) + 1, 0) FROM events e WHERE e.organization_id = $1 AND e.version = $2), $3, $4, $5, $6, $7, $8, $9);
