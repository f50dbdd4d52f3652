package huawei_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

const (
	denyShow  = `{"Version":"5.0","Statement":[{"Sid":"NoShow","Effect":"Deny","Action":["organizations:organizations:get"]}]}`
	denyEmpty = `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":[]}]}`
	linked    = "ServiceLinkedAgencyForOrganizations"
)

// configure posts a configuration as the Terraform provider does, and polls until it is exactly enabled or disabled.
func (h *house) configure(t *testing.T, status, bucket, prefix string) model.DryRunConfigDto {
	t.Helper()
	harness.WantHuawei(t, h.tryConfigure(status, bucket, prefix, linked), 0, "")
	var got *model.DryRunConfigDto
	harness.Until(t, "the dry run is enabled or disabled", func() bool {
		out := harness.Try(h.ShowDryRunConfig(&model.ShowDryRunConfigRequest{
			RootId: h.root, PolicyType: model.GetShowDryRunConfigRequestPolicyTypeEnum().SERVICE_CONTROL_POLICY,
		})).Or(t)
		got = out.Root
		return got.Status.Value() == "enabled" || got.Status.Value() == "disabled"
	})
	if got.Status.Value() != status || text(got.BucketName) != bucket || text(got.BucketPrefix) != prefix || got.CreatedAt == nil || got.UpdatedAt == nil {
		t.Errorf("the configuration is %+v", got)
	}
	return *got
}

func (h *house) tryConfigure(status, bucket, prefix, agency string) error {
	in := &model.UpdateDryRunConfigReqBody{
		RootId: h.root, PolicyType: model.GetUpdateDryRunConfigReqBodyPolicyTypeEnum().SERVICE_CONTROL_POLICY, BucketPrefix: &prefix, RegionId: new(harness.HuaweiRegion),
	}
	statuses := model.GetUpdateDryRunConfigReqBodyStatusEnum()
	switch status {
	case "enabled":
		in.Status = &statuses.ENABLED
	case "disabled":
		in.Status = &statuses.DISABLED
	}
	if bucket != "" {
		in.BucketName = &bucket
	}
	if agency != "" {
		in.AgencyName = &agency
	}
	_, err := h.UpdateDryRunConfig(&model.UpdateDryRunConfigRequest{Body: in})
	return err
}

func (h *house) tryTried(name, content string) (string, error) {
	out, err := h.CreateDryRunPolicy(&model.CreateDryRunPolicyRequest{Body: &model.CreateDryRunPolicyReqBody{
		Name: name, Type: model.GetCreateDryRunPolicyReqBodyTypeEnum().SERVICE_CONTROL_POLICY, Content: content, Tags: &[]model.TagDto{{Key: "stage", Value: "trial"}},
	}})
	if err != nil {
		return "", err
	}
	return out.Policy.PolicySummary.Id, nil
}

func (h *house) attachTried(policy, entity string) error {
	_, err := h.AttachDryRunPolicy(&model.AttachDryRunPolicyRequest{PolicyId: policy, Body: &model.PolicyTachReqBody{EntityId: entity}})
	return err
}

func (h *house) detachTried(policy, entity string) error {
	_, err := h.DetachDryRunPolicy(&model.DetachDryRunPolicyRequest{PolicyId: policy, Body: &model.PolicyTachReqBody{EntityId: entity}})
	return err
}

// record is what the feed and the buckets tell of a call.
type record struct {
	ID        string   `json:"id"`
	RequestID string   `json:"request_id"`
	Account   string   `json:"account_id"`
	Principal string   `json:"principal_urn"`
	Action    string   `json:"action"`
	Resources []string `json:"resources"`
	DeniedBy  []struct {
		Policy    string `json:"policy_id"`
		Statement string `json:"statement"`
		Entity    string `json:"entity_id"`
	} `json:"denied_by"`
	Destination struct {
		Bucket string `json:"bucket_name"`
		Object string `json:"object"`
	} `json:"destination"`
}

// feed reads the records behind a place.
func (h *house) feed(t *testing.T, after string) ([]record, string) {
	t.Helper()
	var out struct {
		Records []record
		Next    string
	}
	h.server.Native(t, "GET", "/_polity/dry-run-records?organization="+h.id+"&after="+after, nil, &out)
	return out.Records, out.Next
}

