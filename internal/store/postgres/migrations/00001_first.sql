-- Times are microseconds since 1970 and structured values are JSON. Text compares byte by byte (COLLATE "C"), whatever the database's locale.

-- +goose Up

-- Settings of the server itself, by name.
CREATE TABLE settings (
    name  TEXT COLLATE "C" NOT NULL,
    value BYTEA NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE organizations (
    id            TEXT COLLATE "C" NOT NULL,
    partition     TEXT COLLATE "C" NOT NULL,
    management_id TEXT COLLATE "C" NOT NULL,
    root_id       TEXT COLLATE "C" NOT NULL,
    feature_set   TEXT COLLATE "C" NOT NULL,
    created_at    BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    PRIMARY KEY (id)
);

-- The root is the unit with an empty parent_id.
CREATE TABLE units (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              TEXT COLLATE "C" NOT NULL,
    parent_id       TEXT COLLATE "C" NOT NULL,
    name            TEXT COLLATE "C" NOT NULL,
    depth           BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, parent_id, name)
);
CREATE INDEX units_by_age ON units (organization_id, created_at, id) WHERE parent_id <> '';
CREATE INDEX units_by_parent ON units (organization_id, parent_id, created_at, id);

-- organization_id and parent_id are empty while an account stands alone. locks only counts, so that locking a row is a write.
CREATE TABLE accounts (
    id              TEXT COLLATE "C" NOT NULL,
    partition       TEXT COLLATE "C" NOT NULL,
    organization_id TEXT COLLATE "C" NOT NULL,
    parent_id       TEXT COLLATE "C" NOT NULL,
    name            TEXT COLLATE "C" NOT NULL,
    email           TEXT COLLATE "C" NOT NULL,
    phone           TEXT COLLATE "C" NOT NULL,
    description     TEXT COLLATE "C" NOT NULL,
    resource        BOOLEAN NOT NULL,
    state           TEXT COLLATE "C" NOT NULL,
    join_method     TEXT COLLATE "C" NOT NULL,
    joined_at       BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    locks           BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (id)
);
CREATE INDEX accounts_by_joining ON accounts (organization_id, joined_at, id) WHERE state <> 'CREATING';
CREATE INDEX accounts_by_parent ON accounts (organization_id, parent_id, joined_at, id) WHERE state <> 'CREATING';

CREATE TABLE creations (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              TEXT COLLATE "C" NOT NULL,
    partition       TEXT COLLATE "C" NOT NULL,
    state           TEXT COLLATE "C" NOT NULL,
    request         TEXT COLLATE "C" NOT NULL,
    requested_by    TEXT COLLATE "C" NOT NULL,
    requested_at    BIGINT NOT NULL,
    completed_at    BIGINT NOT NULL,
    account_id      TEXT COLLATE "C" NOT NULL,
    gov_account_id  TEXT COLLATE "C" NOT NULL,
    failure         TEXT COLLATE "C" NOT NULL,
    failure_detail  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX creations_by_age ON creations (organization_id, requested_at, id);
CREATE INDEX creations_by_state ON creations (organization_id, state, requested_at, id);

CREATE TABLE reservations (
    partition TEXT COLLATE "C" NOT NULL,
    field     TEXT COLLATE "C" NOT NULL,
    value     TEXT COLLATE "C" NOT NULL,
    slot      BIGINT NOT NULL,
    holder    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (partition, field, value, slot)
);
CREATE INDEX reservations_by_holder ON reservations (holder);

CREATE TABLE principals (
    id            TEXT COLLATE "C" NOT NULL,
    account_id    TEXT COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind          TEXT COLLATE "C" NOT NULL,
    name          TEXT COLLATE "C" NOT NULL,
    path          TEXT COLLATE "C" NOT NULL,
    administrator BOOLEAN NOT NULL,
    trusts        TEXT COLLATE "C" NOT NULL,
    max_session   BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (account_id, kind, name)
);

CREATE TABLE keys (
    id           TEXT COLLATE "C" NOT NULL,
    account_id   TEXT COLLATE "C" NOT NULL,
    principal_id TEXT COLLATE "C" NOT NULL REFERENCES principals (id) ON DELETE CASCADE,
    sealed       BYTEA NOT NULL,
    status       TEXT COLLATE "C" NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX keys_by_principal ON keys (principal_id);

CREATE TABLE tags (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    resource        TEXT COLLATE "C" NOT NULL,
    key             TEXT COLLATE "C" NOT NULL,
    value           TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organization_id, resource, key)
);

-- Events outlive their organization, so nothing ties them to it.
CREATE TABLE events (
    organization_id TEXT COLLATE "C" NOT NULL,
    version         BIGINT NOT NULL,
    idx             BIGINT NOT NULL,
    id              TEXT COLLATE "C" NOT NULL,
    name            TEXT COLLATE "C" NOT NULL,
    partition       TEXT COLLATE "C" NOT NULL,
    at              BIGINT NOT NULL,
    caller          TEXT COLLATE "C" NOT NULL,
    subject         TEXT COLLATE "C" NOT NULL,
    detail          TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organization_id, version, idx)
);

