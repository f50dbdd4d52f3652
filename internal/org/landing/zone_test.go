package landing_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

func zone(a landing.Action, s landing.Status, deployed bool) landing.Zone {
	z := landing.Zone{OrganizationID: "o-1", Setup: setup(), Action: a, Status: s}
	if deployed {
		z.DeployedAt = noon
	}
	return z
}

func TestWhatAZoneMayBeAskedFor(t *testing.T) {
	t.Parallel()
	const busy, exists, none = org.LandingZoneBusy, org.LandingZoneExists, org.LandingZoneMissing
	for _, c := range []struct {
		name                           string
		zone                           landing.Zone
		create, update, repair, remove org.Reason
	}{
		{"no zone is created only", landing.Zone{}, "", none, none, none},
		{"nothing goes beside a set-up", zone(landing.Create, landing.Running, false), busy, busy, busy, busy},
		{"nothing goes beside an update", zone(landing.Update, landing.Running, true), busy, busy, busy, busy},
		{"a failed set-up is repeated or deleted", zone(landing.Create, landing.Failed, false), "", none, none, ""},
		{"a zone is updated, repaired or deleted", zone(landing.Create, landing.Succeeded, true), exists, "", "", ""},
		{"a failed update is updated or repaired", zone(landing.Update, landing.Failed, true), exists, "", "", ""},
		{"a failed repair is updated or repaired", zone(landing.Repair, landing.Failed, true), exists, "", "", ""},
		{"a failed deletion leaves a zone", zone(landing.Delete, landing.Failed, true), exists, "", "", ""},
		{"a deleted zone is created only", zone(landing.Delete, landing.Succeeded, true), "", none, none, none},
	} {
		got := map[landing.Action]org.Reason{}
		for _, a := range []landing.Action{landing.Create, landing.Update, landing.Repair, landing.Delete} {
			got[a] = org.ReasonOf(c.zone.Allow(a))
		}
		want := map[landing.Action]org.Reason{landing.Create: c.create, landing.Update: c.update, landing.Repair: c.repair, landing.Delete: c.remove}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

func TestWhenTheGovernedMayBeReadAndWritten(t *testing.T) {
	t.Parallel()
	const unfinished, none = org.LandingZoneUnfinished, org.LandingZoneMissing
	for _, c := range []struct {
		name               string
		zone               landing.Zone
		known, read, write org.Reason
	}{
		{"no zone", landing.Zone{}, none, none, none},
		{"a first set-up", zone(landing.Create, landing.Running, false), "", unfinished, unfinished},
		{"a failed first set-up", zone(landing.Create, landing.Failed, false), "", none, none},
		{"a zone", zone(landing.Create, landing.Succeeded, true), "", "", ""},
		{"a zone in its update", zone(landing.Update, landing.Running, true), "", "", unfinished},
		{"a zone whose update failed", zone(landing.Update, landing.Failed, true), "", "", ""},
		{"a deleted zone", zone(landing.Delete, landing.Succeeded, true), none, none, none},
	} {
		got := []org.Reason{org.ReasonOf(c.zone.Known()), org.ReasonOf(c.zone.Readable()), org.ReasonOf(c.zone.Writable())}
		if d := cmp.Diff([]org.Reason{c.known, c.read, c.write}, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

func TestAnActionRunsFromItsBeginningToItsEnd(t *testing.T) {
	t.Parallel()
	var none landing.Zone
	z, err := none.Begin(landing.Create, setup(), "o-1", noon)
	if err != nil || z.Action != landing.Create || z.Status != landing.Running || len(z.Steps) != len(landing.SetupSteps) || z.Deployed() {
		t.Fatalf("it begins as %+v, %v", z, err)
	}
	z.Steps = landing.Advance(z.Steps, landing.StepStructure, landing.Succeeded)
	if got := landing.Percent(z.Steps); got != 16 {
		t.Errorf("after one step of six it is at %d %%", got)
	}
	broken := z.Fail("no", noon)
	want := []landing.Progress{{Name: landing.StepStructure, Status: landing.Succeeded}, {Name: landing.StepCoreAccounts, Status: landing.Failed}}
	if d := cmp.Diff(want, broken.Steps[:2]); d != "" || broken.Status != landing.Failed || broken.Message != "no" || broken.Steps[2].Status != landing.Running {
		t.Errorf("it fails as %+v", broken)
	}
	done := z.Finish(noon)
	if !done.Deployed() || done.Status != landing.Succeeded {
		t.Errorf("it ends as %+v", done)
	}
	again, err := done.Begin(landing.Update, setup(), "o-1", noon)
	if err != nil || !again.Deployed() || again.Steps[0].Status != landing.Running {
		t.Errorf("its update begins as %+v, %v", again, err)
	}
	gone := zone(landing.Delete, landing.Succeeded, true)
	fresh, err := gone.Begin(landing.Create, setup(), "o-1", noon)
	if err != nil || fresh.Deployed() {
		t.Errorf("behind a deleted one it begins as %+v, %v", fresh, err)
	}
}

func TestANewActionTakesUpWhatIsThere(t *testing.T) {
	t.Parallel()
	before := setup()
	accounts := before.CoreAccounts()
	accounts[0].AccountID, accounts[0].CreationID = "a-log", "h-log"
	accounts[1].CreationID = "h-audit"
	for _, c := range []struct {
		name   string
		action landing.Action
		change func(*landing.Setup)
		fails  org.Reason
		log    landing.CoreAccount
	}{
		{"a repeated set-up takes up the account of a name", landing.Create, func(*landing.Setup) {}, "", landing.CoreAccount{AccountID: "a-log", CreationID: "h-log"}},
		{"a repeated set-up wants another account", landing.Create, func(s *landing.Setup) { s.Structure[0].Accounts[0].Name = "other-log" }, "", landing.CoreAccount{}},
		{"a repeated set-up takes in an account instead", landing.Create, func(s *landing.Setup) { s.Structure[0].Accounts[0].AccountID = "a-other" }, "",
			landing.CoreAccount{AccountID: "a-other"}},
		{"an update keeps the accounts", landing.Update, func(*landing.Setup) {}, "", landing.CoreAccount{AccountID: "a-log", CreationID: "h-log"}},
		{"an update names the account by its id", landing.Update, func(s *landing.Setup) {
			s.Structure[0].Accounts[0].AccountID, s.Structure[0].Accounts[0].Name = "a-log", "renamed"
		}, "", landing.CoreAccount{AccountID: "a-log", CreationID: "h-log"}},
		{"an update cannot take another account", landing.Update, func(s *landing.Setup) { s.Structure[0].Accounts[0].Name = "other-log" }, org.InputMalformed, landing.CoreAccount{}},
		{"a repair cannot either", landing.Repair, func(s *landing.Setup) { s.Structure[0].Accounts[0].AccountID = "a-other" }, org.InputMalformed, landing.CoreAccount{}},
		{"the core unit keeps its name", landing.Update, func(s *landing.Setup) { s.Structure[0].UnitName = "Other" }, org.InputMalformed, landing.CoreAccount{}},
		{"the core unit does not go", landing.Create, func(s *landing.Setup) { s.NonStandard, s.Structure[0].UnitName = true, "" }, org.InputMalformed, landing.CoreAccount{}},
		{"an update keeps the home region", landing.Update, func(s *landing.Setup) { s.HomeRegion = "cn-east-3" }, org.HomeRegionWrong, landing.CoreAccount{}},
		{"a repeated set-up may move", landing.Create, func(s *landing.Setup) { s.HomeRegion = "cn-east-3" }, "", landing.CoreAccount{AccountID: "a-log", CreationID: "h-log"}},
	} {
		next := setup()
		c.change(&next)
		got, err := next.Continue(before, c.action)
		if org.ReasonOf(err) != c.fails {
			t.Errorf("%s: %v, want %q", c.name, err, c.fails)
			continue
		}
		log := got.CoreAccount(landing.LoggingAccount)
		if err == nil && (log.AccountID != c.log.AccountID || log.CreationID != c.log.CreationID || got.CoreAccount(landing.SecurityAccount).CreationID != "h-audit") {
			t.Errorf("%s: %+v", c.name, got.CoreAccounts())
		}
	}
}
