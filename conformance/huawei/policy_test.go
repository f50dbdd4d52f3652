package huawei_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

const (
	denyLeave = "{\r\n  \"Version\":\"5.0\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":[\"organizations:organizations:leave\"]}]}\n"
	teamTag   = `{"tags":{"team":{"tag_key":{"@@assign":"Team"},"tag_value":{"@@assign":["red","blue"]}}}}`
)

var (
	types      = model.GetPolicyTypeReqBodyPolicyTypeEnum()
	newTypes   = model.GetCreatePolicyReqBodyTypeEnum()
	controls   = "service_control_policy"
	tagPolicy  = "tag_policy"
	fullAccess = "p-FullAccess"
)

func (h *house) tryPolicy(kind model.CreatePolicyReqBodyType, name, content string) (string, error) {
	out, err := h.CreatePolicy(&model.CreatePolicyRequest{Body: &model.CreatePolicyReqBody{Name: name, Type: kind, Content: content}})
	if err != nil {
		return "", err
	}
	return out.Policy.PolicySummary.Id, nil
}

func (h *house) attach(policy, entity string) error {
	_, err := h.AttachPolicy(&model.AttachPolicyRequest{PolicyId: policy, Body: &model.PolicyTachReqBody{EntityId: entity}})
	return err
}

func (h *house) detach(policy, entity string) error {
	_, err := h.DetachPolicy(&model.DetachPolicyRequest{PolicyId: policy, Body: &model.PolicyTachReqBody{EntityId: entity}})
	return err
}

// attached are the ids of the policies on an entity, by pages of one; of all policies when the entity is empty.
func (h *house) attached(t *testing.T, entity string) []string {
	t.Helper()
	one, in := int32(1), &model.ListPoliciesRequest{}
	in.Limit = &one
	if entity != "" {
		in.AttachedEntityId = &entity
	}
	var out []string
	for {
		page := harness.Try(h.ListPolicies(in)).Or(t)
		for _, p := range *page.Policies {
			out = append(out, p.Id)
		}
		if page.PageInfo.NextMarker == "" {
			return out
		}
		in.Marker = &page.PageInfo.NextMarker
	}
}

// status is what the root says of a policy type. Terraform waits until it reads "enabled" or "disabled".
func (h *house) status(t *testing.T, kind string) string {
	t.Helper()
	root := (*harness.Try(h.ListRoots(&model.ListRootsRequest{})).Or(t).Roots)[0]
	at := slices.IndexFunc(root.PolicyTypes, func(p model.PolicyTypeSummaryDto) bool { return p.Type == kind })
	if at < 0 {
		t.Fatalf("the root has no row of %s: %+v", kind, root.PolicyTypes)
	}
	return root.PolicyTypes[at].Status
}

func (h *house) switchOn(t *testing.T, kind model.PolicyTypeReqBodyPolicyType) {
	t.Helper()
	harness.Try(h.EnablePolicyType(&model.EnablePolicyTypeRequest{Body: &model.PolicyTypeReqBody{PolicyType: kind, RootId: h.root}})).Or(t)
}

func (h *house) switchOff(kind model.PolicyTypeReqBodyPolicyType) error {
	_, err := h.DisablePolicyType(&model.DisablePolicyTypeRequest{Body: &model.PolicyTypeReqBody{PolicyType: kind, RootId: h.root}})
	return err
}

func TestServiceControlPoliciesAreSwitchedWrittenAndAttached(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		_, err := h.tryPolicy(newTypes.SERVICE_CONTROL_POLICY, "early", denyLeave)
		harness.WantHuawei(t, err, 400, "Organizations.1604")
		if got := h.status(t, controls); got != "disabled" {
			t.Errorf("the type is %s, want disabled", got)
		}
		unit := h.unit(t, h.root, "old")
		h.switchOn(t, types.SERVICE_CONTROL_POLICY)
		h.switchOn(t, types.SERVICE_CONTROL_POLICY) // safe to repeat
		if got := h.status(t, controls); got != "enabled" {
			t.Errorf("the type is %s, want enabled", got)
		}
		for _, entity := range []string{h.root, unit, h.unit(t, unit, "new"), h.key.Account, h.account(t).AccountId} {
			if got := h.attached(t, entity); !slices.Equal(got, []string{fullAccess}) {
				t.Errorf("%s has %v", entity, got)
			}
		}
		id := harness.Try(h.tryPolicy(newTypes.SERVICE_CONTROL_POLICY, "no leave", denyLeave)).Or(t)
		shown := harness.Try(h.ShowPolicy(&model.ShowPolicyRequest{PolicyId: id})).Or(t).Policy
		if shown.Content != denyLeave || shown.PolicySummary.IsBuiltin || !strings.HasSuffix(shown.PolicySummary.Urn, ":policy:"+h.id+"/service_control_policy/"+id) {
			t.Errorf("the policy is %+v", shown)
		}
		_, err = h.tryPolicy(newTypes.SERVICE_CONTROL_POLICY, "no leave", denyLeave)
		harness.WantHuawei(t, err, 409, "Organizations.1602")
		harness.WantHuawei(t, h.attach(id, unit), 0, "")
		harness.WantHuawei(t, h.attach(id, unit), 409, "Organizations.1606")
		harness.WantHuawei(t, h.detach(fullAccess, unit), 0, "")
		harness.WantHuawei(t, h.detach(id, unit), 400, "Organizations.1607")
		_, err = h.DeletePolicy(&model.DeletePolicyRequest{PolicyId: id})
		harness.WantHuawei(t, err, 400, "Organizations.1603")
		entities := *harness.Try(h.ListEntitiesForPolicy(&model.ListEntitiesForPolicyRequest{PolicyId: id})).Or(t).AttachedEntities
		if len(entities) != 1 || entities[0].Id != unit || entities[0].Name != "old" {
			t.Errorf("the policy is attached to %+v", entities)
		}
		harness.WantHuawei(t, h.switchOff(types.SERVICE_CONTROL_POLICY), 0, "")
		if got := h.status(t, controls); got != "disabled" {
			t.Errorf("the type is %s, want disabled", got)
		}
		harness.WantHuawei(t, h.switchOff(types.SERVICE_CONTROL_POLICY), 400, "Organizations.1604")
		if got := h.attached(t, ""); !slices.Equal(got, []string{fullAccess, id}) {
			t.Errorf("there are the policies %v", got)
		}
		deleted := harness.Try(h.DeletePolicy(&model.DeletePolicyRequest{PolicyId: id})).Or(t)
		if deleted.HttpStatusCode != 204 {
			t.Errorf("DeletePolicy answers %d, want 204", deleted.HttpStatusCode)
		}
		_, err = h.ShowPolicy(&model.ShowPolicyRequest{PolicyId: id})
		harness.WantHuawei(t, err, 404, "Organizations.1601")
	})
}

