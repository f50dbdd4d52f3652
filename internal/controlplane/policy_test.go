package controlplane_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
	"github.com/polity-cloud/polity/internal/store"
)

const denyLeave = "{\n \"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"organizations:LeaveOrganization\", \"Resource\": \"*\"} }\n"

func (e *estate) policy(t org.PolicyType, name, content string) org.PolicyID {
	e.Helper()
	made, err := e.plane.CreatePolicy(e.Context(), e.admin, t, name, "", content, nil)
	if err != nil {
		e.Fatal(err)
	}
	return made.ID
}

// listed are the names of the policies of a type, page by page.
func (e *estate) listed(t org.PolicyType, limit int) string {
	e.Helper()
	var names []string
	page := org.Page{Limit: limit}
	for {
		found, err := e.plane.ListPolicies(e.Context(), e.admin, t, page)
		if err != nil {
			e.Fatal(err)
		}
		if len(found.Policies) > limit {
			e.Errorf("%d policies on a page of %d", len(found.Policies), limit)
		}
		for _, p := range found.Policies {
			names = append(names, p.Name)
		}
		if page.After = found.Next; page.After == "" {
			return strings.Join(names, " ")
		}
	}
}

func TestAPolicyComesBackByteForByte(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	version := e.version()
	made, err := e.plane.CreatePolicy(t.Context(), e.admin, org.ServiceControl, "no-leave", "", denyLeave, []org.Tag{{Key: "k", Value: "v"}})
	if err != nil {
		t.Fatal(err)
	}
	e.recorded(version, org.Event{
		Name: org.PolicyCreated, Subject: string(made.ID), By: e.admin, Detail: map[string]string{"policyName": "no-leave", "policyType": "service_control"},
	})
	found, err := e.plane.GetPolicy(t.Context(), e.admin, made.ID)
	if err != nil || found.Content != denyLeave || found.Name != "no-leave" || found.Description != "" || found.BuiltIn() {
		t.Errorf("%+v, %v", found, err)
	}
	tags, err := e.plane.ListTags(t.Context(), e.admin, org.Resource(made.ID))
	if err != nil || len(tags) != 1 {
		t.Errorf("%v, %v", tags, err)
	}
	if err := e.plane.Tag(t.Context(), e.admin, org.Resource(made.ID), []org.Tag{{Key: "more"}}); err != nil {
		t.Error(err)
	}
	e.refused("tags of the cloud's own policy", org.ResourceMissing, func() error {
		return e.plane.Tag(t.Context(), e.admin, "p-FullAWSAccess", []org.Tag{{Key: "k"}})
	})
}

func TestWhatCreatePolicyRefuses(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.policy(org.TagPolicy, "taken", `{"tags":{}}`)
	scp := `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"a:b","Resource":"*"}}`
	for _, c := range []struct {
		says          string
		kind          org.PolicyType
		name, content string
		tags          []org.Tag
		want          org.Reason
	}{
		{"a type that there is not", "network_control", "x", scp, nil, org.PolicyTypeUnavailable},
		{"no name", org.ServiceControl, "", scp, nil, org.InvalidPolicyName},
		{"a name of 129 characters", org.ServiceControl, strings.Repeat("é", 129), scp, nil, org.InvalidPolicyName},
		{"a name of another type", org.ServiceControl, "taken", scp, nil, org.PolicyNameTaken},
		{"the name of the cloud's own", org.ServiceControl, "FullAWSAccess", scp, nil, org.PolicyNameTaken},
		{"a tag of the cloud", org.ServiceControl, "x", scp, []org.Tag{{Key: "aws:x"}}, org.SystemTag},
		{"no JSON", org.ServiceControl, "x", "{", nil, org.PolicyMalformed},
		{"a principal in a service control policy", org.ServiceControl, "x", `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"a:b","Resource":"*"}}`, nil, org.PolicyMalformed},
		{"an allow in a resource control policy", org.ResourceControl, "x", `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}`, nil, org.PolicyMalformed},
		{"statements in a tag policy", org.TagPolicy, "x", scp, nil, org.PolicyMalformed},
		{"a service control policy that is too long", org.ServiceControl, "x", scp + strings.Repeat(" ", 10241-len(scp)), nil, org.PolicyTooLarge},
		{"a tag policy that is too long", org.TagPolicy, "x", strings.Repeat(" ", 10001), nil, org.PolicyTooLarge},
	} {
		e.refused(c.says, c.want, func() error {
			_, err := e.plane.CreatePolicy(t.Context(), e.admin, c.kind, c.name, "", c.content, c.tags)
			return err
		})
	}
	e.refused("a description of 513 characters", org.InputTooLong, func() error {
		_, err := e.plane.CreatePolicy(t.Context(), e.admin, org.ServiceControl, "x", strings.Repeat("d", 513), scp, nil)
		return err
	})
	e.policy(org.ServiceControl, "just fits", scp+strings.Repeat(" ", 10240-len(scp)))
}

