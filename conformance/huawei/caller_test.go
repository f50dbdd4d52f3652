package huawei_test

import (
	"maps"
	"testing"

	hworg "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"
	stsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/sts/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

// within makes a client that acts inside a member, by the agency that every created account has.
func (h *house) within(t *testing.T, account string) *hworg.OrganizationsClient {
	t.Helper()
	in := &stsmodel.AssumeAgencyRequest{Body: &stsmodel.AssumeAgencyReqBody{
		AgencyUrn: "iam::" + account + ":agency:OrganizationAccountAccessAgency", AgencySessionName: "conformance",
	}}
	c := harness.Try(h.server.HuaweiSTS(t, h.key).AssumeAgency(in)).Or(t).Credentials
	return h.server.HuaweiOrganizations(t, harness.Key{Partition: harness.Huawei, Account: account, ID: c.AccessKeyId, Secret: c.SecretAccessKey, Token: c.SecurityToken})
}

// things are what calls name.
type things struct{ root, unit, account, policy, tried, handshake, creation string }

// failure is what a call ended with, without its answer.
func failure[T any](_ T, err error) error { return err }

// reads are the operations for the management account and delegated administrators.
func (n *things) reads(c *hworg.OrganizationsClient) map[string]func() error {
	ous := model.GetListResourceTagsRequestResourceTypeEnum().ORGANIZATIONSOUS
	out := map[string]func() error{
		"ListAccounts":              func() error { return failure(c.ListAccounts(&model.ListAccountsRequest{})) },
		"ListCloseAccountStatuses":  func() error { return failure(c.ListCloseAccountStatuses(&model.ListCloseAccountStatusesRequest{})) },
		"ListCreateAccountStatuses": func() error { return failure(c.ListCreateAccountStatuses(&model.ListCreateAccountStatusesRequest{})) },
		"ShowAccount":               func() error { return failure(c.ShowAccount(&model.ShowAccountRequest{AccountId: n.account})) },
		"ShowCreateAccountStatus": func() error {
			return failure(c.ShowCreateAccountStatus(&model.ShowCreateAccountStatusRequest{CreateAccountStatusId: n.creation}))
		},
		"ListDelegatedAdministrators": func() error {
			return failure(c.ListDelegatedAdministrators(&model.ListDelegatedAdministratorsRequest{}))
		},
		"ListDelegatedServices": func() error {
			return failure(c.ListDelegatedServices(&model.ListDelegatedServicesRequest{AccountId: n.account}))
		},
		"ListHandshakes":        func() error { return failure(c.ListHandshakes(&model.ListHandshakesRequest{})) },
		"ListEntities":          func() error { return failure(c.ListEntities(&model.ListEntitiesRequest{})) },
		"ListQuotas":            func() error { return failure(c.ListQuotas(&model.ListQuotasRequest{})) },
		"ListServices":          func() error { return failure(c.ListServices(&model.ListServicesRequest{})) },
		"ListTagPolicyServices": func() error { return failure(c.ListTagPolicyServices(&model.ListTagPolicyServicesRequest{})) },
		"ListRoots":             func() error { return failure(c.ListRoots(&model.ListRootsRequest{})) },
		"ListOrganizationalUnits": func() error {
			return failure(c.ListOrganizationalUnits(&model.ListOrganizationalUnitsRequest{}))
		},
		"ShowOrganizationalUnit": func() error {
			return failure(c.ShowOrganizationalUnit(&model.ShowOrganizationalUnitRequest{OrganizationalUnitId: n.unit}))
		},
		"ListEntitiesForPolicy": func() error {
			return failure(c.ListEntitiesForPolicy(&model.ListEntitiesForPolicyRequest{PolicyId: n.policy}))
		},
		"ListPolicies": func() error { return failure(c.ListPolicies(&model.ListPoliciesRequest{})) },
		"ShowPolicy":   func() error { return failure(c.ShowPolicy(&model.ShowPolicyRequest{PolicyId: n.policy})) },
		"ListResourceInstances": func() error {
			return failure(c.ListResourceInstances(&model.ListResourceInstancesRequest{
				ResourceType: model.GetListResourceInstancesRequestResourceTypeEnum().ORGANIZATIONSOUS, Body: &model.ResourceInstanceReqBody{},
			}))
		},
		"ShowResourceInstancesCount": func() error {
			return failure(c.ShowResourceInstancesCount(&model.ShowResourceInstancesCountRequest{
				ResourceType: model.GetShowResourceInstancesCountRequestResourceTypeEnum().ORGANIZATIONSOUS, Body: &model.ResourceInstanceReqBody{},
			}))
		},
		"ListResourceTags": func() error { return failure(c.ListResourceTags(&model.ListResourceTagsRequest{ResourceType: ous})) },
		"ListTagResources": func() error {
			return failure(c.ListTagResources(&model.ListTagResourcesRequest{
				ResourceType: model.GetListTagResourcesRequestResourceTypeEnum().ORGANIZATIONSOUS, ResourceId: n.unit,
			}))
		},
		"ListTagsForResource": func() error {
			return failure(c.ListTagsForResource(&model.ListTagsForResourceRequest{ResourceId: n.unit}))
		},
		"ListTrustedServices": func() error { return failure(c.ListTrustedServices(&model.ListTrustedServicesRequest{})) },
	}
	maps.Copy(out, n.dryRunReads(c))
	return out
}

// writes are the operations for the management account alone.
func (n *things) writes(c *hworg.OrganizationsClient) map[string]func() error {
	tags := []model.TagDto{{Key: "k", Value: "v"}}
	kind := &model.PolicyTypeReqBody{RootId: n.root, PolicyType: types.SERVICE_CONTROL_POLICY}
	service := &model.TrustedServiceReqBody{ServicePrincipal: "service.CTS"}
	delegation := &model.DelegatedAdministratorReqBody{ServicePrincipal: "service.CTS", AccountId: n.account}
	attachment := &model.PolicyTachReqBody{EntityId: n.unit}
	out := map[string]func() error{
		"CloseAccount":  func() error { return failure(c.CloseAccount(&model.CloseAccountRequest{AccountId: n.account})) },
		"RemoveAccount": func() error { return failure(c.RemoveAccount(&model.RemoveAccountRequest{AccountId: n.account})) },
		"CreateAccount": func() error {
			return failure(c.CreateAccount(&model.CreateAccountRequest{Body: &model.CreateAccountReqBody{Name: "somebody", Email: address()}}))
		},
		"CreateResourceAccount": func() error {
			return failure(c.CreateResourceAccount(&model.CreateResourceAccountRequest{Body: &model.CreateResourceAccountReqBody{Name: "somebody"}}))
		},
		"InviteAccount": func() error {
			return failure(c.InviteAccount(&model.InviteAccountRequest{Body: &model.InviteAccountReqBody{Target: &model.TargetDto{Type: "account", Entity: n.account}}}))
		},
		"MoveAccount": func() error {
			return failure(c.MoveAccount(&model.MoveAccountRequest{AccountId: n.account, Body: &model.MoveAccountReqBody{SourceParentId: n.root, DestinationParentId: n.unit}}))
		},
		"UpdateAccount": func() error {
			return failure(c.UpdateAccount(&model.UpdateAccountRequest{AccountId: n.account, Body: &model.UpdateAccountReqBody{Description: &n.unit}}))
		},
		"RegisterDelegatedAdministrator": func() error {
			return failure(c.RegisterDelegatedAdministrator(&model.RegisterDelegatedAdministratorRequest{Body: delegation}))
		},
		"DeregisterDelegatedAdministrator": func() error {
			return failure(c.DeregisterDelegatedAdministrator(&model.DeregisterDelegatedAdministratorRequest{Body: delegation}))
		},
		"CancelHandshake": func() error {
			return failure(c.CancelHandshake(&model.CancelHandshakeRequest{HandshakeId: n.handshake}))
		},
		"DeleteOrganization": func() error { return failure(c.DeleteOrganization(&model.DeleteOrganizationRequest{})) },
		"CreateOrganizationalUnit": func() error {
			return failure(c.CreateOrganizationalUnit(&model.CreateOrganizationalUnitRequest{Body: &model.CreateOrganizationalUnitReqBody{Name: "x", ParentId: n.root}}))
		},
		"UpdateOrganizationalUnit": func() error {
			return failure(c.UpdateOrganizationalUnit(&model.UpdateOrganizationalUnitRequest{OrganizationalUnitId: n.unit, Body: &model.UpdateOrganizationalUnitReqBody{Name: "x"}}))
		},
		"DeleteOrganizationalUnit": func() error {
			return failure(c.DeleteOrganizationalUnit(&model.DeleteOrganizationalUnitRequest{OrganizationalUnitId: n.unit}))
		},
		"AttachPolicy": func() error {
			return failure(c.AttachPolicy(&model.AttachPolicyRequest{PolicyId: n.policy, Body: attachment}))
		},
		"DetachPolicy": func() error {
			return failure(c.DetachPolicy(&model.DetachPolicyRequest{PolicyId: n.policy, Body: attachment}))
		},
		"CreatePolicy": func() error {
			return failure(c.CreatePolicy(&model.CreatePolicyRequest{Body: &model.CreatePolicyReqBody{Name: "x", Type: newTypes.SERVICE_CONTROL_POLICY, Content: denyLeave}}))
		},
		"UpdatePolicy": func() error {
			return failure(c.UpdatePolicy(&model.UpdatePolicyRequest{PolicyId: n.policy, Body: &model.UpdatePolicyReqBody{Name: &n.unit}}))
		},
		"DeletePolicy":      func() error { return failure(c.DeletePolicy(&model.DeletePolicyRequest{PolicyId: n.policy})) },
		"EnablePolicyType":  func() error { return failure(c.EnablePolicyType(&model.EnablePolicyTypeRequest{Body: kind})) },
		"DisablePolicyType": func() error { return failure(c.DisablePolicyType(&model.DisablePolicyTypeRequest{Body: kind})) },
		"CreateTagResource": func() error {
			return failure(c.CreateTagResource(&model.CreateTagResourceRequest{
				ResourceType: model.GetCreateTagResourceRequestResourceTypeEnum().ORGANIZATIONSOUS, ResourceId: n.unit, Body: &model.TagResourceReqBody{Tags: tags},
			}))
		},
		"DeleteTagResource": func() error {
			return failure(c.DeleteTagResource(&model.DeleteTagResourceRequest{
				ResourceType: model.GetDeleteTagResourceRequestResourceTypeEnum().ORGANIZATIONSOUS, ResourceId: n.unit, Body: &model.TagResourceReqBody{Tags: tags},
			}))
		},
		"TagResource": func() error {
			return failure(c.TagResource(&model.TagResourceRequest{ResourceId: n.unit, Body: &model.TagResourceReqBody{Tags: tags}}))
		},
		"UntagResource": func() error {
			return failure(c.UntagResource(&model.UntagResourceRequest{ResourceId: n.unit, Body: &model.UntagResourceReqBody{TagKeys: []string{"k"}}}))
		},
		"EnableTrustedService": func() error {
			return failure(c.EnableTrustedService(&model.EnableTrustedServiceRequest{Body: service}))
		},
		"DisableTrustedService": func() error {
			return failure(c.DisableTrustedService(&model.DisableTrustedServiceRequest{Body: service}))
		},
	}
	maps.Copy(out, n.dryRunWrites(c))
	return out
}

// estate is an organization with one of each thing that a call may name.
func estate(t *testing.T, s *harness.Server) (*house, things) {
	t.Helper()
	h := newHouse(t, s)
	h.switchOn(t, types.SERVICE_CONTROL_POLICY)
	made := h.account(t)
	return h, things{
		root: h.root, unit: h.unit(t, h.root, "unit"), account: made.AccountId, creation: made.Id,
		tried:     harness.Try(h.tryTried("no leave", denyLeave)).Or(t),
		policy:    harness.Try(h.tryPolicy(newTypes.SERVICE_CONTROL_POLICY, "no leave", denyLeave)).Or(t),
		handshake: h.invite(t, s.Mint(t, harness.Huawei).Account).Id,
	}
}

func TestOutsideAnOrganizationEverythingIsRefused(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		_, n := estate(t, s)
		c := s.HuaweiOrganizations(t, s.Mint(t, harness.Huawei))
		for _, calls := range []map[string]func() error{n.reads(c), n.writes(c), {
			"ShowOrganization":  func() error { return failure(c.ShowOrganization(&model.ShowOrganizationRequest{})) },
			"LeaveOrganization": func() error { return failure(c.LeaveOrganization(&model.LeaveOrganizationRequest{})) },
			"ShowEffectivePolicies": func() error {
				return failure(c.ShowEffectivePolicies(&model.ShowEffectivePoliciesRequest{
					EntityId: n.account, PolicyType: model.GetShowEffectivePoliciesRequestPolicyTypeEnum().TAG_POLICY,
				}))
			},
		}} {
			for name, call := range calls {
				t.Run(name, func(t *testing.T) { harness.WantHuawei(t, call(), 401, "Organizations.1015") })
			}
		}
	})
}

func TestAMemberReadsWhenItIsADelegatedAdministratorAndChangesNothing(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, n := estate(t, s)
		c := h.within(t, n.account)
		harness.Try(c.ShowOrganization(&model.ShowOrganizationRequest{})).Or(t)
		for name, call := range n.reads(c) {
			t.Run(name+" as a member", func(t *testing.T) { harness.WantHuawei(t, call(), 401, "Organizations.1002") })
		}
		all := n.writes(h.OrganizationsClient)
		harness.WantHuawei(t, all["EnableTrustedService"](), 0, "")
		harness.WantHuawei(t, all["RegisterDelegatedAdministrator"](), 0, "")
		for name, call := range n.reads(c) {
			t.Run(name+" as a delegated administrator", func(t *testing.T) { harness.WantHuawei(t, call(), 0, "") })
		}
		for name, call := range n.writes(c) {
			t.Run(name, func(t *testing.T) { harness.WantHuawei(t, call(), 401, "Organizations.1001") })
		}
		harness.WantHuawei(t, all["DeregisterDelegatedAdministrator"](), 0, "")
		harness.WantHuawei(t, n.reads(c)["ListRoots"](), 401, "Organizations.1002")
	})
}
