package workflow

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

// unitTime is how long a registration takes at a realistic pace.
const unitTime = 10 * time.Second

// registerUnit brings a unit of the organization under its landing zone. Its subject is "<organization>/<operation>".
func registerUnit(h house) deed {
	return h.paced(flow{
		Name: string(org.RegisterUnit),
		Steps: []step{
			{Name: "unit", Write: onOperation(h.plane.CheckUnit), NoUndo: "It only looks."},
			{Name: "mandatory-controls", Write: onOperation(h.plane.FinishUnit)},
		},
		Fatal:    hopeless,
		Refusal:  hopeless,
		Describe: say,
		Failed: func(ctx context.Context, tx store.Tx, r *durable.Run) error {
			return onOperation(func(ctx context.Context, tx store.Tx, n landing.Operation) error {
				return h.plane.FailUnit(ctx, tx, n, r.Cause())
			})(ctx, tx, r)
		},
	}, unitTime)
}