func TestTagPoliciesComeToOneAndAreEnforced(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		h.switchOn(t, types.TAG_POLICY)
		if got := h.status(t, tagPolicy); got != "enabled" {
			t.Errorf("the type is %s, want enabled", got)
		}
		harness.WantHuawei(t, h.attach(harness.Try(h.tryPolicy(newTypes.TAG_POLICY, "team", teamTag)).Or(t), h.root), 0, "")
		const more = `{"tags":{"team":{"tag_value":{"@@append":["green"]},"enforced_for":{"@@assign":["organizations:*"]}}}}`
		harness.WantHuawei(t, h.attach(harness.Try(h.tryPolicy(newTypes.TAG_POLICY, "more", more)).Or(t), h.key.Account), 0, "")
		out := harness.Try(h.ShowEffectivePolicies(&model.ShowEffectivePoliciesRequest{
			EntityId: h.key.Account, PolicyType: model.GetShowEffectivePoliciesRequestPolicyTypeEnum().TAG_POLICY,
		})).Or(t)
		want := `{"tags":{"team":{"tag_key":"Team","tag_value":["red","blue","green"],"enforced_for":["organizations:*"]}}}`
		if *out.PolicyContent != want || *out.EntityId != h.key.Account || out.LastUpdatedAt == nil {
			t.Errorf("the effective policy is %s", *out.PolicyContent)
		}
		harness.WantHuawei(t, h.tag(h.root, model.TagDto{Key: "Team", Value: "pink"}), 400, "Organizations.1703")
		harness.WantHuawei(t, h.tag(h.root, model.TagDto{Key: "Team", Value: "green"}), 0, "")
		services := *harness.Try(h.ListTagPolicyServices(&model.ListTagPolicyServicesRequest{})).Or(t).Services
		if !slices.ContainsFunc(services, func(s model.TagPolicyServiceDto) bool { return s.ServiceName == "organizations" && s.SupportAll }) {
			t.Errorf("tag policies are enforced on %+v", services)
		}
	})
}

