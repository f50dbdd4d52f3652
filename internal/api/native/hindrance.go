package native

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
)

var hindrances = map[string]org.Hindrance{
	"no-agreement": org.NoAgreement, "no-phone": org.NoPhone, "no-payment": org.NoPayment, "wrong-payment": org.WrongPayment, "no-sign-up": org.NoSignUp,
	"no-contact": org.NoContact, "no-license": org.NoLicense, "wrong-address": org.WrongAddress, "other-marketplace": org.OtherMarketplace,
	"no-verified-email": org.NoVerifiedEmail, "other-seller": org.OtherSeller, "contract-pricing": org.ContractPricing,
	"prepaid-balance": org.PrepaidBalance, "legacy-permissions": org.LegacyPermissions,
}

// setHindrances says all that is the matter with an account: an empty list is nothing.
func (a *api) setHindrances(r *http.Request) (any, error) {
	var in struct {
		Hindrances []string `json:"hindrances"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	var all org.Hindrance
	for _, name := range in.Hindrances {
		h, ok := hindrances[name]
		if !ok {
			known := strings.Join(slices.Sorted(maps.Keys(hindrances)), ", ")
			return nil, org.Errorf(org.InputNotInSet, "what hinders an account is one of %s, not %q", known, name)
		}
		all |= h
	}
	return nil, a.Plane.SetHindrances(r.Context(), accountID(r), all)
}
