package landing

import (
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// Deployed reports whether the zone governs: a set-up has once succeeded and it was not deleted since.
func (z *Zone) Deployed() bool { return !z.DeployedAt.IsZero() && !z.gone() }

// gone reports whether there is no zone: never asked for, or deleted.
func (z *Zone) gone() bool {
	return z.Action == "" || z.Action == Delete && z.Status == Succeeded
}

// Allow returns nil when the zone may be asked for an action now; the zero Zone stands for none. While an action runs it fails with
// LandingZoneBusy. A second zone fails with LandingZoneExists: a failed set-up may be repeated, a finished one is updated. To update,
// repair or delete what was never finished, or is deleted, fails with LandingZoneMissing; only a failed set-up may be deleted.
func (z *Zone) Allow(a Action) error {
	switch {
	case z.Status == Running:
		return org.Errorf(org.LandingZoneBusy, "the action %s on the landing zone is in progress", z.Action)
	case a == Create && z.Deployed():
		return org.Errorf(org.LandingZoneExists, "the organization has a landing zone")
	case a == Delete && z.gone(), (a == Update || a == Repair) && !z.Deployed():
		return org.Errorf(org.LandingZoneMissing, "the organization has no landing zone")
	}
	return nil
}

// Readable returns nil when what the zone governs may be read. It fails with LandingZoneUnfinished while the first set-up runs, and with
// LandingZoneMissing where no set-up has succeeded.
func (z *Zone) Readable() error {
	switch {
	case z.Deployed():
		return nil
	case z.Status == Running:
		return org.Errorf(org.LandingZoneUnfinished, "the landing zone is being set up")
	}
	return org.Errorf(org.LandingZoneMissing, "the organization has no landing zone")
}

// Known returns nil when there is a zone, finished or not. It fails with LandingZoneMissing.
func (z *Zone) Known() error {
	if z.gone() {
		return org.Errorf(org.LandingZoneMissing, "the organization has no landing zone")
	}
	return nil
}

// Writable returns nil when what the zone governs may be changed: as Readable, and LandingZoneUnfinished while any action runs.
func (z *Zone) Writable() error {
	if z.Status == Running {
		return org.Errorf(org.LandingZoneUnfinished, "the action %s on the landing zone is in progress", z.Action)
	}
	return z.Readable()
}

// Begin returns the zone with an action under way. It fails as Allow and Continue do.
func (z *Zone) Begin(a Action, s Setup, o org.OrganizationID, now time.Time) (Zone, error) {
	if err := z.Allow(a); err != nil {
		return Zone{}, err
	}
	if !z.gone() {
		var err error
		if s, err = s.Continue(z.Setup, a); err != nil {
			return Zone{}, err
		}
	}
	next := Zone{OrganizationID: o, Setup: s, Action: a, Status: Running, Steps: Steps(SetupSteps...), UpdatedAt: now}
	if z.Deployed() {
		next.DeployedAt = z.DeployedAt
	}
	return next, nil
}

// Finish returns the zone with its set-up done.
func (z *Zone) Finish(now time.Time) Zone {
	next := *z
	next.Status, next.Message, next.DeployedAt, next.UpdatedAt = Succeeded, "", now, now
	return next
}

// Fail returns the zone with its action failed.
func (z *Zone) Fail(message string, now time.Time) Zone {
	next := *z
	next.Status, next.Message, next.Steps, next.UpdatedAt = Failed, message, Broken(z.Steps), now
	return next
}
