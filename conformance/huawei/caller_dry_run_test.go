package huawei_test

import (
	hworg "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"
)

// dryRunReads are the reads of policies that are tried out.
func (n *things) dryRunReads(c *hworg.OrganizationsClient) map[string]func() error {
	kind := model.GetShowDryRunConfigRequestPolicyTypeEnum().SERVICE_CONTROL_POLICY
	return map[string]func() error{
		"ShowDryRunConfig": func() error {
			return failure(c.ShowDryRunConfig(&model.ShowDryRunConfigRequest{RootId: n.root, PolicyType: kind}))
		},
		"ListDryRunPolicies": func() error { return failure(c.ListDryRunPolicies(&model.ListDryRunPoliciesRequest{})) },
		"ListEntitiesForDryRunPolicy": func() error {
			return failure(c.ListEntitiesForDryRunPolicy(&model.ListEntitiesForDryRunPolicyRequest{PolicyId: n.tried}))
		},
		"ShowDryRunPolicy": func() error { return failure(c.ShowDryRunPolicy(&model.ShowDryRunPolicyRequest{PolicyId: n.tried})) },
	}
}

// dryRunWrites are the changes of them.
func (n *things) dryRunWrites(c *hworg.OrganizationsClient) map[string]func() error {
	attachment, status := &model.PolicyTachReqBody{EntityId: n.unit}, model.GetUpdateDryRunConfigReqBodyStatusEnum().DISABLED
	return map[string]func() error{
		"UpdateDryRunConfig": func() error {
			return failure(c.UpdateDryRunConfig(&model.UpdateDryRunConfigRequest{Body: &model.UpdateDryRunConfigReqBody{
				RootId: n.root, PolicyType: model.GetUpdateDryRunConfigReqBodyPolicyTypeEnum().SERVICE_CONTROL_POLICY, Status: &status,
			}}))
		},
		"CreateDryRunPolicy": func() error {
			return failure(c.CreateDryRunPolicy(&model.CreateDryRunPolicyRequest{Body: &model.CreateDryRunPolicyReqBody{
				Name: "x", Type: model.GetCreateDryRunPolicyReqBodyTypeEnum().SERVICE_CONTROL_POLICY, Content: denyLeave,
			}}))
		},
		"UpdateDryRunPolicy": func() error {
			return failure(c.UpdateDryRunPolicy(&model.UpdateDryRunPolicyRequest{PolicyId: n.tried, Body: &model.UpdatePolicyReqBody{Name: &n.unit}}))
		},
		"DeleteDryRunPolicy": func() error {
			return failure(c.DeleteDryRunPolicy(&model.DeleteDryRunPolicyRequest{PolicyId: n.tried}))
		},
		"AttachDryRunPolicy": func() error {
			return failure(c.AttachDryRunPolicy(&model.AttachDryRunPolicyRequest{PolicyId: n.tried, Body: attachment}))
		},
		"DetachDryRunPolicy": func() error {
			return failure(c.DetachDryRunPolicy(&model.DetachDryRunPolicyRequest{PolicyId: n.tried, Body: attachment}))
		},
	}
}
