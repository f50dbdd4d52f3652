package workflow

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

// managedTime is how long the creation of an account in a zone takes at a realistic pace.
const managedTime = 30 * time.Second

// createManagedAccount makes an account in a landing zone, around the organization's own creation of it. Its subject is
// "<organization>/<operation>". The operation keeps the creation's id, so that it is found again after a crash.
//
// Once the creation has succeeded there is a member that nobody can delete. So nothing is undone: the account stays in the organization, and
// its row in the zone tells how far it came, for the administrator to enroll it again or to close it.
func createManagedAccount(h house) deed {
	p := h.plane
	return h.paced(flow{
		Name: string(org.CreateManagedAccount),
		Steps: []step{
			{Name: "request", Write: onOperation(untilDone(p.RequestManaged)), NoUndo: "A creation cannot be called off; it is waited for."},
			{Name: "create", Write: onOperation(untilDone(p.SettleManaged)), NoUndo: "An account cannot be deleted; it stays where it was made, as CREATE_FAILED."},
			{Name: "move", Write: onOperation(p.PlaceManaged), NoUndo: "The account stays in its unit, where enrolling it again will want it."},
			{Name: "enroll", Write: onOperation(p.EnrollManaged), NoUndo: "The agency is what enrolling the account again needs first."},
			{Name: "identity-user", Write: onOperation(p.NameIdentityUser), NoUndo: "The user is a note on the account, which stays."},
			{Name: "blueprint", Write: onOperation(p.NoteBlueprint), NoUndo: "The blueprint is a note on the account, which stays."},
			{Name: "controls", Write: onOperation(p.FinishManaged)},
		},
		Fatal:    hopeless,
		Refusal:  hopeless,
		Describe: say,
		Failed: func(ctx context.Context, tx store.Tx, r *durable.Run) error {
			return onOperation(func(ctx context.Context, tx store.Tx, n landing.Operation) error {
				return p.FailManaged(ctx, tx, n, r.Cause())
			})(ctx, tx, r)
		},
	}, managedTime)
}
