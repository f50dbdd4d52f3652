package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// ListEvents returns an organization's events after a place, in their order. It is the operator's: whoever may ask is decided before. Events
// outlive their organization.
func (p *Plane) ListEvents(ctx context.Context, o org.OrganizationID, version int64, index, limit int) ([]org.Event, error) {
	return view(ctx, p, func(r store.Reader) ([]org.Event, error) {
		found, err := r.Organization(ctx, o)
		if err == nil {
			err = p.prompt(found)
		}
		if err != nil && org.ReasonOf(err) != org.OrganizationMissing {
			return nil, err
		}
		return r.Events(ctx, o, version, index, limit)
	})
}
