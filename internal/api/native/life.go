package native

import (
	"net/http"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

func accountID(r *http.Request) org.AccountID { return org.AccountID(r.PathValue("id")) }

// restoreAccount makes a closed account active again, as a cloud's support does within the time that a closed account stays.
func (a *api) restoreAccount(r *http.Request) (any, error) {
	return nil, a.Plane.RestoreAccount(r.Context(), accountID(r))
}

// pairAccount gives an AWS account its twin in GovCloud, which a management account needs before it can create paired accounts.
func (a *api) pairAccount(r *http.Request) (any, error) {
	made, err := a.Plane.PairAccount(r.Context(), accountID(r))
	if err != nil {
		return nil, err
	}
	return Show(made), nil
}

// showEmailChange shows the code that a cloud would have sent to an account's new address.
func (a *api) showEmailChange(r *http.Request) (any, error) {
	c, err := a.Plane.LookEmailChange(r.Context(), accountID(r))
	if err != nil {
		return nil, err
	}
	return map[string]string{"email": c.Email, "code": c.Code, "requested_at": c.RequestedAt.Format(time.RFC3339Nano)}, nil
}
