-- What an account goes through after it was created.

-- +goose Up

-- The moment at which the service itself has something to do in the organization; the zero time, which stands for none, is the default.
ALTER TABLE organizations ADD COLUMN due_at BIGINT NOT NULL DEFAULT -62135596800000000;
CREATE INDEX organizations_by_due ON organizations (due_at, id) WHERE due_at > -62135596800000000;

ALTER TABLE accounts ADD COLUMN closed_at BIGINT NOT NULL DEFAULT -62135596800000000;
ALTER TABLE accounts ADD COLUMN twin_id TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN lacks BIGINT NOT NULL DEFAULT 0;
CREATE INDEX accounts_by_closing ON accounts (organization_id, closed_at, id) WHERE state = 'CLOSED';

CREATE TABLE closures (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    account_id      TEXT COLLATE "C" NOT NULL,
    requested_at    BIGINT NOT NULL,
    completed_at    BIGINT NOT NULL,
    state           TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organization_id, account_id, requested_at)
);
CREATE INDEX closures_by_age ON closures (organization_id, requested_at) WHERE state <> 'FAILED';
CREATE INDEX closures_by_state ON closures (organization_id) WHERE state = 'IN_PROGRESS';

CREATE TABLE contacts (
    account_id TEXT COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       TEXT COLLATE "C" NOT NULL,
    fields     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (account_id, kind)
);

CREATE TABLE email_changes (
    account_id   TEXT COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    email        TEXT COLLATE "C" NOT NULL,
    code         TEXT COLLATE "C" NOT NULL,
    requested_at BIGINT NOT NULL,
    PRIMARY KEY (account_id)
);

-- Only regions that an account has switched have a row.
CREATE TABLE account_regions (
    account_id TEXT COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name       TEXT COLLATE "C" NOT NULL,
    status     TEXT COLLATE "C" NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, name)
);

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
