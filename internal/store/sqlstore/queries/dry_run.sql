-- name: GetDryRun :one
SELECT * FROM dry_runs WHERE organization_id = $1 AND type = $2;

-- name: PutDryRun :exec
INSERT INTO dry_runs (organization_id, type, enabled, bucket, region, prefix, agency, created_at, updated_at, switched_at, recorded)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)
ON CONFLICT (organization_id, type) DO UPDATE SET
    enabled = excluded.enabled, bucket = excluded.bucket, region = excluded.region, prefix = excluded.prefix, agency = excluded.agency,
    created_at = excluded.created_at, updated_at = excluded.updated_at, switched_at = excluded.switched_at;

-- name: NextDryRunRecord :one
UPDATE dry_runs SET recorded = recorded + 1 WHERE organization_id = $1 AND type = $2 RETURNING recorded;

-- name: InsertDryRunRecord :exec
INSERT INTO dry_run_records (organization_id, number, record, delivered) VALUES ($1, $2, $3, FALSE);

-- name: ListDryRunRecords :many
SELECT * FROM dry_run_records WHERE organization_id = sqlc.arg(organization_id) AND number > sqlc.arg(after_number)
ORDER BY number LIMIT sqlc.arg(most);

-- name: ListDryRunRecordsToDeliver :many
SELECT * FROM dry_run_records WHERE NOT delivered ORDER BY organization_id, number LIMIT $1;

-- name: MarkDryRunRecordDelivered :exec
UPDATE dry_run_records SET delivered = TRUE WHERE organization_id = $1 AND number = $2;