func TestPoliciesOfATypeAreLimited(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	most := org.RulesOf(org.AWS).PolicyRule(org.TagPolicy).Policies
	err := e.store.Update(t.Context(), func(tx store.Tx) error {
		for i := range most {
			p := org.Policy{ID: org.PolicyID(fmt.Sprintf("p-%010d", i)), OrganizationID: e.id, Type: org.TagPolicy, Name: fmt.Sprint(i), Content: `{"tags":{}}`}
			if err := tx.InsertPolicy(t.Context(), p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	e.refused("one more", org.PolicyLimit, func() error {
		_, err := e.plane.CreatePolicy(t.Context(), e.admin, org.TagPolicy, "x", "", `{"tags":{}}`, nil)
		return err
	})
	e.policy(org.BackupPolicy, "another type", `{"plans":{}}`)
}

func TestAnOrganizationWithoutAllFeaturesHasNoPolicies(t *testing.T) {
	t.Parallel()
	e := lawless(t, org.AWS)
	o, err := e.plane.CreateOrganization(t.Context(), e.admin, org.ConsolidatedBilling)
	if err != nil {
		t.Fatal(err)
	}
	e.id, e.root = o.ID, o.RootID
	e.refused("a policy", org.PolicyTypeUnavailable, func() error {
		_, err := e.plane.CreatePolicy(t.Context(), e.admin, org.ServiceControl, "x", "", denyLeave, nil)
		return err
	})
	e.refused("a type", org.PolicyTypeUnavailable, func() error {
		_, err := e.plane.EnablePolicyType(t.Context(), e.admin, e.root, org.ServiceControl)
		return err
	})
	e.refused("an effective policy", org.AllFeaturesRequired, func() error {
		_, err := e.plane.GetEffectivePolicy(t.Context(), e.admin, org.TagPolicy, "")
		return err
	})
	e.refused("an attachment", org.PolicyTypeDisabled, func() error { return e.plane.AttachPolicy(t.Context(), e.admin, "p-FullAWSAccess", string(e.root)) })
	e.refused("an attachment to end", org.AllFeaturesRequired, func() error { return e.plane.DetachPolicy(t.Context(), e.admin, "p-FullAWSAccess", string(e.root)) })
}

func TestUpdatePolicyChangesWhatIsSaid(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id, other := e.policy(org.ServiceControl, "a", denyLeave), e.policy(org.TagPolicy, "b", `{"tags":{}}`)
	update := func(id org.PolicyID, c org.PolicyChange) (controlplane.Policy, error) {
		return e.plane.UpdatePolicy(t.Context(), e.admin, id, c)
	}
	version := e.version()
	changed, err := update(id, org.PolicyChange{Description: new("said")})
	if err != nil || changed.Name != "a" || changed.Description != "said" || changed.Content != denyLeave {
		t.Errorf("%+v, %v", changed, err)
	}
	e.recorded(version, org.Event{Name: org.PolicyUpdated, Subject: string(id), By: e.admin, Detail: map[string]string{"policyName": "a"}})
	if changed, err = update(id, org.PolicyChange{Name: new("c"), Description: new("")}); err != nil || changed.Name != "c" || changed.Description != "" {
		t.Errorf("%+v, %v", changed, err)
	}
	if _, err := update(id, org.PolicyChange{Name: new("c")}); err != nil {
		t.Errorf("its own name: %v", err)
	}
	e.policy(org.ServiceControl, "a", denyLeave) // the name is free again
	for _, c := range []struct {
		says   string
		id     org.PolicyID
		change org.PolicyChange
		want   org.Reason
	}{
		{"a policy that there is not", "p-0000000000", org.PolicyChange{}, org.PolicyMissing},
		{"the cloud's own", "p-FullAWSAccess", org.PolicyChange{}, org.PolicyImmutable},
		{"another's name", id, org.PolicyChange{Name: new("b")}, org.PolicyNameTaken},
		{"a bad document", other, org.PolicyChange{Content: new(denyLeave)}, org.PolicyMalformed},
		{"a long document", other, org.PolicyChange{Content: new(strings.Repeat(" ", 10001))}, org.PolicyTooLarge},
	} {
		e.refused(c.says, c.want, func() error {
			_, err := update(c.id, c.change)
			return err
		})
	}
}

func TestPoliciesAreListedWithTheCloudsOwnFirst(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	if got := e.listed(org.ServiceControl, 1); got != "FullAWSAccess" {
		t.Errorf("at first there is %s", got)
	}
	for _, name := range []string{"z", "a", "m"} {
		e.pass(1)
		e.pass(1000)
		e.policy(org.ServiceControl, name, denyLeave)
	}
	e.policy(org.TagPolicy, "tags", `{"tags":{}}`)
	for _, limit := range []int{1, 2, 3, 4, 20} {
		if got := e.listed(org.ServiceControl, limit); got != "FullAWSAccess z a m" {
			t.Errorf("by %d: %s", limit, got)
		}
	}
	if got := e.listed(org.ResourceControl, 1) + " " + e.listed(org.TagPolicy, 1) + e.listed(org.BackupPolicy, 1); got != "RCPFullAWSAccess tags" {
		t.Errorf("of other types there is %s", got)
	}
}

func TestAPolicyThatIsAttachedStays(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.enable(org.ServiceControl)
	id := e.policy(org.ServiceControl, "a", denyLeave)
	e.attach(id, string(e.root))
	e.refused("an attached one", org.PolicyInUse, func() error { return e.plane.DeletePolicy(t.Context(), e.admin, id) })
	e.refused("the cloud's own", org.PolicyImmutable, func() error { return e.plane.DeletePolicy(t.Context(), e.admin, "p-FullAWSAccess") })
	e.detach(id, string(e.root))
	version := e.version()
	if err := e.plane.DeletePolicy(t.Context(), e.admin, id); err != nil {
		t.Fatal(err)
	}
	e.recorded(version, org.Event{Name: org.PolicyDeleted, Subject: string(id), By: e.admin})
	e.refused("a deleted one", org.PolicyMissing, func() error { return e.plane.DeletePolicy(t.Context(), e.admin, id) })
	foreign := newEstate(t)
	e.refused("another organization's", org.PolicyMissing, func() error {
		_, err := e.plane.GetPolicy(t.Context(), e.admin, foreign.policy(org.TagPolicy, "x", `{"tags":{}}`))
		return err
	})
}

func TestTheCloudsOwnPoliciesAreThoseThatAreEvaluated(t *testing.T) {
	t.Parallel()
	for p, want := range map[org.Partition][]string{
		org.AWS: {policy.FullAWSAccess, policy.RCPFullAWSAccess}, org.Huawei: {policy.HuaweiFullAccess},
	} {
		var got []string
		for _, rule := range org.RulesOf(p).Policies {
			if rule.Own != nil {
				got = append(got, rule.Own.Content)
			}
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: %v", p, got)
		}
	}
}

func TestADeletedOrganizationTakesItsPoliciesAlong(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.enable(org.ServiceControl)
	e.enable(org.TagPolicy)
	e.attach(e.policy(org.TagPolicy, "t", `{"tags":{"a":{}}}`), string(e.root))
	if err := e.plane.DeleteOrganization(t.Context(), e.admin); err != nil {
		t.Fatal(err)
	}
	for table, n := range e.rows() {
		if strings.Contains(table, "polic") || table == "attachments" {
			t.Errorf("%d %s", n, table)
		}
	}
}
