package hworg

import (
	"strings"

	"github.com/polity-cloud/polity/internal/org"
)

// urn names a resource of an organization: service, no region, management account, kind, and the way to it from the organization (API Reference,
// CreateOrganization; by its scheme for the other kinds).
func urn(o org.Organization, kind string, id ...string) string {
	return strings.Join(append([]string{"organizations::" + string(o.ManagementID) + ":" + kind + ":" + string(o.ID)}, id...), "/")
}
