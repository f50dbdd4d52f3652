package native

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
)

// reset empties the twin: no accounts, no faults, the clock at the present.
func (a *api) reset(r *http.Request) (any, error) {
	a.Faults.Clear()
	a.Clock.Reset()
	return nil, a.Reset(r.Context())
}

func (a *api) showClock(*http.Request) (any, error) { return a.Clock.State(), nil }

// moveClock carries out one or several of set, advance and freeze, in this order.
func (a *api) moveClock(r *http.Request) (any, error) {
	var in struct {
		Set     *time.Time `json:"set"`     // RFC 3339
		Advance string     `json:"advance"` // such as "36h" or "91d"
		Freeze  *bool      `json:"freeze"`  // false lets the clock run on
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	by, err := span(in.Advance)
	if err != nil {
		return nil, err
	}
	if in.Set != nil {
		a.Clock.Set(*in.Set)
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
	return a.Clock.State(), nil
}

// mostDays is a little less than a time.Duration can hold.
const mostDays = 100_000

// span reads a duration, also in whole days, which is how the clouds count.
func span(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	if count, isDays := strings.CutSuffix(text, "d"); isDays {
		if days, err := strconv.Atoi(count); err == nil && days >= -mostDays && days <= mostDays {
			return time.Duration(days) * 24 * time.Hour, nil
		}
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, org.Errorf(org.InputMalformed, "%q is no duration such as 90m, 36h or 91d", text)
	}
	return d, nil
}

func (a *api) listFaults(*http.Request) (any, error) {
	return map[string][]twin.Fault{"faults": a.Faults.List()}, nil
}

func (a *api) addFault(r *http.Request) (any, error) {
	var in twin.Fault
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	return a.Faults.Add(in)
}

func (a *api) clearFaults(*http.Request) (any, error) {
	a.Faults.Clear()
	return nil, nil
}

func (a *api) removeFault(r *http.Request) (any, error) {
	return nil, a.Faults.Remove(r.PathValue("id"))
}
