package store

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
)

// A RootFeatureReader reads what an organization turned on of centralized root access.
type RootFeatureReader interface {
	// RootFeatures lists the features by name.
	RootFeatures(ctx context.Context, o org.OrganizationID) ([]org.RootFeature, error)
}

// A RootFeatureTx turns features on and off. It expects a locked organization. What is as it is to be stays so, and is no error.
type RootFeatureTx interface {
	EnableRootFeature(ctx context.Context, o org.OrganizationID, f org.RootFeature) error
	DisableRootFeature(ctx context.Context, o org.OrganizationID, f org.RootFeature) error
}
