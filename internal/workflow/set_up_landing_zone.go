package workflow

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/store"
)

// zoneTime is how long a set-up takes at a realistic pace. The cloud's clients wait up to an hour and look every ten seconds.
const zoneTime = 60 * time.Second

// kept is why no step of a set-up is undone.
const kept = "A failed set-up keeps what it made: the next one, an update or a repair takes it up (RGC, SetupLandingZone)."

// setUpLandingZone creates, updates and repairs a landing zone: each step looks at what is there and adds what is missing. Its subject is the
// organization. The core accounts are creations of their own; the zone keeps their ids, so that they are found again after a crash.
func setUpLandingZone(h house) deed {
	p := h.plane
	return h.paced(flow{
		Name: string(org.SetUpLandingZone),
		Steps: []step{
			{Name: "structure", Write: onZone(p.BuildStructure), NoUndo: kept},
			{Name: "request-core-accounts", Write: onZone(untilDone(p.RequestCoreAccounts)), NoUndo: kept},
			{Name: "core-accounts", Write: onZone(untilDone(p.SettleCoreAccounts)), NoUndo: kept},
			{Name: "identity-center", Write: onZone(p.AdoptManagement), NoUndo: kept},
			{Name: "log-archive", Write: onZone(h.enrollCore(landing.LoggingAccount, landing.StepLogArchive)), NoUndo: kept},
			{Name: "audit", Write: onZone(h.enrollCore(landing.SecurityAccount, landing.StepAudit)), NoUndo: kept},
			{Name: "mandatory-controls", Write: onZone(p.FinishZone)},
		},
		Fatal:    hopeless,
		Refusal:  hopeless,
		Describe: say,
		Failed: func(ctx context.Context, tx store.Tx, r *durable.Run) error {
			return onZone(func(ctx context.Context, tx store.Tx, o org.OrganizationID) error {
				return p.FailZone(ctx, tx, o, r.Cause())
			})(ctx, tx, r)
		},
	}, zoneTime)
}

func (h house) enrollCore(t landing.AccountType, step string) func(context.Context, store.Tx, org.OrganizationID) error {
	return func(ctx context.Context, tx store.Tx, o org.OrganizationID) error {
		return h.plane.EnrollCore(ctx, tx, o, t, step)
	}
}

// onZone makes a step of what is done for a zone while its action runs. A saga whose zone is gone with its organization runs to its end
// without doing anything.
func onZone(do func(context.Context, store.Tx, org.OrganizationID) error) write {
	return func(ctx context.Context, tx store.Tx, r *durable.Run) error {
		z, err := tx.Zone(ctx, org.OrganizationID(r.Saga.Subject))
		if org.ReasonOf(err) == org.LandingZoneMissing {
			return nil
		}
		if err != nil || z.Status != landing.Running {
			return err
		}
		return do(ctx, tx, z.OrganizationID)
	}
}
