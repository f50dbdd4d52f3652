package landing

import (
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// AccountRequest is what a caller says about an account to be made in a zone (RGC CreateAccount).
type AccountRequest struct {
	Name          string
	Email         string
	Phone         string
	UnitName      string
	IdentityUser  string
	IdentityEmail string
	Blueprint     Blueprint
	CreationID    org.CreationID // the organization's creation that carries it
}

// Check returns nil for an account that may be asked for. It fails with InvalidAccountName, InvalidEmail, IdentityStoreMailMissing for an
// identity user without an address, and NotServed for a blueprint: none is deployed here, and none is pretended to be.
func (q *AccountRequest) Check(r *org.Rules) error {
	if q.Blueprint != (Blueprint{}) {
		return org.Errorf(org.NotServed, "accounts are not furnished with a blueprint here")
	}
	if _, err := org.NewCreation(r, "", org.Organization{}, q.Account(), org.Caller{}, time.Time{}); err != nil {
		return err
	}
	for _, address := range []string{q.Email, q.IdentityEmail} {
		if address == "" {
			continue
		}
		if err := org.CheckEmail(address); err != nil {
			return err
		}
	}
	if q.IdentityUser != "" && q.IdentityEmail == "" {
		return org.Errorf(org.IdentityStoreMailMissing, "the identity center user %s needs an e-mail address", q.IdentityUser)
	}
	return nil
}

// Account returns what the organization is asked for. Without address and phone number it is a resource account, as CreateAccount of
// version 2 of the organizations service makes it.
func (q *AccountRequest) Account() org.AccountRequest {
	return org.AccountRequest{Name: q.Name, Email: q.Email, Phone: q.Phone, Resource: q.Email == "" && q.Phone == ""}
}
