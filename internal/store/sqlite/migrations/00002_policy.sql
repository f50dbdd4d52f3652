-- The tables of the PostgreSQL schema in SQLite's words.

-- +goose Up

-- version is the organization's when the policy was last changed.
CREATE TABLE policies (
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
CREATE INDEX policies_by_age ON policies (organization_id, type, created_at, id);

-- The types that are enabled.
CREATE TABLE policy_types (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    type            TEXT NOT NULL,
    PRIMARY KEY (organization_id, type)
) STRICT;

-- The cloud's own policies have no row of their own, so nothing ties a policy_id to one. position is the organization's version at the attaching.
CREATE TABLE attachments (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    target_id       TEXT NOT NULL,
    policy_id       TEXT NOT NULL,
    type            TEXT NOT NULL,
    position        INTEGER NOT NULL,
    PRIMARY KEY (organization_id, target_id, policy_id)
) STRICT;
CREATE INDEX attachments_by_type ON attachments (organization_id, type, target_id, position, policy_id);
CREATE INDEX attachments_by_policy ON attachments (organization_id, policy_id, position, target_id);

-- When the effective policies at a target and below it last changed for a cause at that target.
CREATE TABLE policy_changes (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    type            TEXT NOT NULL,
    target_id       TEXT NOT NULL,
    changed_at      INTEGER NOT NULL,
    PRIMARY KEY (organization_id, target_id, type)
) STRICT;

-- The accounts whose effective policy is invalid, with the last valid one; content is empty when there was none.
CREATE TABLE kept_policies (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    type            TEXT NOT NULL,
    account_id      TEXT NOT NULL,
    content         TEXT NOT NULL,
    updated_at      INTEGER NOT NULL,
    kept_at         INTEGER NOT NULL,
    PRIMARY KEY (organization_id, account_id, type)
) STRICT;
CREATE INDEX kept_policies_by_age ON kept_policies (organization_id, type, kept_at, account_id);

-- +goose Down
DROP TABLE kept_policies;
DROP TABLE policy_changes;
DROP TABLE attachments;
DROP TABLE policy_types;
DROP TABLE policies;
