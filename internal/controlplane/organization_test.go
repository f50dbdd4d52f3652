package controlplane_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func TestCreateOrganizationMakesTheCallerItsManagement(t *testing.T) {
	t.Parallel()
	e := lawless(t, org.AWS)
	got, err := e.plane.CreateOrganization(t.Context(), e.admin, org.AllFeatures)
	if err != nil {
		t.Fatal(err)
	}
	e.id = got.ID
	want := org.Organization{
		ID: got.ID, Partition: org.AWS, ManagementID: e.admin.AccountID, RootID: got.RootID, FeatureSet: org.AllFeatures, CreatedAt: e.now, Version: 1,
	}
	if d := cmp.Diff(want, got.Organization); d != "" {
		t.Error(d)
	}
	if got.Management.Email != "payer@corp.example" {
		t.Errorf("management %+v", got.Management)
	}
	e.recorded(0, org.Event{Name: org.OrganizationCreated, Subject: string(got.ID), By: e.admin, Detail: map[string]string{"featureSet": "ALL"}})

	read, err := e.plane.GetOrganization(t.Context(), e.admin)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(got, read); d != "" {
		t.Error(d)
	}
	a, err := e.plane.GetAccount(t.Context(), e.admin, e.admin.AccountID)
	if err != nil {
		t.Fatal(err)
	}
	if a.JoinMethod != org.Invited || !a.JoinedAt.Equal(e.now) || joined(a.Path) != string(got.RootID) || a.State != org.AccountActive {
		t.Errorf("%+v", a)
	}
	root, err := e.plane.GetRoot(t.Context(), e.admin)
	if err != nil || root.ID != got.RootID || root.Name != "Root" || !root.IsRoot() || root.Organization.ID != got.ID {
		t.Errorf("%+v, %v", root, err)
	}
	e.hasServiceRole(e.admin.AccountID, true)
}

func (e *estate) hasServiceRole(a org.AccountID, want bool) {
	e.Helper()
	name, trusts, path := "AWSServiceRoleForOrganizations", "organizations.amazonaws.com", "/aws-service-role/organizations.amazonaws.com/"
	if e.admin.Partition == org.Huawei {
		name, trusts, path = "ServiceLinkedAgencyForOrganizations", "service.Organizations", "/service-linked-agency/service.Organizations/"
	}
	err := e.store.View(e.Context(), func(r store.Reader) error {
		p, err := r.PrincipalNamed(e.Context(), a, org.ServiceRole, name)
		if err == nil && (p.Trusts != trusts || p.Path != path || p.Administrator) {
			e.Errorf("%+v", p)
		}
		return err
	})
	if (err == nil) != want {
		e.Errorf("the service's role in %s: %v", a, err)
	}
}

func TestConsolidatedBillingNeedsNoServiceRole(t *testing.T) {
	t.Parallel()
	e := lawless(t, org.AWS)
	if _, err := e.plane.CreateOrganization(t.Context(), e.admin, org.ConsolidatedBilling); err != nil {
		t.Fatal(err)
	}
	e.hasServiceRole(e.admin.AccountID, false)
}

func TestWhoMayNotCreateAnOrganization(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	member := e.member(e.account("one"))
	powerless := e.stranger()
	powerless.Admin = false
	gone := org.Caller{Partition: org.AWS, AccountID: "999999999999", Kind: org.RootUser}
	gov := e.mint(controlplane.Standalone{Partition: org.AWSGov}).Caller
	huawei := e.mint(controlplane.Standalone{Partition: org.Huawei}).Caller
	powerlessInGov := gov
	powerlessInGov.Admin = false
	powerlessMember := member
	powerlessMember.Admin = false
	for _, c := range []struct {
		says     string
		by       org.Caller
		features org.FeatureSet
		want     org.Reason
	}{
		{"the management account, again", e.admin, org.AllFeatures, org.InOrganization},
		{"a member", member, org.AllFeatures, org.InOrganization},
		{"a member with a feature set that does not exist", member, "SOME", org.InOrganization},
		{"a powerless member", powerlessMember, org.AllFeatures, org.InOrganization},
		{"a powerless user", powerless, org.AllFeatures, org.NotPermitted},
		{"a powerless user with a refused feature set", powerlessInGov, org.ConsolidatedBilling, org.NotPermitted},
		{"consolidated billing in GovCloud", gov, org.ConsolidatedBilling, org.FeatureSetRefused},
		{"consolidated billing on Huawei Cloud", huawei, org.ConsolidatedBilling, org.FeatureSetRefused},
		{"an account that is gone", gone, org.AllFeatures, org.KeyUnknown},
	} {
		e.refused(c.says, c.want, func() error {
			_, err := e.plane.CreateOrganization(t.Context(), c.by, c.features)
			return err
		})
	}
}

