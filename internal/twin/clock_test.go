package twin_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/polity-cloud/polity/internal/twin"
)

const day = 24 * time.Hour

func TestClock(t *testing.T) {
	t.Parallel()
	begin := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // of a synctest bubble
	far := time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC)
	for _, c := range []struct {
		name   string
		do     func(*twin.Clock)
		want   time.Time
		frozen bool
	}{
		{"it runs with the wall", func(*twin.Clock) { time.Sleep(time.Hour) }, begin.Add(time.Hour), false},
		{"it advances and runs on", func(c *twin.Clock) { c.Advance(day); time.Sleep(time.Second) }, begin.Add(day + time.Second), false},
		{"advances add up", func(c *twin.Clock) { c.Advance(day); c.Advance(-time.Hour) }, begin.Add(day - time.Hour), false},
		{"frozen it stands", func(c *twin.Clock) { c.Freeze(); time.Sleep(day) }, begin, true},
		{"frozen twice it stands where it stood first", func(c *twin.Clock) { c.Freeze(); time.Sleep(day); c.Freeze() }, begin, true},
		{"frozen it can be advanced", func(c *twin.Clock) { c.Freeze(); time.Sleep(day); c.Advance(time.Second) }, begin.Add(time.Second), true},
		{"frozen it can be set", func(c *twin.Clock) { c.Freeze(); c.Set(far); time.Sleep(day) }, far, true},
		{"resumed it runs on from where it stood", func(c *twin.Clock) {
			c.Freeze()
			time.Sleep(day)
			c.Resume()
			time.Sleep(time.Minute)
		}, begin.Add(time.Minute), false},
		{"resumed without having been frozen it runs on", func(c *twin.Clock) { c.Advance(day); c.Resume() }, begin.Add(day), false},
		{"set it runs on from there", func(c *twin.Clock) { c.Set(far); time.Sleep(time.Second) }, far.Add(time.Second), false},
		{"set in another zone it shows UTC", func(c *twin.Clock) { c.Freeze(); c.Set(far.In(time.FixedZone("x", 3600))) }, far, true},
		{"it can be set back", func(c *twin.Clock) { c.Set(begin.Add(-day)) }, begin.Add(-day), false},
		{"reset it shows the present and runs", func(c *twin.Clock) {
			c.Advance(day)
			c.Freeze()
			time.Sleep(time.Second)
			c.Reset()
			time.Sleep(time.Second)
		}, begin.Add(2 * time.Second), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				clock := twin.NewClock()
				c.do(clock)
				got := clock.State()
				if got.Now != c.want || clock.Now() != c.want {
					t.Errorf("it shows %v, want %v", got.Now, c.want)
				}
				if got.Frozen != c.frozen {
					t.Errorf("frozen is %v, want %v", got.Frozen, c.frozen)
				}
				if want := c.want.Sub(time.Now()); got.Offset != want {
					t.Errorf("the offset is %v, want %v", got.Offset, want)
				}
			})
		})
	}
}

func TestSteadyNeverStandsNorGoesBackNorFallsBehind(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		clock := twin.NewClock()
		last := clock.Steady()
		for i, do := range []func(){
			func() {}, func() { clock.Advance(day) }, clock.Freeze, func() { clock.Advance(-3 * day) }, func() { clock.Set(time.Now().Add(9 * day)) },
			clock.Resume, clock.Reset, func() { clock.Set(time.Time{}) },
		} {
			do()
			time.Sleep(time.Second)
			now := clock.Steady()
			if now.Sub(last) < time.Second {
				t.Errorf("after change %d it went on by %v in a second", i, now.Sub(last))
			}
			if now.Before(clock.Now()) {
				t.Errorf("after change %d it is behind the clock", i)
			}
			last = now
		}
	})
}

func TestListenersHearOfEachMoveAndMayReadTheClock(t *testing.T) {
	t.Parallel()
	clock, heard := twin.NewClock(), 0
	clock.OnMove(func() { heard++; clock.Now() })
	clock.OnMove(func() { heard++ })
	clock.Advance(time.Second)
	clock.Set(time.Now())
	clock.Freeze()
	clock.Resume()
	clock.Reset()
	clock.Now()
	if heard != 10 {
		t.Errorf("two listeners heard %d of five moves", heard)
	}
}

func TestNoClockIsTheWall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var c *twin.Clock
		if now := time.Now(); !c.Now().Equal(now) || !c.Steady().Equal(now) || c.State().Frozen || c.State().Offset != 0 {
			t.Errorf("at %v it shows %+v", now, c.State())
		}
	})
}
