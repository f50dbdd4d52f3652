-- name: ListClosedMembers :many
SELECT sqlc.embed(a), sqlc.embed(c) FROM accounts a CROSS JOIN closures c
WHERE a.organization_id = sqlc.arg(organization_id) AND a.state IN ('PENDING_CLOSURE', 'CLOSED') AND c.organization_id = a.organization_id AND c.account_id = a.id
    AND c.requested_at = (SELECT max(l.requested_at) FROM closures l WHERE l.organization_id = a.organization_id AND l.account_id = a.id)
ORDER BY a.joined_at, a.id;

-- name: ListPolicyTypeSwitches :many
SELECT type, switched_at FROM policy_type_switches WHERE organization_id = $1 ORDER BY type;

-- name: PutPolicyTypeSwitch :exec
INSERT INTO policy_type_switches (organization_id, type, switched_at) VALUES ($1, $2, $3)
ON CONFLICT (organization_id, type) DO UPDATE SET switched_at = excluded.switched_at;
