-- The tables of the PostgreSQL schema in SQLite's words.

-- +goose Up

-- A constraint is changed by writing the table anew.
CREATE TABLE policies_in_spaces (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              TEXT NOT NULL,
    type            TEXT NOT NULL,
    name            TEXT NOT NULL,
    description     TEXT NOT NULL,
    content         TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    space           TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, space, name)
) STRICT;
INSERT INTO policies_in_spaces (organization_id, id, type, name, description, content, created_at, version)
SELECT organization_id, id, type, name, description, content, created_at, version FROM policies;
DROP TABLE policies;
ALTER TABLE policies_in_spaces RENAME TO policies;
CREATE INDEX policies_by_age ON policies (organization_id, type, created_at, id);

CREATE TABLE dry_runs (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    type            TEXT NOT NULL,
    enabled         INTEGER NOT NULL,
    bucket          TEXT NOT NULL,
    region          TEXT NOT NULL,
    prefix          TEXT NOT NULL,
    agency          TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    switched_at     INTEGER NOT NULL,
    recorded        INTEGER NOT NULL,
    PRIMARY KEY (organization_id, type)
) STRICT;

CREATE TABLE dry_run_records (
    organization_id TEXT NOT NULL,
    number          INTEGER NOT NULL,
    record          TEXT NOT NULL,
    delivered       INTEGER NOT NULL,
    PRIMARY KEY (organization_id, number)
) STRICT;
CREATE INDEX dry_run_records_by_delivery ON dry_run_records (organization_id, number) WHERE NOT delivered;

-- +goose Down
DROP TABLE dry_run_records;
DROP TABLE dry_runs;
DELETE FROM attachments WHERE type = 'tried_service_control';
CREATE TABLE policies_in_one_space (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              TEXT NOT NULL,
    type            TEXT NOT NULL,
    name            TEXT NOT NULL,
    description     TEXT NOT NULL,
    content         TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, name)
) STRICT;
INSERT INTO policies_in_one_space
SELECT organization_id, id, type, name, description, content, created_at, version FROM policies WHERE space = '';
DROP TABLE policies;
ALTER TABLE policies_in_one_space RENAME TO policies;
CREATE INDEX policies_by_age ON policies (organization_id, type, created_at, id);
