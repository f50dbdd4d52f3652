package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// ListEvents returns an organization's events after a place, in their order. It is the operator's: whoever may ask is decided before. Events
// outlive their organization. It fails with OrganizationMissing for one that never was.
func (p *Plane) ListEvents(ctx context.Context, o org.OrganizationID, version int64, index, limit int) ([]org.Event, error) {
	return view(ctx, p, func(r store.Reader) ([]org.Event, error) {
		if err := p.everWas(ctx, r, o); err != nil {
			return nil, err
		}
		return r.Events(ctx, o, version, index, limit)
	})
}

// everWas fails with OrganizationMissing for an organization that is not there and has left no event. Nothing is overdue in one that is there.
func (p *Plane) everWas(ctx context.Context, r store.Reader, id org.OrganizationID) error {
	o, err := r.Organization(ctx, id)
	if err == nil {
		return p.prompt(o)
	}
	if org.ReasonOf(err) != org.OrganizationMissing {
		return err
	}
	left, failed := r.Events(ctx, id, 0, -1, 1)
	if failed != nil || len(left) > 0 {
		return failed
	}
	return err
}