func TestPoliciesAreTriedOut(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		account := h.account(t).AccountId
		member := h.within(t, account)
		show := func() *model.ShowOrganizationResponse {
			return harness.Try(member.ShowOrganization(&model.ShowOrganizationRequest{})).Or(t)
		}
		id := harness.Try(h.tryTried("no show", denyShow)).Or(t)
		harness.WantHuawei(t, h.attachTried(id, h.root), 400, "Organizations.1604")
		h.configure(t, "enabled", "trial-logs", "org/one")
		harness.WantHuawei(t, h.attachTried(id, h.root), 0, "")
		show()
		harness.Try(h.ShowOrganization(&model.ShowOrganizationRequest{})).Or(t) // the management account is bound by nothing
		records, next := h.feed(t, "")
		if len(records) != 1 {
			t.Fatalf("the records are %+v", records)
		}
		r := records[0]
		if r.Account != account || r.Principal != "sts::"+account+":assumed-agency:OrganizationAccountAccessAgency/conformance" || r.Action != "organizations:organizations:get" ||
			r.RequestID == "" || len(r.DeniedBy) != 1 || r.DeniedBy[0].Policy != id || r.DeniedBy[0].Entity != h.root || r.DeniedBy[0].Statement != "NoShow" ||
			r.Destination.Bucket != "trial-logs" || filepath.Dir(filepath.Dir(filepath.Dir(filepath.Dir(r.Destination.Object)))) != "org/one/PolicyDryRun/"+h.id {
			t.Errorf("the record is %+v", r)
		}
		show()
		if records, next = h.feed(t, next); len(records) != 1 || records[0].ID == r.ID {
			t.Errorf("behind the first there is %+v", records)
		}
		h.switchOn(t, types.SERVICE_CONTROL_POLICY)
		force := harness.Try(h.tryPolicy(newTypes.SERVICE_CONTROL_POLICY, "no show", denyShow)).Or(t) // in force, the name is another's
		harness.WantHuawei(t, h.attach(force, account), 0, "")
		_, err := member.ShowOrganization(&model.ShowOrganizationRequest{})
		harness.WantHuawei(t, err, 403, "Organizations.1007")
		harness.WantHuawei(t, h.detach(force, account), 0, "")
		h.configure(t, "disabled", "trial-logs", "")
		show()
		if records, _ = h.feed(t, next); len(records) != 0 {
			t.Errorf("there are records of %+v", records)
		}
	})
}

func TestDryRunPoliciesAreASpaceOfTheirOwn(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		unit := h.unit(t, h.root, "unit")
		h.configure(t, "enabled", "trial-logs", "")
		id := harness.Try(h.tryTried("one", denyEmpty)).Or(t)
		two := harness.Try(h.tryTried("two", denyShow)).Or(t)
		_, err := h.tryTried("one", denyShow)
		harness.WantHuawei(t, err, 409, "Organizations.1602")
		_, err = h.tryTried("bad", `{"Version":"1.1","Statement":[]}`)
		harness.WantHuawei(t, err, 400, "Organizations.1605")
		shown := harness.Try(h.ShowDryRunPolicy(&model.ShowDryRunPolicyRequest{PolicyId: id})).Or(t).Policy
		if shown.Content != denyEmpty || shown.PolicySummary.Type != controls || shown.PolicySummary.IsBuiltin || shown.PolicySummary.Description != "" {
			t.Errorf("the policy is %+v", shown)
		}
		_, err = h.ShowPolicy(&model.ShowPolicyRequest{PolicyId: id})
		harness.WantHuawei(t, err, 404, "Organizations.1601")
		_, err = h.ShowDryRunPolicy(&model.ShowDryRunPolicyRequest{PolicyId: fullAccess})
		harness.WantHuawei(t, err, 404, "Organizations.1601")
		if got := h.attached(t, ""); !slices.Equal(got, []string{fullAccess}) {
			t.Errorf("the policies in force are %v", got)
		}
		tags := *harness.Try(h.ListTagResources(&model.ListTagResourcesRequest{
			ResourceType: model.GetListTagResourcesRequestResourceTypeEnum().ORGANIZATIONSPOLICIES, ResourceId: id,
		})).Or(t).Tags
		if len(tags) != 1 || tags[0].Key != "stage" || tags[0].Value != "trial" {
			t.Errorf("the tags are %+v", tags)
		}
		harness.WantHuawei(t, h.attachTried(id, unit), 0, "")
		harness.WantHuawei(t, h.attachTried(id, unit), 409, "Organizations.1606")
		harness.WantHuawei(t, h.attachTried(two, unit), 0, "")
		harness.WantHuawei(t, h.attachTried("p-0000000000", unit), 404, "Organizations.1601")
		harness.WantHuawei(t, h.attachTried(id, "ou-00000000"), 404, "Organizations.1609")
		if got := h.triedOn(t, unit); !slices.Equal(got, []string{id, two}) {
			t.Errorf("the unit tries %v", got)
		}
		if got := h.triedOn(t, ""); !slices.Equal(got, []string{id, two}) {
			t.Errorf("there are %v", got)
		}
		entities := *harness.Try(h.ListEntitiesForDryRunPolicy(&model.ListEntitiesForDryRunPolicyRequest{PolicyId: id})).Or(t).AttachedEntities
		if len(entities) != 1 || entities[0].Id != unit || entities[0].Name != "unit" {
			t.Errorf("the policy is attached to %+v", entities)
		}
		changed := harness.Try(h.UpdateDryRunPolicy(&model.UpdateDryRunPolicyRequest{PolicyId: id, Body: &model.UpdatePolicyReqBody{Name: new("three"), Content: new(denyShow)}})).Or(t).Policy
		if changed.PolicySummary.Name != "three" || changed.Content != denyShow {
			t.Errorf("the policy is %+v", changed)
		}
		_, err = h.UpdateDryRunPolicy(&model.UpdateDryRunPolicyRequest{PolicyId: id, Body: &model.UpdatePolicyReqBody{Name: new("two")}})
		harness.WantHuawei(t, err, 409, "Organizations.1602")
		_, err = h.DeleteDryRunPolicy(&model.DeleteDryRunPolicyRequest{PolicyId: id})
		harness.WantHuawei(t, err, 400, "Organizations.1603")
		h.configure(t, "disabled", "trial-logs", "")
		harness.WantHuawei(t, h.detachTried(id, unit), 0, "")
		harness.WantHuawei(t, h.detachTried(id, unit), 400, "Organizations.1611")
		if out := harness.Try(h.DeleteDryRunPolicy(&model.DeleteDryRunPolicyRequest{PolicyId: id})).Or(t); out.HttpStatusCode != 204 {
			t.Errorf("DeleteDryRunPolicy answers %d, want 204", out.HttpStatusCode)
		}
		_, err = h.ShowDryRunPolicy(&model.ShowDryRunPolicyRequest{PolicyId: id})
		harness.WantHuawei(t, err, 404, "Organizations.1601")
		harness.WantHuawei(t, h.tryConfigure("enabled", "", "", ""), 0, "") // keeps bucket and agency
		harness.WantHuawei(t, h.tryConfigure("enabled", "trial-logs", "../up", linked), 400, "Organizations.1000")
		harness.WantHuawei(t, h.tryConfigure("enabled", "Bad_Bucket", "", linked), 400, "Organizations.1000")
		harness.WantHuawei(t, h.tryConfigure("enabled", "trial-logs", "", "nobody"), 400, "Organizations.1000")
	})
}

