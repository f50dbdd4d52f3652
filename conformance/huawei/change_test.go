package huawei_test

import (
	"testing"
	"time"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestDescriptionOfAnAccountIsChanged(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		id := h.account(t).AccountId
		update := func(account string, description *string) (*model.UpdateAccountResponse, error) {
			return h.UpdateAccount(&model.UpdateAccountRequest{AccountId: account, Body: &model.UpdateAccountReqBody{Description: description}})
		}
		said, nothing := "for the tests", ""
		for _, step := range []struct {
			description *string
			want        string
		}{{&said, said}, {nil, said}, {&nothing, ""}} {
			out := harness.Try(update(id, step.description)).Or(t)
			seen := harness.Try(h.ShowAccount(&model.ShowAccountRequest{AccountId: id})).Or(t).Account
			if text(out.Account.Description) != step.want || text(seen.Description) != step.want || out.HttpStatusCode != 200 {
				t.Errorf("it is described as %q, and read as %q, want %q", text(out.Account.Description), text(seen.Description), step.want)
			}
		}
		harness.WantHuawei(t, failure(update("0123456789abcdef0123456789abcdef", &said)), 404, "Organizations.1301")
	})
}

func TestUnitIsRenamedAndDeleted(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		one, two := h.unit(t, h.root, "one"), h.unit(t, h.root, "two")
		inner := h.unit(t, one, "inner")
		rename := func(id, name string) error {
			return failure(h.UpdateOrganizationalUnit(&model.UpdateOrganizationalUnitRequest{
				OrganizationalUnitId: id, Body: &model.UpdateOrganizationalUnitReqBody{Name: name},
			}))
		}
		harness.WantHuawei(t, rename(one, "two"), 409, "Organizations.1205")
		harness.WantHuawei(t, rename("ou-00000000000000000000", "x"), 404, "Organizations.1201")
		harness.WantHuawei(t, rename(one, "three"), 0, "")
		harness.WantHuawei(t, rename(two, "one"), 0, "")
		u := harness.Try(h.ShowOrganizationalUnit(&model.ShowOrganizationalUnitRequest{OrganizationalUnitId: one})).Or(t).OrganizationalUnit
		if u.Name != "three" {
			t.Errorf("the unit is %+v", u)
		}
		remove := func(id string) error {
			out, err := h.DeleteOrganizationalUnit(&model.DeleteOrganizationalUnitRequest{OrganizationalUnitId: id})
			if err == nil && out.HttpStatusCode != 204 {
				t.Errorf("DeleteOrganizationalUnit answers %d, want 204", out.HttpStatusCode)
			}
			return err
		}
		harness.WantHuawei(t, remove(one), 400, "Organizations.1206")
		harness.WantHuawei(t, remove(inner), 0, "")
		harness.WantHuawei(t, remove(one), 0, "")
		harness.WantHuawei(t, remove(one), 404, "Organizations.1201")
	})
}

func TestPolicyIsChanged(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		h.switchOn(t, types.SERVICE_CONTROL_POLICY)
		id := harness.Try(h.tryPolicy(newTypes.SERVICE_CONTROL_POLICY, "one", denyLeave)).Or(t)
		harness.Try(h.tryPolicy(newTypes.SERVICE_CONTROL_POLICY, "taken", denyLeave)).Or(t)
		update := func(id string, body model.UpdatePolicyReqBody) error {
			return failure(h.UpdatePolicy(&model.UpdatePolicyRequest{PolicyId: id, Body: &body}))
		}
		name, taken, description, content, bad := "two", "taken", "no ECS", `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["ecs:*"]}]}`, `{"Version":"1.1"}`
		harness.WantHuawei(t, update(id, model.UpdatePolicyReqBody{Name: &taken}), 409, "Organizations.1602")
		harness.WantHuawei(t, update(id, model.UpdatePolicyReqBody{Content: &bad}), 400, "Organizations.1605")
		harness.WantHuawei(t, update(fullAccess, model.UpdatePolicyReqBody{Name: &name}), 400, "Organizations.1608")
		harness.WantHuawei(t, update("p-00000000", model.UpdatePolicyReqBody{Name: &name}), 404, "Organizations.1601")
		harness.WantHuawei(t, update(id, model.UpdatePolicyReqBody{Name: &name, Description: &description, Content: &content}), 0, "")
		harness.WantHuawei(t, update(id, model.UpdatePolicyReqBody{}), 0, "") // changes nothing
		p := harness.Try(h.ShowPolicy(&model.ShowPolicyRequest{PolicyId: id})).Or(t).Policy
		if p.Content != content || p.PolicySummary.Name != name || p.PolicySummary.Description != description {
			t.Errorf("the policy is %+v", p)
		}
	})
}

