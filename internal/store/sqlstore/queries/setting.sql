-- name: GetSetting :one
SELECT value FROM settings WHERE name = $1;

-- name: InsertSetting :exec
INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING;

-- name: TouchSettings :exec
UPDATE settings SET value = value WHERE name = '';
