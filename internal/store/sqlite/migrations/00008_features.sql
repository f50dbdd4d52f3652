-- The tables of the PostgreSQL schema in SQLite's words.

-- +goose Up

-- What an organization turned on of centralized root access.
CREATE TABLE root_features (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    feature         TEXT NOT NULL,
    PRIMARY KEY (organization_id, feature)
) STRICT;

ALTER TABLE principals ADD COLUMN description TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE principals DROP COLUMN description;
DROP TABLE root_features;
