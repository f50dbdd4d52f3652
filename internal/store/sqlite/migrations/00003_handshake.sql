-- +goose Up

-- Handshakes belong to the organization that sends them. recipient is an account's id, or an e-mail address in lower case; gone_at is when a handshake
-- leaves all lists.
CREATE TABLE handshakes (
    id              TEXT NOT NULL,
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    partition       TEXT NOT NULL,
    sender          TEXT NOT NULL,
    action          TEXT NOT NULL,
    state           TEXT NOT NULL,
    target_kind     TEXT NOT NULL,
    target          TEXT NOT NULL,
    recipient       TEXT NOT NULL,
    account_id      TEXT NOT NULL,
    parent_id       TEXT NOT NULL,
    transfer_id     TEXT NOT NULL,
    starts_at       INTEGER NOT NULL,
    notes           TEXT NOT NULL,
    tags            TEXT NOT NULL,
    waiting         INTEGER NOT NULL,
    requested_at    INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    ended_at        INTEGER NOT NULL,
    gone_at         INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX handshakes_by_sender ON handshakes (organization_id, action, requested_at, id);
CREATE INDEX handshakes_by_recipient ON handshakes (recipient, action, requested_at, id);
CREATE INDEX handshakes_by_parent ON handshakes (organization_id, parent_id, requested_at, id);
CREATE INDEX handshakes_by_child ON handshakes (recipient, parent_id, requested_at, id);
CREATE INDEX handshakes_by_end ON handshakes (organization_id, gone_at);

-- Transfers belong to the organization that offers them, the target. runs_until is the moment until which one binds its sides.
CREATE TABLE transfers (
    id           TEXT NOT NULL,
    partition    TEXT NOT NULL,
    name         TEXT NOT NULL,
    source_id    TEXT NOT NULL,
    source       TEXT NOT NULL,
    target_id    TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    target       TEXT NOT NULL,
    status       TEXT NOT NULL,
    starts_at    INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    runs_until   INTEGER NOT NULL,
    handshake_id TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX transfers_by_target ON transfers (target_id, created_at, id);
CREATE INDEX transfers_by_source ON transfers (source_id, created_at, id);
CREATE INDEX transfers_by_target_end ON transfers (target_id, runs_until, id);
CREATE INDEX transfers_by_source_end ON transfers (source_id, runs_until, id);

-- +goose Down
DROP TABLE transfers;
DROP TABLE handshakes;
