-- name: ListRootFeatures :many
SELECT feature FROM root_features WHERE organization_id = $1 ORDER BY feature;

-- name: EnableRootFeature :exec
INSERT INTO root_features (organization_id, feature) VALUES ($1, $2) ON CONFLICT (organization_id, feature) DO NOTHING;

-- name: DisableRootFeature :exec
DELETE FROM root_features WHERE organization_id = $1 AND feature = $2;