func TestDeleteOrganizationLeavesTheManagementAlone(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	e.unit(e.root, "empty units are no hindrance")
	if err := e.plane.Tag(t.Context(), e.admin, org.Resource(e.root), []org.Tag{{Key: "k"}}); err != nil {
		t.Fatal(err)
	}
	version := e.version()
	if err := e.plane.DeleteOrganization(t.Context(), e.admin); err != nil {
		t.Fatal(err)
	}
	e.recorded(version, org.Event{Name: org.OrganizationDeleted, Subject: string(e.id), By: e.admin})
	if _, err := e.plane.GetOrganization(t.Context(), e.admin); org.ReasonOf(err) != org.NotInOrganization {
		t.Errorf("it is still there: %v", err)
	}
	rows := e.rows()
	if rows["organizations"]+rows["units"]+rows["tags"]+rows["creations"] != 0 {
		t.Errorf("left over: %v", rows)
	}
	err := e.store.View(t.Context(), func(r store.Reader) error {
		a, err := r.Account(t.Context(), e.admin.AccountID)
		if a.OrganizationID != "" || a.ParentID != "" || a.JoinMethod != "" || !a.JoinedAt.Equal(e.clock()) {
			t.Errorf("the account still looks like a member: %+v", a)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	e.pass(time.Hour)
	again, err := e.plane.CreateOrganization(t.Context(), e.admin, org.AllFeatures)
	if err != nil || again.ID == e.id {
		t.Errorf("a second organization: %s, %v", again.ID, err)
	}
}

func TestAnOrganizationWithMembersStays(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	member := e.account("one")
	remove := func(c org.Caller) func() error {
		return func() error { return e.plane.DeleteOrganization(t.Context(), c) }
	}
	e.refused("with a member", org.OrganizationNotEmpty, remove(e.admin))
	e.refused("by the member", org.ManagementOnly, remove(e.member(member)))
	e.refused("by a stranger", org.NotInOrganization, remove(e.stranger()))
}

func TestAnOrganizationWithARunningCreationStays(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	n, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "one", Email: "payer@corp.example"})
	if err != nil {
		t.Fatal(err)
	}
	remove := func() error { return e.plane.DeleteOrganization(t.Context(), e.admin) }
	e.refused("while it runs", org.OrganizationNotEmpty, remove)
	if n = e.vend(n.ID); n.State != org.CreationFailed {
		t.Fatalf("%+v", n)
	}
	if err := remove(); err != nil {
		t.Errorf("once it failed: %v", err)
	}
}

func TestUnitsHinderWhereTheCloudSaysSo(t *testing.T) {
	t.Parallel()
	e := in(t, org.Huawei)
	e.unit(e.root, "unit")
	e.refused("with a unit", org.OrganizationNotEmpty, func() error { return e.plane.DeleteOrganization(t.Context(), e.admin) })
}

func TestEveryMemberSeesTheOrganization(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	member := e.account("one")
	byMember, err := e.plane.GetOrganization(t.Context(), e.member(member))
	if err != nil {
		t.Fatal(err)
	}
	byManagement, err := e.plane.GetOrganization(t.Context(), e.admin)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(byManagement, byMember); d != "" {
		t.Error(d)
	}
}
