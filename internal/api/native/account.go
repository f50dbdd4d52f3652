package native

import (
	"net/http"
	"slices"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

// A Minted account with the key of its administrator. The secret is told this once.
type Minted struct {
	Partition       string `json:"partition"`
	AccountID       string `json:"account_id"`
	User            string `json:"user"`
	AccessKeyID     string `json:"access_key_id"`
	SecretAccessKey string `json:"secret_access_key"`
}

// Show writes credentials as this API does.
func Show(c controlplane.Credentials) Minted {
	return Minted{
		Partition: string(c.Caller.Partition), AccountID: string(c.Caller.AccountID), User: c.Caller.Name, AccessKeyID: string(c.KeyID), SecretAccessKey: c.Secret,
	}
}

// mintAccount makes an account that is in no organization, so that it can begin one.
func (a *api) mintAccount(r *http.Request) (any, error) {
	var in struct {
		Partition string `json:"partition"`
		Name      string `json:"name"`
		Email     string `json:"email"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	p := org.Partition(in.Partition)
	if !slices.Contains(org.Partitions, p) {
		return nil, org.Errorf(org.InputNotInSet, "there is no partition %q; the partitions are %v", in.Partition, org.Partitions)
	}
	made, err := a.Plane.MintAccount(r.Context(), controlplane.Standalone{Partition: p, Name: in.Name, Email: in.Email})
	if err != nil {
		return nil, err
	}
	return Show(made), nil
}
