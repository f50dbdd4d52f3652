-- The tables of the PostgreSQL schema in SQLite's words. Text compares byte by byte, which is SQLite's default.

-- +goose Up

-- Settings of the server itself, by name.
CREATE TABLE settings (
    name  TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (name)
) STRICT;

CREATE TABLE organizations (
    id            TEXT NOT NULL,
    partition     TEXT NOT NULL,
    management_id TEXT NOT NULL,
    root_id       TEXT NOT NULL,
    feature_set   TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

-- The root is the unit with an empty parent_id.
CREATE TABLE units (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              TEXT NOT NULL,
    parent_id       TEXT NOT NULL,
    name            TEXT NOT NULL,
    depth           INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, parent_id, name)
) STRICT;
CREATE INDEX units_by_age ON units (organization_id, created_at, id) WHERE parent_id <> '';
CREATE INDEX units_by_parent ON units (organization_id, parent_id, created_at, id);

-- organization_id and parent_id are empty while an account stands alone. locks only counts, so that locking a row is a write.
CREATE TABLE accounts (
    id              TEXT NOT NULL,
    partition       TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    parent_id       TEXT NOT NULL,
    name            TEXT NOT NULL,
    email           TEXT NOT NULL,
    phone           TEXT NOT NULL,
    description     TEXT NOT NULL,
    resource        INTEGER NOT NULL,
    state           TEXT NOT NULL,
    join_method     TEXT NOT NULL,
    joined_at       INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    locks           INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX accounts_by_joining ON accounts (organization_id, joined_at, id) WHERE state <> 'CREATING';
CREATE INDEX accounts_by_parent ON accounts (organization_id, parent_id, joined_at, id) WHERE state <> 'CREATING';

CREATE TABLE creations (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              TEXT NOT NULL,
    partition       TEXT NOT NULL,
    state           TEXT NOT NULL,
    request         TEXT NOT NULL,
    requested_by    TEXT NOT NULL,
    requested_at    INTEGER NOT NULL,
    completed_at    INTEGER NOT NULL,
    account_id      TEXT NOT NULL,
    gov_account_id  TEXT NOT NULL,
    failure         TEXT NOT NULL,
    failure_detail  TEXT NOT NULL,
    PRIMARY KEY (organization_id, id)
) STRICT;
CREATE INDEX creations_by_age ON creations (organization_id, requested_at, id);
CREATE INDEX creations_by_state ON creations (organization_id, state, requested_at, id);

CREATE TABLE reservations (
    partition TEXT NOT NULL,
    field     TEXT NOT NULL,
    value     TEXT NOT NULL,
    slot      INTEGER NOT NULL,
    holder    TEXT NOT NULL,
    PRIMARY KEY (partition, field, value, slot)
) STRICT;
CREATE INDEX reservations_by_holder ON reservations (holder);

CREATE TABLE principals (
    id            TEXT NOT NULL,
    account_id    TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind          TEXT NOT NULL,
    name          TEXT NOT NULL,
    path          TEXT NOT NULL,
    administrator INTEGER NOT NULL,
    trusts        TEXT NOT NULL,
    max_session   INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (account_id, kind, name)
) STRICT;

CREATE TABLE keys (
    id           TEXT NOT NULL,
    account_id   TEXT NOT NULL,
    principal_id TEXT NOT NULL REFERENCES principals (id) ON DELETE CASCADE,
    sealed       BLOB NOT NULL,
    status       TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX keys_by_principal ON keys (principal_id);

CREATE TABLE tags (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    resource        TEXT NOT NULL,
    key             TEXT NOT NULL,
    value           TEXT NOT NULL,
    PRIMARY KEY (organization_id, resource, key)
) STRICT;

-- Events outlive their organization, so nothing ties them to it.
CREATE TABLE events (
    organization_id TEXT NOT NULL,
    version         INTEGER NOT NULL,
    idx             INTEGER NOT NULL,
    id              TEXT NOT NULL,
    name            TEXT NOT NULL,
    partition       TEXT NOT NULL,
    at              INTEGER NOT NULL,
    caller          TEXT NOT NULL,
    subject         TEXT NOT NULL,
    detail          TEXT NOT NULL,
    PRIMARY KEY (organization_id, version, idx)
) STRICT;

-- A saga that has ended has no row.
CREATE TABLE sagas (
    id            TEXT NOT NULL,
    kind          TEXT NOT NULL,
    subject       TEXT NOT NULL,
    state         TEXT NOT NULL,
    phase         TEXT NOT NULL,
    step          INTEGER NOT NULL,
    attempt       INTEGER NOT NULL,
    failing_since INTEGER NOT NULL,
    run_at        INTEGER NOT NULL,
    lease_until   INTEGER NOT NULL,
    token         INTEGER NOT NULL,
    started_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    memo          BLOB NOT NULL,
    cause         TEXT NOT NULL,
    last_error    TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX sagas_by_due ON sagas (run_at, id, lease_until) WHERE state = 'running';

CREATE TABLE zones (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    setup           TEXT NOT NULL,
    action          TEXT NOT NULL,
    status          TEXT NOT NULL,
    steps           TEXT NOT NULL,
    message         TEXT NOT NULL,
    deployed_at     INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (organization_id)
) STRICT;

CREATE TABLE managed_units (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    unit_id         TEXT NOT NULL,
    type            TEXT NOT NULL,
    state           TEXT NOT NULL,
    message         TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (organization_id, unit_id)
) STRICT;
CREATE INDEX managed_units_by_age ON managed_units (organization_id, created_at, unit_id);

-- parent_id repeats that of the account, so that the accounts below one unit are a range of an index.
CREATE TABLE managed_accounts (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    account_id      TEXT NOT NULL,
    parent_id       TEXT NOT NULL,
    type            TEXT NOT NULL,
    made_here       INTEGER NOT NULL,
    state           TEXT NOT NULL,
    message         TEXT NOT NULL,
    identity_user   TEXT NOT NULL,
    identity_email  TEXT NOT NULL,
    blueprint       TEXT NOT NULL,
    regions         TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (account_id, organization_id)
) STRICT;
CREATE INDEX managed_accounts_by_age ON managed_accounts (organization_id, created_at, account_id);
CREATE INDEX managed_accounts_by_parent ON managed_accounts (organization_id, parent_id, created_at, account_id);

CREATE TABLE operations (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              TEXT NOT NULL,
    kind            TEXT NOT NULL,
    account_id      TEXT NOT NULL,
    unit_id         TEXT NOT NULL,
    status          TEXT NOT NULL,
    steps           TEXT NOT NULL,
    message         TEXT NOT NULL,
    request         TEXT NOT NULL,
    requested_by    TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id)
) STRICT;
CREATE INDEX operations_by_account ON operations (organization_id, account_id, created_at, id);
CREATE INDEX operations_by_unit ON operations (organization_id, unit_id, created_at, id) WHERE account_id = '' AND kind <> 'CREATE_ACCOUNT';

-- +goose Down
DROP TABLE operations;
DROP TABLE managed_accounts;
DROP TABLE managed_units;
DROP TABLE zones;
DROP TABLE sagas;
DROP TABLE events;
DROP TABLE tags;
DROP TABLE keys;
DROP TABLE principals;
DROP TABLE reservations;
DROP TABLE creations;
DROP TABLE accounts;
DROP TABLE units;
DROP TABLE organizations;
DROP TABLE settings;
