package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// policyTypes are the names of the types. Those that have an effective policy have the same ones there.
var policyTypes = map[org.PolicyType]PolicyType{
	org.ServiceControl: PolicyTypeServiceControlPolicy, org.ResourceControl: PolicyTypeResourceControlPolicy, org.TagPolicy: PolicyTypeTagPolicy,
	org.BackupPolicy: PolicyTypeBackupPolicy, org.AIServicesPolicy: PolicyTypeAiservicesOptOutPolicy, org.ChatbotPolicy: PolicyTypeChatbotPolicy,
	org.DeclarativeEC2Policy: PolicyTypeDeclarativePolicyEC2, org.SecurityHubPolicy: PolicyTypeSecurityhubPolicy, org.InspectorPolicy: PolicyTypeInspectorPolicy,
	org.UpgradeRolloutPolicy: PolicyTypeUpgradeRolloutPolicy, org.BedrockPolicy: PolicyTypeBedrockPolicy, org.S3Policy: PolicyTypeS3Policy,
	org.NetworkSecurityDirectorPolicy: PolicyTypeNetworkSecurityDirectorPolicy,
}

// policyType is the inverse of policyTypes, for names that the contract has let pass.
func policyType[T ~string](name T) org.PolicyType {
	for t, n := range policyTypes {
		if string(n) == string(name) {
			return t
		}
	}
	return ""
}

func (a *API) enablePolicyType(ctx context.Context, in *EnablePolicyTypeRequest) (*EnablePolicyTypeResponse, error) {
	r, err := a.plane.EnablePolicyType(ctx, identity.Caller(ctx), org.UnitID(in.RootID), policyType(in.PolicyType))
	if err != nil {
		return nil, err
	}
	return &EnablePolicyTypeResponse{Root: new(root(r))}, nil
}

func (a *API) disablePolicyType(ctx context.Context, in *DisablePolicyTypeRequest) (*DisablePolicyTypeResponse, error) {
	r, err := a.plane.DisablePolicyType(ctx, identity.Caller(ctx), org.UnitID(in.RootID), policyType(in.PolicyType))
	if err != nil {
		return nil, err
	}
	return &DisablePolicyTypeResponse{Root: new(root(r))}, nil
}

// root shows the types that are enabled. One that is not has no entry: clients poll until it is gone.
func root(r controlplane.Root) Root {
	return Root{
		ARN: arn(r.Organization, "root", string(r.ID)), ID: string(r.ID), Name: r.Name,
		PolicyTypes: each(r.PolicyTypes, func(t org.PolicyType) PolicyTypeSummary {
			return PolicyTypeSummary{Type: policyTypes[t], Status: PolicyTypeStatusEnabled}
		}),
	}
}
