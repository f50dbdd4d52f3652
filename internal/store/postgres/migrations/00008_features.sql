-- What an organization does with the root users of its members, and what is said of roles.

-- +goose Up

-- What an organization turned on of centralized root access.
CREATE TABLE root_features (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    feature         TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organization_id, feature)
);

ALTER TABLE principals ADD COLUMN description TEXT COLLATE "C" NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE principals DROP COLUMN description;
DROP TABLE root_features;
