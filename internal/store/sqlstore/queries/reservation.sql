-- name: ListHolders :many
SELECT slot, holder FROM reservations WHERE partition = $1 AND field = $2 AND value = $3 ORDER BY slot;

-- name: TakeSlot :execrows
INSERT INTO reservations (partition, field, value, slot, holder) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (partition, field, value, slot) DO NOTHING;

-- name: PassReservations :exec
UPDATE reservations SET holder = sqlc.arg(new_holder) WHERE holder = sqlc.arg(holder);

-- name: ReleaseReservations :exec
DELETE FROM reservations WHERE holder = $1;