// triedOn are the ids of the tried policies on an entity, by pages of one; of all when it is empty.
func (h *house) triedOn(t *testing.T, entity string) []string {
	t.Helper()
	in := &model.ListDryRunPoliciesRequest{Limit: new(int32(1))}
	if entity != "" {
		in.AttachedEntityId = &entity
	}
	var out []string
	for {
		page := harness.Try(h.ListDryRunPolicies(in)).Or(t)
		for _, p := range *page.Policies {
			out = append(out, p.Id)
		}
		if page.PageInfo.NextMarker == "" {
			return out
		}
		in.Marker = &page.PageInfo.NextMarker
	}
}

func TestADryRunTakesItsTimeAtARealisticPace(t *testing.T) {
	t.Parallel()
	s := harness.Serve(t, "sqlite", "--pace", "realistic")
	h := newHouse(t, s)
	harness.WantHuawei(t, h.tryConfigure("enabled", "trial-logs", "", linked), 0, "")
	in := &model.ShowDryRunConfigRequest{RootId: h.root, PolicyType: model.GetShowDryRunConfigRequestPolicyTypeEnum().SERVICE_CONTROL_POLICY}
	if got := harness.Try(h.ShowDryRunConfig(in)).Or(t).Root.Status.Value(); got != "pending_enable" {
		t.Errorf("at first it is %s", got)
	}
	harness.WantHuawei(t, h.tryConfigure("disabled", "", "", ""), 409, "Organizations.1003")
	harness.Until(t, "the dry run is enabled", func() bool { return harness.Try(h.ShowDryRunConfig(in)).Or(t).Root.Status.Value() == "enabled" })
}

// TestRecordsLieWhereTheConfigurationSays runs on each engine, and delivers a second time what a server without the flag left.
func TestRecordsLieWhereTheConfigurationSays(t *testing.T) {
	for _, engine := range harness.Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			harness.Need(t, engine)
			dir, database := t.TempDir(), harness.Database(t, engine)
			s := harness.ServeOn(t, engine, database)
			h := newHouse(t, s)
			member := h.within(t, h.account(t).AccountId)
			h.configure(t, "enabled", "trial-logs", "org")
			harness.WantHuawei(t, h.attachTried(harness.Try(h.tryTried("no show", denyShow)).Or(t), h.root), 0, "")
			for range 3 {
				harness.Try(member.ShowOrganization(&model.ShowOrganizationRequest{})).Or(t)
			}
			records, _ := h.feed(t, "")
			if len(records) != 3 {
				t.Fatalf("the records are %+v", records)
			}
			if err := s.Stop(); err != nil {
				t.Fatal(err)
			}
			harness.ServeOn(t, engine, database, "--dry-run-logs", dir)
			for _, want := range records {
				path := filepath.Join(dir, want.Destination.Bucket, filepath.FromSlash(want.Destination.Object))
				harness.Until(t, "the record is delivered", func() bool { _, err := os.Stat(path); return err == nil })
				var got record
				if err := json.Unmarshal(harness.Try(os.ReadFile(path)).Or(t), &got); err != nil || got.ID != want.ID || got.Action != want.Action || len(got.DeniedBy) != 1 {
					t.Errorf("%s holds %+v: %v", path, got, err)
				}
			}
		})
	}
}
