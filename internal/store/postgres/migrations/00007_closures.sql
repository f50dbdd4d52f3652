-- What lists and states look for that the earlier tables do not tell.

-- +goose Up

-- The members that are closed or being closed, in the order of their joining.
CREATE INDEX accounts_by_end ON accounts (organization_id, joined_at, id) WHERE state IN ('PENDING_CLOSURE', 'CLOSED');

-- When a type of policy was last turned on or off.
CREATE TABLE policy_type_switches (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    type            TEXT COLLATE "C" NOT NULL,
    switched_at     BIGINT NOT NULL,
    PRIMARY KEY (organization_id, type)
);

-- +goose Down
DROP TABLE policy_type_switches;
DROP INDEX accounts_by_end;
