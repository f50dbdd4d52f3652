-- The tables of the PostgreSQL schema in SQLite's words.

-- +goose Up

-- The moment at which the service itself has something to do in the organization; the zero time, which stands for none, is the default.
ALTER TABLE organizations ADD COLUMN due_at INTEGER NOT NULL DEFAULT -62135596800000000;
CREATE INDEX organizations_by_due ON organizations (due_at, id) WHERE due_at > -62135596800000000;

ALTER TABLE accounts ADD COLUMN closed_at INTEGER NOT NULL DEFAULT -62135596800000000;
ALTER TABLE accounts ADD COLUMN twin_id TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN lacks INTEGER NOT NULL DEFAULT 0;
CREATE INDEX accounts_by_closing ON accounts (organization_id, closed_at, id) WHERE state = 'CLOSED';

CREATE TABLE closures (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    account_id      TEXT NOT NULL,
    requested_at    INTEGER NOT NULL,
    completed_at    INTEGER NOT NULL,
    state           TEXT NOT NULL,
    PRIMARY KEY (organization_id, account_id, requested_at)
) STRICT;
CREATE INDEX closures_by_age ON closures (organization_id, requested_at) WHERE state <> 'FAILED';
CREATE INDEX closures_by_state ON closures (organization_id) WHERE state = 'IN_PROGRESS';

CREATE TABLE contacts (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    fields     TEXT NOT NULL,
    PRIMARY KEY (account_id, kind)
) STRICT;

CREATE TABLE email_changes (
    account_id   TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    email        TEXT NOT NULL,
    code         TEXT NOT NULL,
    requested_at INTEGER NOT NULL,
    PRIMARY KEY (account_id)
) STRICT;

-- Only regions that an account has switched have a row.
CREATE TABLE account_regions (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    status     TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, name)
) STRICT;

-- +goose Down
DROP TABLE account_regions;
DROP TABLE email_changes;
DROP TABLE contacts;
DROP TABLE closures;
DROP INDEX accounts_by_closing;
ALTER TABLE accounts DROP COLUMN lacks;
ALTER TABLE accounts DROP COLUMN twin_id;
ALTER TABLE accounts DROP COLUMN closed_at;
DROP INDEX organizations_by_due;
ALTER TABLE organizations DROP COLUMN due_at;
