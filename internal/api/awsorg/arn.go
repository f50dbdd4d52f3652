package awsorg

import (
	"strings"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

// arn names a resource of an organization. The account field is the management account's, also in the names of its members (Service
// Authorization Reference, "Resource types defined by AWS Organizations").
func arn(o org.Organization, kind string, id ...string) string {
	name := "arn:" + string(o.Partition) + ":organizations::" + string(o.ManagementID) + ":" + kind + "/" + string(o.ID)
	if len(id) > 0 {
		name += "/" + strings.Join(id, "/")
	}
	return name
}

// policyARN names a policy; AWS's own belong to no organization.
func policyARN(p controlplane.Policy) string {
	kind := strings.ToLower(string(policyTypes[p.Type]))
	if p.BuiltIn() {
		return "arn:" + string(p.Organization.Partition) + ":organizations::aws:policy/" + kind + "/" + string(p.ID)
	}
	return arn(p.Organization, "policy", kind, string(p.ID))
}

func accountARN(o org.Organization, id org.AccountID) string { return arn(o, "account", string(id)) }

// path is the way from the organization down to an entity, with a slash at its end (API Reference, Account.Paths).
func path(o org.Organization, units []org.UnitID, tail ...string) string {
	var b strings.Builder
	b.WriteString(string(o.ID) + "/")
	for _, u := range units {
		b.WriteString(string(u) + "/")
	}
	for _, t := range tail {
		b.WriteString(t + "/")
	}
	return b.String()
}

func accountPath(a controlplane.Account) string { return path(a.Organization, a.Path, string(a.ID)) }
