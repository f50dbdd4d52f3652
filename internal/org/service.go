package org

import (
	"slices"
	"strings"
)

// A ServiceRule is what a partition's catalog says of a service that can be trusted with an organization.
type ServiceRule struct {
	Principal string `json:"principal"` // under which the service acts
	Delegates bool   `json:"delegates"` // members can administer it for the organization
	Most      int    `json:"most"`      // how many members at once; zero when there is no limit
}

// Services are what all services have in common that a partition's organizations can trust.
type Services struct {
	Prefix string // of every service's principal, as the suffix is
	Suffix string

	EndsTwice bool // to end the trust in a service that is not trusted is no error
}

// Service returns what a catalog says of a service. It fails with ServiceUnknown. With unlisted, a principal that it does not name but that is spelled as
// one counts as a service that any number of members administer: clouds add services more often than catalogs are written.
func (r *Rules) Service(c *Catalog, principal string, unlisted bool) (ServiceRule, error) {
	i := slices.IndexFunc(c.Services, func(s ServiceRule) bool { return s.Principal == principal })
	if i >= 0 {
		return c.Services[i], nil
	}
	name := strings.TrimSuffix(strings.TrimPrefix(principal, r.Services.Prefix), r.Services.Suffix)
	if unlisted && name != "" && principal == r.Services.Prefix+name+r.Services.Suffix {
		return ServiceRule{Principal: principal, Delegates: true}, nil
	}
	return ServiceRule{}, Errorf(ServiceUnknown, "%q is no service that an organization can trust", principal)
}
