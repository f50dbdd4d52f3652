-- +goose Up

-- Handshakes belong to the organization that sends them. recipient is an account's id, or an e-mail address in lower case; gone_at is when a handshake
-- leaves all lists.
CREATE TABLE handshakes (
    id              TEXT COLLATE "C" NOT NULL,
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    partition       TEXT COLLATE "C" NOT NULL,
    sender          TEXT COLLATE "C" NOT NULL,
    action          TEXT COLLATE "C" NOT NULL,
    state           TEXT COLLATE "C" NOT NULL,
    target_kind     TEXT COLLATE "C" NOT NULL,
    target          TEXT COLLATE "C" NOT NULL,
    recipient       TEXT COLLATE "C" NOT NULL,
    account_id      TEXT COLLATE "C" NOT NULL,
    parent_id       TEXT COLLATE "C" NOT NULL,
    transfer_id     TEXT COLLATE "C" NOT NULL,
    starts_at       BIGINT NOT NULL,
    notes           TEXT COLLATE "C" NOT NULL,
    tags            TEXT COLLATE "C" NOT NULL,
    waiting         BIGINT NOT NULL,
    requested_at    BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    ended_at        BIGINT NOT NULL,
    gone_at         BIGINT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX handshakes_by_sender ON handshakes (organization_id, action, requested_at, id);
CREATE INDEX handshakes_by_recipient ON handshakes (recipient, action, requested_at, id);
CREATE INDEX handshakes_by_parent ON handshakes (organization_id, parent_id, requested_at, id);
CREATE INDEX handshakes_by_child ON handshakes (recipient, parent_id, requested_at, id);
CREATE INDEX handshakes_by_end ON handshakes (organization_id, gone_at);

-- Transfers belong to the organization that offers them, the target. runs_until is the moment until which one binds its sides.
CREATE TABLE transfers (
    id           TEXT COLLATE "C" NOT NULL,
    partition    TEXT COLLATE "C" NOT NULL,
    name         TEXT COLLATE "C" NOT NULL,
    source_id    TEXT COLLATE "C" NOT NULL,
    source       TEXT COLLATE "C" NOT NULL,
    target_id    TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    target       TEXT COLLATE "C" NOT NULL,
    status       TEXT COLLATE "C" NOT NULL,
    starts_at    BIGINT NOT NULL,
    ends_at      BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    runs_until   BIGINT NOT NULL,
    handshake_id TEXT COLLATE "C" NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX transfers_by_target ON transfers (target_id, created_at, id);
CREATE INDEX transfers_by_source ON transfers (source_id, created_at, id);
CREATE INDEX transfers_by_target_end ON transfers (target_id, runs_until, id);
CREATE INDEX transfers_by_source_end ON transfers (source_id, runs_until, id);

-- +goose Down
DROP TABLE transfers;
DROP TABLE handshakes;