// The Terraform provider waits ten seconds before it first reads how a creation stands, and takes any state but "succeeded" for an error.
func TestAccountsAreThereBeforeTerraformGivesUp(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		began := time.Now()
		id := h.account(t).AccountId
		if took := time.Since(began); took > 9*time.Second {
			t.Errorf("the account %s takes %s", id, took)
		}
	})
}

func TestRequestsAreRefused(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, n := estate(t, s)
		other, _ := estate(t, s)
		nowhere, foreign := "nowhere", other.root
		tagPolicy := model.GetShowEffectivePoliciesRequestPolicyTypeEnum().TAG_POLICY
		for name, c := range map[string]struct {
			err    error
			status int
			code   string
		}{
			"a creation of nobody":               {failure(h.ShowCreateAccountStatus(&model.ShowCreateAccountStatusRequest{CreateAccountStatusId: "h-00000000"})), 404, "Organizations.1302"},
			"a marker of no creations":           {failure(h.ListCreateAccountStatuses(&model.ListCreateAccountStatusesRequest{Marker: &nowhere})), 400, "Organizations.1000"},
			"a marker of no handshakes":          {failure(h.ListHandshakes(&model.ListHandshakesRequest{Marker: &nowhere})), 400, "Organizations.1000"},
			"a marker of no received handshakes": {failure(h.ListReceivedHandshakes(&model.ListReceivedHandshakesRequest{Marker: &nowhere})), 400, "Organizations.1000"},
			"a marker of roots":                  {failure(h.ListRoots(&model.ListRootsRequest{Marker: &nowhere})), 400, "Organizations.1000"},
			"units of a foreign parent":          {failure(h.ListOrganizationalUnits(&model.ListOrganizationalUnitsRequest{ParentId: &foreign})), 404, "Organizations.1201"},
			"accounts of a foreign parent":       {failure(h.ListAccounts(&model.ListAccountsRequest{ParentId: &foreign})), 404, "Organizations.1201"},
			"entities of a foreign parent":       {failure(h.ListEntities(&model.ListEntitiesRequest{ParentId: &foreign})), 404, "Organizations.1201"},
			"entities by both ids":               {failure(h.ListEntities(&model.ListEntitiesRequest{ParentId: &n.root, ChildId: &n.unit})), 400, "Organizations.1000"},
			"the parent of the root":             {failure(h.ListEntities(&model.ListEntitiesRequest{ChildId: &n.root})), 404, "Organizations.1301"},
			"a handshake of nobody":              {failure(h.ShowHandshake(&model.ShowHandshakeRequest{HandshakeId: "h-00000000"})), 404, "Organizations.1402"},
			"policies of a foreign entity":       {failure(h.ListPolicies(&model.ListPoliciesRequest{AttachedEntityId: &foreign})), 404, "Organizations.1609"},
			"entities of no policy":              {failure(h.ListEntitiesForPolicy(&model.ListEntitiesForPolicyRequest{PolicyId: "p-00000000"})), 404, "Organizations.1601"},
			"the effective policy of a unit":     {failure(h.ShowEffectivePolicies(&model.ShowEffectivePoliciesRequest{EntityId: n.unit, PolicyType: tagPolicy})), 400, "Organizations.1000"},
			"an effective policy that is none":   {failure(h.ShowEffectivePolicies(&model.ShowEffectivePoliciesRequest{EntityId: n.account, PolicyType: tagPolicy})), 404, "Organizations.1610"},
			"services of a foreign account":      {failure(h.ListDelegatedServices(&model.ListDelegatedServicesRequest{AccountId: other.key.Account})), 404, "Organizations.1301"},
			"administrators of no service":       {failure(h.ListDelegatedAdministrators(&model.ListDelegatedAdministratorsRequest{ServicePrincipal: &nowhere})), 400, "Organizations.1000"},
			"tags of a foreign unit":             {failure(h.ListTagsForResource(&model.ListTagsForResourceRequest{ResourceId: foreign})), 404, "Organizations.1701"},
			"tags of a unit that is none": {failure(h.ListTagResources(&model.ListTagResourcesRequest{
				ResourceType: model.GetListTagResourcesRequestResourceTypeEnum().ORGANIZATIONSOUS, ResourceId: n.root,
			})), 404, "Organizations.1701"},
			"tags off a unit that is none": {failure(h.DeleteTagResource(&model.DeleteTagResourceRequest{
				ResourceType: model.GetDeleteTagResourceRequestResourceTypeEnum().ORGANIZATIONSOUS, ResourceId: n.root,
				Body: &model.TagResourceReqBody{Tags: []model.TagDto{{Key: "k", Value: "v"}}},
			})), 404, "Organizations.1701"},
			"keys off what is foreign":           {failure(h.UntagResource(&model.UntagResourceRequest{ResourceId: foreign, Body: &model.UntagResourceReqBody{TagKeys: []string{"k"}}})), 404, "Organizations.1701"},
			"an account without contact data":    {failure(h.CreateAccount(&model.CreateAccountRequest{Body: &model.CreateAccountReqBody{Name: name()}})), 400, "Organizations.1000"},
			"tried policies of a foreign entity": {failure(h.ListDryRunPolicies(&model.ListDryRunPoliciesRequest{AttachedEntityId: &foreign})), 404, "Organizations.1609"},
			"entities of no tried policy":        {failure(h.ListEntitiesForDryRunPolicy(&model.ListEntitiesForDryRunPolicyRequest{PolicyId: n.policy})), 404, "Organizations.1601"},
			"a tried policy that is in force":    {failure(h.UpdateDryRunPolicy(&model.UpdateDryRunPolicyRequest{PolicyId: n.policy, Body: &model.UpdatePolicyReqBody{}})), 404, "Organizations.1601"},
			"the dry run of a foreign root": {failure(h.ShowDryRunConfig(&model.ShowDryRunConfigRequest{
				RootId: foreign, PolicyType: model.GetShowDryRunConfigRequestPolicyTypeEnum().SERVICE_CONTROL_POLICY,
			})), 404, "Organizations.1201"},
			"an instance that is matched twice":  {h.match("resource_name", "resource_name"), 400, "Organizations.1000"},
			"an instance by another key":         {h.match("name"), 400, "Organizations.1000"},
			"leaving as the management account":  {failure(h.LeaveOrganization(&model.LeaveOrganizationRequest{})), 400, "Organizations.1304"},
			"a name of nobody invited":           {failure(h.InviteAccount(&model.InviteAccountRequest{Body: &model.InviteAccountReqBody{Target: &model.TargetDto{Type: "name", Entity: "nobody-here"}}})), 404, "Organizations.1301"},
			"a member invited":                   {failure(h.InviteAccount(&model.InviteAccountRequest{Body: &model.InviteAccountReqBody{Target: &model.TargetDto{Type: "account", Entity: n.account}}})), 409, "Organizations.1101"},
			"declining what is another's":        {failure(h.DeclineHandshake(&model.DeclineHandshakeRequest{HandshakeId: n.handshake})), 403, "Organizations.1405"},
			"a resource account of a short name": {failure(h.CreateResourceAccount(&model.CreateResourceAccountRequest{Body: &model.CreateResourceAccountReqBody{Name: "one"}})), 400, "Organizations.1000"},
			"a policy type of another root":      {failure(h.EnablePolicyType(&model.EnablePolicyTypeRequest{Body: &model.PolicyTypeReqBody{PolicyType: types.TAG_POLICY, RootId: foreign}})), 404, "Organizations.1201"},
		} {
			t.Run(name, func(t *testing.T) { harness.WantHuawei(t, c.err, c.status, c.code) })
		}
	})
}

// match looks for units by keys of matches, as both operations do, and returns how the second one ends when the first one ends the same.
func (h *house) match(keys ...string) error {
	var matches []model.Match
	for _, k := range keys {
		matches = append(matches, model.Match{Key: k, Value: "x"})
	}
	body := &model.ResourceInstanceReqBody{Matches: &matches}
	_, err := h.ListResourceInstances(&model.ListResourceInstancesRequest{ResourceType: model.GetListResourceInstancesRequestResourceTypeEnum().ORGANIZATIONSOUS, Body: body})
	if err == nil {
		return nil
	}
	return failure(h.ShowResourceInstancesCount(&model.ShowResourceInstancesCountRequest{
		ResourceType: model.GetShowResourceInstancesCountRequestResourceTypeEnum().ORGANIZATIONSOUS, Body: body,
	}))
}