-- A saga that has ended has no row.
CREATE TABLE sagas (
    id            TEXT COLLATE "C" NOT NULL,
    kind          TEXT COLLATE "C" NOT NULL,
    subject       TEXT COLLATE "C" NOT NULL,
    state         TEXT COLLATE "C" NOT NULL,
    phase         TEXT COLLATE "C" NOT NULL,
    step          BIGINT NOT NULL,
    attempt       BIGINT NOT NULL,
    failing_since BIGINT NOT NULL,
    run_at        BIGINT NOT NULL,
    lease_until   BIGINT NOT NULL,
    token         BIGINT NOT NULL,
    started_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    memo          BYTEA NOT NULL,
    cause         TEXT COLLATE "C" NOT NULL,
    last_error    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX sagas_by_due ON sagas (run_at, id, lease_until) WHERE state = 'running';

CREATE TABLE zones (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    setup           TEXT COLLATE "C" NOT NULL,
    action          TEXT COLLATE "C" NOT NULL,
    status          TEXT COLLATE "C" NOT NULL,
    steps           TEXT COLLATE "C" NOT NULL,
    message         TEXT COLLATE "C" NOT NULL,
    deployed_at     BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    PRIMARY KEY (organization_id)
);

CREATE TABLE managed_units (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    unit_id         TEXT COLLATE "C" NOT NULL,
    type            TEXT COLLATE "C" NOT NULL,
    state           TEXT COLLATE "C" NOT NULL,
    message         TEXT COLLATE "C" NOT NULL,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    PRIMARY KEY (organization_id, unit_id)
);
CREATE INDEX managed_units_by_age ON managed_units (organization_id, created_at, unit_id);

-- parent_id repeats that of the account, so that the accounts below one unit are a range of an index.
CREATE TABLE managed_accounts (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    account_id      TEXT COLLATE "C" NOT NULL,
    parent_id       TEXT COLLATE "C" NOT NULL,
    type            TEXT COLLATE "C" NOT NULL,
    made_here       BOOLEAN NOT NULL,
    state           TEXT COLLATE "C" NOT NULL,
    message         TEXT COLLATE "C" NOT NULL,
    identity_user   TEXT COLLATE "C" NOT NULL,
    identity_email  TEXT COLLATE "C" NOT NULL,
    blueprint       TEXT COLLATE "C" NOT NULL,
    regions         TEXT COLLATE "C" NOT NULL,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    PRIMARY KEY (account_id, organization_id)
);
CREATE INDEX managed_accounts_by_age ON managed_accounts (organization_id, created_at, account_id);
CREATE INDEX managed_accounts_by_parent ON managed_accounts (organization_id, parent_id, created_at, account_id);

CREATE TABLE operations (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              TEXT COLLATE "C" NOT NULL,
    kind            TEXT COLLATE "C" NOT NULL,
    account_id      TEXT COLLATE "C" NOT NULL,
    unit_id         TEXT COLLATE "C" NOT NULL,
    status          TEXT COLLATE "C" NOT NULL,
    steps           TEXT COLLATE "C" NOT NULL,
    message         TEXT COLLATE "C" NOT NULL,
    request         TEXT COLLATE "C" NOT NULL,
    requested_by    TEXT COLLATE "C" NOT NULL,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
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