func TestResourcesAreFoundByTheirTags(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		one, two := h.unit(t, h.root, "one"), h.unit(t, h.root, "two")
		h.unit(t, h.root, "bare")
		harness.WantHuawei(t, h.tag(one, model.TagDto{Key: "stage", Value: "test"}, model.TagDto{Key: "team", Value: "red"}), 0, "")
		harness.WantHuawei(t, h.tag(two, model.TagDto{Key: "stage", Value: "live"}), 0, "")
		find := func(limit int32, offset string, tags ...model.TagsDto) ([]string, int32) {
			out := harness.Try(h.ListResourceInstances(&model.ListResourceInstancesRequest{
				ResourceType: model.GetListResourceInstancesRequestResourceTypeEnum().ORGANIZATIONSOUS, Limit: &limit, Offset: &offset,
				Body: &model.ResourceInstanceReqBody{Tags: &tags},
			})).Or(t)
			var ids []string
			for _, r := range *out.Resources {
				ids = append(ids, r.ResourceId)
			}
			return ids, *out.TotalCount
		}
		if ids, n := find(100, "0", model.TagsDto{Key: "stage", Values: []string{"test", "live"}}); !slices.Equal(ids, []string{one, two}) || n != 2 {
			t.Errorf("found %v of %d", ids, n)
		}
		if ids, n := find(1, "1", model.TagsDto{Key: "stage", Values: []string{}}); !slices.Equal(ids, []string{two}) || n != 2 {
			t.Errorf("found %v of %d", ids, n)
		}
		if ids, n := find(100, "0", model.TagsDto{Key: "stage", Values: []string{"live"}}, model.TagsDto{Key: "team", Values: []string{"red"}}); len(ids) != 0 || n != 0 {
			t.Errorf("found %v of %d", ids, n)
		}
		untagged := true
		count := harness.Try(h.ShowResourceInstancesCount(&model.ShowResourceInstancesCountRequest{
			ResourceType: model.GetShowResourceInstancesCountRequestResourceTypeEnum().ORGANIZATIONSOUS, Body: &model.ResourceInstanceReqBody{WithoutAnyTag: &untagged},
		})).Or(t)
		if *count.TotalCount != 1 {
			t.Errorf("%d units have no tag, want 1", *count.TotalCount)
		}
		tags := *harness.Try(h.ListResourceTags(&model.ListResourceTagsRequest{
			ResourceType: model.GetListResourceTagsRequestResourceTypeEnum().ORGANIZATIONSOUS,
		})).Or(t).Tags
		if len(tags) != 2 || tags[0].Key != "stage" || !slices.Equal(tags[0].Values, []string{"live", "test"}) || tags[1].Key != "team" {
			t.Errorf("the units have the tags %+v", tags)
		}
		for _, q := range harness.Try(h.ListQuotas(&model.ListQuotasRequest{})).Or(t).Quotas.Resources {
			if q.Type == "organizational_unit" && (q.Used != 3 || q.Quota != 1000) {
				t.Errorf("%d of %d units are used", q.Used, q.Quota)
			}
		}
	})
}

// The Terraform provider's HTTP library knows no next_marker: it asks on with the id of the last row until a page is empty.
func TestPoliciesAreReadOnByTheLastID(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		h.switchOn(t, types.SERVICE_CONTROL_POLICY)
		id := harness.Try(h.tryPolicy(newTypes.SERVICE_CONTROL_POLICY, "no leave", denyLeave)).Or(t)
		harness.WantHuawei(t, h.attach(id, h.root), 0, "")
		harness.WantHuawei(t, h.attach(id, h.key.Account), 0, "")
		full := fullAccess
		page := harness.Try(h.ListPolicies(&model.ListPoliciesRequest{Marker: &full})).Or(t)
		if len(*page.Policies) != 1 || (*page.Policies)[0].Id != id {
			t.Errorf("behind the built-in are %+v", *page.Policies)
		}
		if page = harness.Try(h.ListPolicies(&model.ListPoliciesRequest{Marker: &id})).Or(t); len(*page.Policies) != 0 || page.PageInfo.NextMarker != "" {
			t.Errorf("behind the last one are %+v", *page.Policies)
		}
		for marker, want := range map[string]int{h.root: 1, h.key.Account: 0} {
			out := harness.Try(h.ListEntitiesForPolicy(&model.ListEntitiesForPolicyRequest{PolicyId: id, Marker: &marker})).Or(t)
			if len(*out.AttachedEntities) != want {
				t.Errorf("behind %s are %+v", marker, *out.AttachedEntities)
			}
		}
	})
}

// The fence that RGC's preventive controls draw, around a call that is served here.
func TestAFenceSparesTheSessionsOfOneAgency(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		h.switchOn(t, types.SERVICE_CONTROL_POLICY)
		const spared = "OrganizationAccountAccessAgency"
		fence := harness.Try(h.tryPolicy(newTypes.SERVICE_CONTROL_POLICY, "fence", `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["organizations:organizations:get"],
			"Condition":{"StringNotMatch":{"g:PrincipalUrn":["sts::*:assumed-agency:`+spared+`/*"]}}}]}`)).Or(t)
		show := func(agency string) error {
			made := h.ask(t, model.CreateAccountReqBody{Name: name(), Email: address(), AgencyName: &agency})
			harness.WantHuawei(t, h.attach(fence, made.AccountId), 0, "")
			return failure(s.HuaweiOrganizations(t, assume(t, s, h.key, made.AccountId, agency)).ShowOrganization(&model.ShowOrganizationRequest{}))
		}
		harness.WantHuawei(t, show(spared), 0, "")
		harness.WantHuawei(t, show("OtherAgency"), 403, "Organizations.1007")
	})
}
