package controlplane_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

// TestWhatChangesNothingIsRecordedAsWell asks for what is so already. A cloud answers with a success, and its trail knows the call: each is one version with one
// event, and nothing else is different.
func TestWhatChangesNothingIsRecordedAsWell(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	unit, content := e.unit(e.root, "unit"), scp("Deny", "s3:*")
	id, tags := e.made(org.ServiceControl, "deny", content), []org.Tag{{Key: "k", Value: "v"}}
	must(e, e.plane.Tag(t.Context(), e.admin, org.Resource(unit), tags))
	must(e, e.trust(ssm))
	grant := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + string(e.account("one")) + `"},"Action":"organizations:ListRoots","Resource":"*"}]}`
	put := func() error {
		_, err := e.plane.PutResourcePolicy(t.Context(), e.admin, grant, nil)
		return err
	}
	must(e, put())
	for _, c := range []struct {
		says string
		deed func() error
		want org.EventName
	}{
		{"a unit's own name", func() error { return rename(e, unit, "unit") }, org.UnitRenamed},
		{"no name", func() error { return rename(e, unit, "") }, org.UnitRenamed},
		{"a policy as it is", func() error {
			name := "deny"
			_, err := e.plane.UpdatePolicy(t.Context(), e.admin, id, org.PolicyChange{Name: &name, Content: &content})
			return err
		}, org.PolicyUpdated},
		{"nothing of a policy", func() error {
			_, err := e.plane.UpdatePolicy(t.Context(), e.admin, id, org.PolicyChange{})
			return err
		}, org.PolicyUpdated},
		{"tags that are there", func() error { return e.plane.Tag(t.Context(), e.admin, org.Resource(unit), tags) }, org.ResourceTagged},
		{"no tags", func() error { return e.plane.Tag(t.Context(), e.admin, org.Resource(unit), nil) }, org.ResourceTagged},
		{"no keys", func() error { return e.plane.Untag(t.Context(), e.admin, org.Resource(unit), nil) }, org.ResourceUntagged},
		{"keys that are not there", func() error { return e.plane.Untag(t.Context(), e.admin, org.Resource(unit), []string{"x"}) }, org.ResourceUntagged},
		{"trust that is there", func() error { return e.trust(ssm) }, org.ServiceTrusted},
		{"an end of trust that is not there", func() error { return e.distrust(guardduty) }, org.ServiceDistrusted},
		{"the resource policy as it is", put, org.ResourcePolicyWritten},
	} {
		version, rows := e.version(), e.rows()
		if err := c.deed(); err != nil {
			t.Errorf("%s: %v", c.says, err)
			continue
		}
		found := e.events(version)
		if len(found) != 1 || found[0].Name != c.want || found[0].Version != version+1 || e.version() != version+1 {
			t.Errorf("%s: version %d after %d, %+v", c.says, e.version(), version, found)
		}
		for table, n := range e.rows() {
			if table != "events" && n != rows[table] {
				t.Errorf("%s: %d rows of %s became %d", c.says, rows[table], table, n)
			}
		}
	}
	e.tagged(org.Resource(unit), tags...)
	e.refused("an account's own parent", org.AccountAlreadyThere, func() error {
		return e.plane.MoveAccount(t.Context(), e.admin, e.admin.AccountID, e.root, e.root)
	})
}
