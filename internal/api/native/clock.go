package native

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
)

// clock is what a clock shows.
type clock struct {
	Now    time.Time `json:"now"`
	Frozen bool      `json:"frozen"`
	Offset string    `json:"offset"` // how far ahead of the wall, written as advance is
}

func shown(s twin.State) clock { return clock{Now: s.Now, Frozen: s.Frozen, Offset: spell(s.Offset)} }

func (a *api) showClock(*http.Request) (any, error) { return shown(a.Clock.State()), nil }

// moveClock carries out one or several of set, advance and freeze, in this order.
func (a *api) moveClock(r *http.Request) (any, error) {
	var in struct {
		Set     *string `json:"set"`     // RFC 3339
		Advance string  `json:"advance"` // such as "36h" or "91d"
		Freeze  *bool   `json:"freeze"`  // false lets the clock run on
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	by, err := span(in.Advance)
	if err != nil {
		return nil, err
	}
	to := a.Clock.Now()
	if in.Set != nil {
		if to, err = time.Parse(time.RFC3339, *in.Set); err != nil {
			return nil, org.Errorf(org.InputMalformed, "the member set is a time such as 2027-01-01T00:00:00Z, not %q", *in.Set)
		}
	}
	if ahead := time.Until(to.Add(by)); ahead.Abs() > mostDays*day {
		return nil, org.Errorf(org.InputMalformed, "the clock is moved to less than %d days from the present", mostDays)
	}
	if in.Set != nil {
		a.Clock.Set(to)
	}
	if by != 0 {
		a.Clock.Advance(by)
	}
	if in.Freeze != nil && *in.Freeze {
		a.Clock.Freeze()
	}
	if in.Freeze != nil && !*in.Freeze {
		a.Clock.Resume()
	}
	return shown(a.Clock.State()), nil
}

const day = 24 * time.Hour

// mostDays is how far from the present the clock can be, a little less than a time.Duration can hold.
const mostDays = 100_000

// span reads a duration, also in whole days, which is how the clouds count.
func span(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	if count, isDays := strings.CutSuffix(text, "d"); isDays {
		if days, err := strconv.Atoi(count); err == nil && days >= -mostDays && days <= mostDays {
			return time.Duration(days) * day, nil
		}
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, org.Errorf(org.InputMalformed, "the member advance is a duration such as 90m, 36h or 91d, not %q", text)
	}
	return d, nil
}

// spell writes a duration, to the millisecond, as span reads it.
func spell(d time.Duration) string {
	d = d.Round(time.Millisecond)
	if d != 0 && d%day == 0 && (d/day).Abs() <= mostDays {
		return strconv.Itoa(int(d/day)) + "d"
	}
	text := d.String()
	for _, nothing := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(text, nothing) {
			text = text[:len(text)-2]
		}
	}
	return text
}
