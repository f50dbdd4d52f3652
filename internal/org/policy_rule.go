package org

import "slices"

// A Grammar says in which words the documents of a type are written; package policy and its merging half know them by these names.
type Grammar string

// The grammars. Those of inherited types are named after the types, save for Huawei Cloud's tag policies.
const (
	ServiceControlGrammar       Grammar = "service_control"
	ResourceControlGrammar      Grammar = "resource_control"
	HuaweiServiceControlGrammar Grammar = "huawei_service_control"
	HuaweiTagGrammar            Grammar = "huawei_tag"
)

// A PolicyRule is what a partition's rulebook says of one type of policy. How large a document may be belongs to its grammar.
type PolicyRule struct {
	Type      PolicyType
	Grammar   Grammar
	Inherited bool   // the documents of a path merge into one effective policy for each account
	ByAge     bool   // those of one target merge in the order of their creation, not of their attachment
	Policies  int    // in one organization, the cloud's own not counted
	Most      int    // attached to one target
	Least     int    // attached to one target, while the type is enabled
	OnlyOn    bool   // policies are made only while the type is enabled
	Service   string // whose trusted access must be on before the type is enabled; empty when there is no need

	Own      *Policy // the cloud's own policy, attached to everything when the type is enabled
	OwnStays bool    // that policy cannot be detached
}

// A TagPolicyService is a service of whose resources tag policies can be enforced.
type TagPolicyService struct {
	Name  string   `json:"name"`
	Types []string `json:"types"`
	All   bool     `json:"all"` // a tag policy may name all types at once
}

// PolicyRule returns what the rulebook says of a type. It fails with PolicyTypeUnavailable when the organization cannot use the type.
func (o *Organization) PolicyRule(t PolicyType) (*PolicyRule, error) {
	rule := o.Rules().PolicyRule(t)
	if rule == nil {
		return nil, Errorf(PolicyTypeUnavailable, "the partition %s has no policies of that type", o.Partition)
	}
	if o.FeatureSet != AllFeatures {
		return nil, Errorf(PolicyTypeUnavailable, "policies need an organization with all features")
	}
	return rule, nil
}

// OwnPolicy returns the cloud's own policy of that id, and false when there is none.
func (r *Rules) OwnPolicy(id PolicyID) (Policy, bool) {
	for _, p := range r.Policies {
		if p.Own != nil && p.Own.ID == id {
			return *p.Own, true
		}
	}
	return Policy{}, false
}

// OwnPolicyOf returns the cloud's own policy of a type, and false when there is none.
func (r *Rules) OwnPolicyOf(t PolicyType) (Policy, bool) {
	if rule := r.PolicyRule(t); rule != nil && rule.Own != nil {
		return *rule.Own, true
	}
	return Policy{}, false
}

// PolicyTypesOf lists the types that need a service's trusted access.
func (r *Rules) PolicyTypesOf(service string) []PolicyType {
	var out []PolicyType
	for _, p := range r.Policies {
		if service != "" && p.Service == service {
			out = append(out, p.Type)
		}
	}
	return out
}

// PolicyRule returns what the rulebook says of a type, nil for one that the partition does not have.
func (r *Rules) PolicyRule(t PolicyType) *PolicyRule {
	i := slices.IndexFunc(r.Policies, func(p PolicyRule) bool { return p.Type == t })
	if i < 0 {
		return nil
	}
	return &r.Policies[i]
}

func (r *Rules) ownPolicyNamed(name string) bool {
	return slices.ContainsFunc(r.Policies, func(p PolicyRule) bool { return p.Own != nil && p.Own.Name == name })
}

// awsPolicies holds the figures of the AWS Organizations User Guide, "Quotas and service limits", and of its pages on policy types. What no page
// states is listed in docs/divergences.md.
func awsPolicies(p Partition) []PolicyRule {
	inherited := func(t PolicyType, most int, service string) PolicyRule {
		return PolicyRule{Type: t, Grammar: Grammar(t), Inherited: true, Policies: 1000, Most: most, Service: service}
	}
	all := []PolicyRule{
		{
			Type: ServiceControl, Grammar: ServiceControlGrammar, Policies: 10000, Most: 10, Least: 1,
			Own: &Policy{
				ID: "p-FullAWSAccess", Type: ServiceControl, Name: "FullAWSAccess", Description: "Allows access to every operation",
				Content: fullAWSAccess,
			},
		},
		{
			Type: ResourceControl, Grammar: ResourceControlGrammar, Policies: 2000, Most: 5, Least: 1, OwnStays: true,
			Own: &Policy{
				ID: "p-RCPFullAWSAccess", Type: ResourceControl, Name: "RCPFullAWSAccess", Description: "Allows access to every resource",
				Content: rcpFullAWSAccess,
			},
		},
		inherited(TagPolicy, 10, ""),
		inherited(BackupPolicy, 10, ""),
		inherited(AIServicesPolicy, 5, ""),
		inherited(ChatbotPolicy, 5, ""),
		inherited(DeclarativeEC2Policy, 10, ""),
		inherited(SecurityHubPolicy, 10, "securityhub.amazonaws.com"),
		inherited(InspectorPolicy, 10, "inspector2.amazonaws.com"),
		inherited(UpgradeRolloutPolicy, 10, ""),
		inherited(BedrockPolicy, 10, ""),
		inherited(S3Policy, 10, ""),
		inherited(NetworkSecurityDirectorPolicy, 10, ""),
	}
	return slices.DeleteFunc(all, func(r PolicyRule) bool { return slices.Contains(missingPolicies[p], r.Type) })
}

// missingPolicies are the types that a partition does not have (Getting Started with Amazon Web Services in China, "Amazon Organizations").
var missingPolicies = map[Partition][]PolicyType{
	AWSChina: {BackupPolicy, ChatbotPolicy, AIServicesPolicy, BedrockPolicy, NetworkSecurityDirectorPolicy},
}

// huaweiPolicies holds the figures of the Huawei Cloud Organizations User Guide, "Constraints" and "Tag policy syntax".
func huaweiPolicies() []PolicyRule {
	return []PolicyRule{
		{
			Type: ServiceControl, Grammar: HuaweiServiceControlGrammar, Policies: 1000, Most: 5, Least: 1, OnlyOn: true,
			Own: &Policy{
				ID: "p-FullAccess", Type: ServiceControl, Name: "FullAccess", Description: "Allows access to every operation",
				Content: huaweiFullAccess,
			},
		},
		{Type: TagPolicy, Grammar: HuaweiTagGrammar, Inherited: true, ByAge: true, Policies: 1000, Most: 10, OnlyOn: true},
		{Type: TriedControl, Grammar: HuaweiServiceControlGrammar, Policies: 1000, Most: 5},
	}
}

// The cloud's own policies, letter by letter.
const (
	fullAWSAccess = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "*",
      "Resource": "*"
    }
  ]
}`
	rcpFullAWSAccess = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": "*",
      "Action": "*",
      "Resource": "*"
    }
  ]
}`
	huaweiFullAccess = `{
  "Version": "5.0",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["*"],
      "Resource": ["*"]
    }
  ]
}`
)
