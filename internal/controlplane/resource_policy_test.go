package controlplane_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
)

func TestTheLifeOfAResourcePolicy(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	member := string(e.account("one"))
	document := func(action string) string {
		return `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"` + member + `"},"Action":"organizations:` + action + `","Resource":"*"}}`
	}
	put := func(content string, tags ...org.Tag) (org.ResourcePolicyID, error) {
		p, err := e.plane.PutResourcePolicy(t.Context(), e.admin, content, tags)
		if err == nil && p.Content != content {
			t.Errorf("kept %s", p.Content)
		}
		return p.ID, err
	}
	get := func() error {
		_, err := e.plane.GetResourcePolicy(t.Context(), e.admin)
		return err
	}
	remove := func() error { return e.plane.DeleteResourcePolicy(t.Context(), e.admin) }
	e.refused("none", org.ResourcePolicyMissing, get)
	e.refused("none to delete", org.ResourcePolicyMissing, remove)
	v := e.version()
	id, err := put(document("ListRoots"), org.Tag{Key: "k", Value: "v"})
	must(e, err)
	e.recorded(v, org.Event{Name: org.ResourcePolicyWritten, Subject: string(id), By: e.admin})
	e.refused("there", "", get)
	e.refused("tags beside a policy that exists", org.TagsOnlyAtCreation, func() error {
		_, err := put(document("ListRoots"), org.Tag{Key: "k"})
		return err
	})
	if again, err := put(document("ListAccounts")); err != nil || again != id {
		t.Errorf("%s became %s, %v", id, again, err)
	}
	must(e, e.plane.Tag(t.Context(), e.admin, org.Resource(id), []org.Tag{{Key: "l"}}))
	tags, err := e.plane.ListTags(t.Context(), e.admin, org.Resource(id))
	must(e, err)
	if d := cmp.Diff([]org.Tag{{Key: "k", Value: "v"}, {Key: "l"}}, tags); d != "" {
		t.Error(d)
	}
	v = e.version()
	must(e, remove())
	e.recorded(v, org.Event{Name: org.ResourcePolicyDeleted, Subject: string(id), By: e.admin})
	e.refused("its tags", org.ResourceMissing, func() error {
		_, err := e.plane.ListTags(t.Context(), e.admin, org.Resource(id))
		return err
	})
	if next, err := put(document("ListRoots")); err != nil || next == id {
		t.Errorf("the next one is %s, %v", next, err)
	}
}

func TestDocumentsOfResourcePolicies(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	member, stranger := string(e.account("one")), string(e.stranger().AccountID)
	statement := func(principal, action, resource, more string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + principal + `"},` + action + `,` + resource + more + `}]}`
	}
	const action, resource = `"Action":"organizations:UpdatePolicy"`, `"Resource":"*"`
	ours := `"Resource":"arn:aws:organizations::` + string(e.admin.AccountID) + `:policy/` + string(e.id) + `/tag_policy/*"`
	for _, c := range []struct {
		says, text string
		want       org.Reason
	}{
		{"an account", statement(member, action, resource, ""), ""},
		{"a role", statement("arn:aws:iam::"+member+":role/x", action, resource, ""), ""},
		{"policies of the organization", statement(member, action, ours, ""), ""},
		{"a type of policy", statement(member, action, resource, `,"Condition":{"StringEquals":{"organizations:PolicyType":"TAG_POLICY"}}`), ""},
		{"no JSON", `{`, org.DelegationMalformed},
		{"no statement", `{"Version":"2012-10-17"}`, org.DelegationMalformed},
		{"an unknown element", statement(member, action, resource, `,"Who":"me"`), org.DelegationMalformed},
		{"everybody", statement("*", action, resource, ""), org.DelegationPrincipal},
		{"a stranger", statement(stranger, action, resource, ""), org.DelegationPrincipal},
		{"a role of a stranger", statement("arn:aws:iam::"+stranger+":role/x", action, resource, ""), org.DelegationPrincipal},
		{"an account that is not there", statement("999999999999", action, resource, ""), org.DelegationPrincipal},
		{"what cannot be delegated", statement(member, `"Action":"organizations:CreateAccount"`, resource, ""), org.DelegationAction},
		{"another service", statement(member, `"Action":"s3:GetObject"`, resource, ""), org.DelegationAction},
		{"what is another organization's", statement(member, action, `"Resource":"arn:aws:organizations::`+stranger+`:policy/o-other/tag_policy/*"`, ""), org.DelegationResource},
		{"a bucket", statement(member, action, `"Resource":"arn:aws:s3:::b"`, ""), org.DelegationResource},
		{"a type that there is not", statement(member, action, resource, `,"Condition":{"StringEquals":{"organizations:PolicyType":"NO_POLICY"}}`), org.DelegationPolicyType},
		{"too much", statement(member, action, resource, `,"Sid":"`+strings.Repeat("x", 40000)+`"`), org.DelegationTooLarge},
	} {
		e.refusedOrDone(c.says, c.want, func() error {
			_, err := e.plane.PutResourcePolicy(t.Context(), e.admin, c.text, nil)
			return err
		})
	}
	negated := statement(member, `"NotAction":"organizations:ListRoots"`, resource, "")
	put := func() error {
		_, err := e.plane.PutResourcePolicy(t.Context(), e.admin, negated, nil)
		return err
	}
	must(e, put())
	e.pass(org.RulesOf(org.AWS).NegationsEnd.Sub(e.clock()))
	e.refused("negations, when they are over", org.DelegationMalformed, put)
}

// refusedOrDone is refused, for a deed that may also succeed.
func (e *estate) refusedOrDone(says string, want org.Reason, deed func() error) {
	e.Helper()
	if want != "" {
		e.refused(says, want, deed)
		return
	}
	if err := deed(); err != nil {
		e.Errorf("%s: %v", says, err)
	}
}

func TestAPartitionWithoutResourcePolicies(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	e.refused("a resource policy", org.NotInPartition, func() error {
		_, err := e.plane.PutResourcePolicy(t.Context(), e.admin, "{}", nil)
		return err
	})
}
