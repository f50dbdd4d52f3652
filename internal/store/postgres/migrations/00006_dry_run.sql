-- Policies that are only tried out, and what they would have denied.

-- +goose Up

-- space is '' for policies in force and 'tried' for the others: names are unique in each.
ALTER TABLE policies ADD COLUMN space TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE policies DROP CONSTRAINT policies_organization_id_name_key;
ALTER TABLE policies ADD CONSTRAINT policies_organization_id_space_name_key UNIQUE (organization_id, space, name);

-- enabled is how the dry run was last switched; recorded is the number of the last record.
CREATE TABLE dry_runs (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    type            TEXT COLLATE "C" NOT NULL,
    enabled         BOOLEAN NOT NULL,
    bucket          TEXT COLLATE "C" NOT NULL,
    region          TEXT COLLATE "C" NOT NULL,
    prefix          TEXT COLLATE "C" NOT NULL,
    agency          TEXT COLLATE "C" NOT NULL,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    switched_at     BIGINT NOT NULL,
    recorded        BIGINT NOT NULL,
    PRIMARY KEY (organization_id, type)
);

-- Records outlive their organization, as events do. A record is delivered once it lies where it belongs.
CREATE TABLE dry_run_records (
    organization_id TEXT COLLATE "C" NOT NULL,
    number          BIGINT NOT NULL,
    record          TEXT COLLATE "C" NOT NULL,
    delivered       BOOLEAN NOT NULL,
    PRIMARY KEY (organization_id, number)
);
CREATE INDEX dry_run_records_by_delivery ON dry_run_records (organization_id, number) WHERE NOT delivered;

-- +goose Down
DROP TABLE dry_run_records;
DROP TABLE dry_runs;
DELETE FROM attachments WHERE type = 'tried_service_control';
DELETE FROM policies WHERE space <> '';
ALTER TABLE policies DROP CONSTRAINT policies_organization_id_space_name_key;
ALTER TABLE policies DROP COLUMN space;
ALTER TABLE policies ADD CONSTRAINT policies_organization_id_name_key UNIQUE (organization_id, name);
