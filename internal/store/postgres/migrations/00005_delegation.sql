-- Whom an organization trusts with itself.

-- +goose Up

CREATE TABLE trusted_services (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    service         TEXT COLLATE "C" NOT NULL,
    enabled_at      BIGINT NOT NULL,
    PRIMARY KEY (organization_id, service)
);

CREATE TABLE delegations (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    account_id      TEXT COLLATE "C" NOT NULL,
    service         TEXT COLLATE "C" NOT NULL,
    enabled_at      BIGINT NOT NULL,
    PRIMARY KEY (organization_id, account_id, service)
);
CREATE INDEX delegations_by_service ON delegations (organization_id, service, account_id);

CREATE TABLE resource_policies (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              TEXT COLLATE "C" NOT NULL,
    content         TEXT COLLATE "C" NOT NULL,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    PRIMARY KEY (organization_id)
);

-- +goose Down
DROP TABLE resource_policies;
DROP TABLE delegations;
DROP TABLE trusted_services;
