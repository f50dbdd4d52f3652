package org_test

import (
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestWhatTheRolesOfServicesAreCalled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		service, suffix string
		unlisted        bool
		want            string
		broken          org.Reason
	}{
		{"organizations.amazonaws.com", "", false, "AWSServiceRoleForOrganizations", ""},
		{"member.org.stacksets.cloudformation.amazonaws.com", "", false, "AWSServiceRoleForCloudFormationStackSetsOrgMember", ""},
		{"sso.amazonaws.com", "x", false, "", org.InvalidRoleName},
		{"sso.amazonaws.com", "x", true, "", org.InvalidRoleName},
		{"data-sync.es.amazonaws.com", "", false, "", org.ServiceUnknown},
		{"data-sync.es.amazonaws.com", "", true, "AWSServiceRoleForDataSyncEs", ""},
		{"autoscaling.amazonaws.com", "blue", true, "AWSServiceRoleForAutoscaling_blue", ""},
		{"autoscaling.amazonaws.com", strings.Repeat("x", 64), true, "", org.InvalidRoleName},
		{"autoscaling.example.com", "", true, "", org.ServiceUnknown},
		{".amazonaws.com", "", true, "", org.ServiceUnknown},
		{"Organizations.amazonaws.com", "", false, "", org.ServiceUnknown},
		{"", "", true, "", org.ServiceUnknown},
	} {
		got, err := org.RulesOf(org.AWS).LinkedRole(c.service, c.suffix, c.unlisted)
		if org.ReasonOf(err) != c.broken || err == nil && (got.Name != c.want || got.Path != "/aws-service-role/"+c.service+"/" || got.Trusts != c.service) {
			t.Errorf("%s %s: %+v, %v", c.service, c.suffix, got, err)
		}
	}
}

// The role that joining an organization makes is the one that its service's name leads to.
func TestTheOrganizationsServiceHasOneRole(t *testing.T) {
	t.Parallel()
	for _, p := range []org.Partition{org.AWS, org.AWSChina, org.AWSGov} {
		r := org.RulesOf(p)
		got, err := r.LinkedRole(r.ServicePrincipal, "", false)
		if err != nil || got.Name != r.ServiceRole || got.Path != r.ServiceRolePath {
			t.Errorf("%s: %+v, %v", p, got, err)
		}
	}
}

func TestRootTasksAreFoundByName(t *testing.T) {
	t.Parallel()
	if len(org.RootTasks) != 5 {
		t.Errorf("%d tasks", len(org.RootTasks))
	}
	for _, task := range org.RootTasks {
		got, ok := org.RootTaskOf(task.Name)
		if !ok || got.Feature != task.Feature || len(got.Actions) == 0 {
			t.Errorf("%s is %+v", task.Name, got)
		}
	}
	if got, ok := org.RootTaskOf("AdministratorAccess"); ok {
		t.Errorf("%+v", got)
	}
}
