package native

import (
	"net/http"

	"github.com/polity-cloud/polity/internal/org"
)

// setState suspends an account, reinstates it, or leaves its sign-up unfinished, as a cloud does by itself.
func (a *api) setState(r *http.Request) (any, error) {
	var in struct {
		State string `json:"state"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	return nil, a.Plane.SetState(r.Context(), accountID(r), org.AccountState(in.State))
}
