package native

import (
	"net/http"

	"github.com/polity-cloud/polity/internal/twin"
)

// reset empties the twin: no accounts, no faults, the clock at the present.
func (a *api) reset(r *http.Request) (any, error) {
	a.Faults.Clear()
	a.Clock.Reset()
	return nil, a.Reset(r.Context())
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
