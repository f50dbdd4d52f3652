-- The tables of the PostgreSQL schema in SQLite's words.

-- +goose Up

CREATE TABLE trusted_services (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    service         TEXT NOT NULL,
    enabled_at      INTEGER NOT NULL,
    PRIMARY KEY (organization_id, service)
) STRICT;

CREATE TABLE delegations (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    account_id      TEXT NOT NULL,
    service         TEXT NOT NULL,
    enabled_at      INTEGER NOT NULL,
    PRIMARY KEY (organization_id, account_id, service)
) STRICT;
CREATE INDEX delegations_by_service ON delegations (organization_id, service, account_id);

CREATE TABLE resource_policies (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              TEXT NOT NULL,
    content         TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (organization_id)
) STRICT;

-- +goose Down
DROP TABLE resource_policies;
DROP TABLE delegations;
DROP TABLE trusted_services;
