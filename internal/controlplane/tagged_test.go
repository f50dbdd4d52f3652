package controlplane_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

func (e *estate) tag(id string, tags ...org.Tag) {
	e.Helper()
	if err := e.plane.Tag(e.Context(), e.admin, org.Resource(id), tags); err != nil {
		e.Fatal(err)
	}
}

func TestThingsAreListedByTheirTags(t *testing.T) {
	t.Parallel()
	for _, partition := range []org.Partition{org.AWS, org.Huawei} {
		e := in(t, partition)
		u, v, a := e.unit(e.root, "u"), e.unit(e.root, "v"), e.account("member-a")
		e.tag(string(u), org.Tag{Key: "k", Value: "1"}, org.Tag{Key: "j"})
		e.tag(string(v), org.Tag{Key: "k", Value: "2"})
		e.tag(string(a), org.Tag{Key: "k", Value: "1"})
		e.tag(string(e.root), org.Tag{Key: "r"})
		k := func(values ...string) controlplane.TagFilter {
			return controlplane.TagFilter{Tags: []controlplane.TagValues{{Key: "k", Values: values}}}
		}
		for _, c := range []struct {
			kind   controlplane.EntityKind
			filter controlplane.TagFilter
			want   string
		}{
			{controlplane.UnitEntity, controlplane.TagFilter{}, "u v"}, {controlplane.UnitEntity, k("1"), "u"}, {controlplane.UnitEntity, k("2", "3"), "v"},
			{controlplane.UnitEntity, k(), "u v"}, {controlplane.UnitEntity, controlplane.TagFilter{Name: new("V")}, "v"},
			{controlplane.UnitEntity, controlplane.TagFilter{Name: new("")}, ""}, {controlplane.UnitEntity, controlplane.TagFilter{Untagged: true}, ""},
			{controlplane.AccountEntity, k("1"), "account-member-a"}, {controlplane.AccountEntity, controlplane.TagFilter{Untagged: true}, "management"},
			{controlplane.RootEntity, controlplane.TagFilter{Tags: []controlplane.TagValues{{Key: "r", Values: []string{""}}}}, e.rootName()},
			{controlplane.RootEntity, controlplane.TagFilter{Untagged: true}, ""}, {controlplane.PolicyEntity, controlplane.TagFilter{}, ""},
		} {
			found, err := e.plane.ListTagged(t.Context(), e.admin, c.kind, c.filter)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, f := range found {
				names = append(names, f.Name)
			}
			if got := strings.Join(names, " "); got != c.want {
				t.Errorf("%s: %+v of %d chooses %q, want %q", partition, c.filter, c.kind, got, c.want)
			}
		}
		values, err := e.plane.ListTagValues(t.Context(), e.admin, controlplane.UnitEntity)
		if diff := cmp.Diff([]controlplane.TagValues{{Key: "j", Values: []string{""}}, {Key: "k", Values: []string{"1", "2"}}}, values); diff != "" || err != nil {
			t.Error(diff, err)
		}
		for says, deed := range map[string]func() error{
			"things": func() error {
				_, err := e.plane.ListTagged(t.Context(), e.member(a), controlplane.UnitEntity, controlplane.TagFilter{})
				return err
			},
			"values": func() error {
				_, err := e.plane.ListTagValues(t.Context(), e.member(a), controlplane.UnitEntity)
				return err
			},
		} {
			e.refused(says, org.DelegateOnly, deed)
		}
	}
}

func (e *estate) rootName() string { return org.RulesOf(e.admin.Partition).RootName }

func TestUsagesFollowWhatIsThere(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei, vendorQuotas)
	e.enable(org.ServiceControl)
	a := e.account("member-a")
	e.unit(e.root, "u")
	scp := `{"Version":"5.0","Statement":{"Effect":"Deny","Action":["a:b:c"]}}`
	for i := range 2 {
		e.attach(e.policy(org.ServiceControl, fmt.Sprint("p", i), scp), string(a))
	}
	got, err := e.plane.ListUsages(t.Context(), e.admin)
	want := controlplane.Usages{
		Accounts: controlplane.Usage{Limit: 10, Limited: true, Used: 2}, Units: controlplane.Usage{Limit: 1000, Limited: true, Used: 1},
		Policies: controlplane.Usage{Limit: 2000, Limited: true, Used: 2}, Closures: controlplane.Usage{Limited: true},
		Controls: controlplane.Usage{Limit: 5, Limited: true, Used: 3},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	e.refused("usages", org.DelegateOnly, func() error {
		_, err := e.plane.ListUsages(t.Context(), e.member(a))
		return err
	})
	e.refused("services", org.DelegateOnly, func() error {
		_, err := e.plane.ListTagPolicyServices(t.Context(), e.member(a))
		return err
	})
}

func TestRelaxedQuotasAreNoLimits(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	got, err := e.plane.ListUsages(t.Context(), e.admin)
	if err != nil || got.Accounts.Limited || got.Closures.Limited || !got.Units.Limited {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestPoliciesOfAllTypesAreOneList(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	e.enable(org.ServiceControl)
	e.refused("a policy of a type that is off", org.PolicyTypeDisabled, func() error {
		_, err := e.plane.CreatePolicy(t.Context(), e.admin, org.TagPolicy, "t", "", `{"tags":{}}`, nil)
		return err
	})
	e.enable(org.TagPolicy)
	tags := e.policy(org.TagPolicy, "tags", `{"tags":{}}`)
	e.policy(org.ServiceControl, "deny", `{"Version":"5.0","Statement":{"Effect":"Deny","Action":["a:b:c"]}}`)
	e.attach(tags, string(e.root))
	for limit := 1; limit <= 4; limit++ {
		for want, list := range map[string]func(org.Page) (controlplane.Policies, error){
			"FullAccess deny tags": func(p org.Page) (controlplane.Policies, error) {
				return e.plane.ListAllPolicies(t.Context(), e.admin, p)
			},
			"FullAccess tags": func(p org.Page) (controlplane.Policies, error) {
				return e.plane.ListAllAttachedPolicies(t.Context(), e.admin, string(e.root), p)
			},
		} {
			var names []string
			for page := (org.Page{Limit: limit}); ; {
				found, err := list(page)
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range found.Policies {
					names = append(names, p.Name)
				}
				if page.After = found.Next; page.After == "" {
					break
				}
				if len(found.Policies) != limit {
					t.Errorf("a page of %d that is not the last has %d policies", limit, len(found.Policies))
				}
			}
			if got := strings.Join(names, " "); got != want {
				t.Errorf("by %d: %s, want %s", limit, got, want)
			}
		}
	}
	e.refused("a cursor of another list", org.PageTokenInvalid, func() error {
		_, err := e.plane.ListAllPolicies(t.Context(), e.admin, org.Page{After: "own", Limit: 1})
		return err
	})
	e.refused("a target that is not there", org.TargetMissing, func() error {
		_, err := e.plane.ListAllAttachedPolicies(t.Context(), e.admin, "ou-none", org.Page{Limit: 1})
		return err
	})
}
