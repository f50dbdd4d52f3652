package policy

import (
	"slices"
	"strings"
)

// A Scope is the organization whose delegation policy is looked at.
type Scope struct {
	Partition    string
	Organization string
	Management   string                    // the account that manages it
	Member       func(account string) bool // nil takes every account for a member
}

// Delegation returns the dialect of AWS Organizations' resource policy, by which the management account delegates (AWS Organizations User
// Guide, "Delegated administrator for AWS Organizations"). The zero Scope does for compiling what was validated before.
//
// Only the delegable actions can be named. A pattern must cover some of them and stands for those alone.
func Delegation(s Scope) *Dialect {
	r := rules{
		legal: ElementPrincipal | ElementAction | ElementResource | ElementCondition,
		needs: []Element{ElementPrincipal, ElementAction, ElementResource},
	}
	return &Dialect{
		name: "resource-based policy", cloud: aws, size: 40000, versions: []string{awsVersion, awsOldVersion}, optional: true,
		services: []string{"organizations"}, allow: r, deny: r, scope: &s,
	}
}

// Delegable lists the actions of AWS Organizations that its resource policy can grant, in alphabetical order.
func Delegable() []string { return slices.Clone(delegable) }

var delegable = prefixed("organizations:",
	"AttachPolicy", "CreatePolicy", "DeletePolicy", "DescribeAccount", "DescribeCreateAccountStatus", "DescribeEffectivePolicy",
	"DescribeHandshake", "DescribeOrganization", "DescribeOrganizationalUnit", "DescribePolicy", "DescribeResourcePolicy", "DetachPolicy",
	"DisablePolicyType", "EnablePolicyType", "ListAWSServiceAccessForOrganization", "ListAccounts", "ListAccountsForParent", "ListChildren",
	"ListCreateAccountStatus", "ListDelegatedAdministrators", "ListDelegatedServicesForAccount", "ListHandshakesForAccount",
	"ListHandshakesForOrganization", "ListOrganizationalUnitsForParent", "ListParents", "ListPolicies", "ListPoliciesForTarget", "ListRoots",
	"ListTagsForResource", "ListTargetsForPolicy", "TagResource", "UntagResource", "UpdatePolicy",
)

func prefixed(prefix string, names ...string) []string {
	for i := range names {
		names[i] = prefix + names[i]
	}
	return names
}

// delegated returns the delegable actions that a pattern covers, or those that it does not.
func delegated(patterns []pattern, negated bool) []pattern {
	var covered []pattern
	for _, action := range delegable {
		if matchesAny(patterns, action, nil) != negated {
			covered = append(covered, syntax{}.pattern(action, true))
		}
	}
	return covered
}

// policyTypes are the values of organizations:PolicyType.
var policyTypes = []string{
	"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY", "BACKUP_POLICY", "AISERVICES_OPT_OUT_POLICY", "CHATBOT_POLICY",
	"DECLARATIVE_POLICY_EC2", "SECURITYHUB_POLICY", "INSPECTOR_POLICY", "UPGRADE_ROLLOUT_POLICY", "BEDROCK_POLICY", "S3_POLICY",
	"NETWORK_SECURITY_DIRECTOR_POLICY",
}

func (s *Scope) checkAction(v Value) *Error {
	p := []pattern{syntax{wildcards: true}.pattern(v.Text, true)}
	if len(delegated(p, false)) == 0 {
		return broken(ActionNotSupported, v.At, "the action %q cannot be delegated", v.Text)
	}
	return nil
}

// checkPrincipal wants an account, or a user or role in one, that is a member. Names are those of the organization's partition.
func (s *Scope) checkPrincipal(kind string, v Value) *Error {
	account, ok := awsAccount(v.Text)
	parts := strings.SplitN(v.Text, ":", arnParts)
	if !ok {
		ok = len(parts) == arnParts && parts[0] == "arn" && parts[2] == "iam" && isAccountNumber(parts[4]) &&
			(strings.HasPrefix(parts[5], "user/") || strings.HasPrefix(parts[5], "role/")) && !strings.ContainsAny(v.Text, "*?")
		if ok {
			account = parts[4]
		}
	}
	switch {
	case kind != "AWS" || !ok:
		return broken(InvalidPrincipal, v.At, "the principal %q is neither an account nor a user or role in one", v.Text)
	case len(parts) > 1 && parts[1] != s.Partition, s.Member != nil && !s.Member(account):
		return broken(InvalidPrincipal, v.At, "the principal %q is outside the organization", v.Text)
	}
	return nil
}

var delegationTypes = []string{"account", "ou", "root", "organization", "policy", "handshake", "resourcepolicy", "transfer"}

// checkResource refuses names that cannot be those of the organization's things. AWS's own policies belong to every organization.
func (s *Scope) checkResource(v Value) *Error {
	if v.Text == "*" {
		return nil
	}
	parts := strings.SplitN(v.Text, ":", arnParts)
	unsupported := broken(ResourceNotSupported, v.At, "the resource %q is not of this organization", v.Text)
	if len(parts) < arnParts || parts[2] != "organizations" || !could(parts[1], s.Partition) || !could(parts[3], "") {
		return unsupported
	}
	kind, path, _ := strings.Cut(parts[5], "/")
	if !slices.ContainsFunc(delegationTypes, func(t string) bool { return could(kind, t) }) {
		return unsupported
	}
	owner, _, _ := strings.Cut(path, "/")
	ours := could(parts[4], s.Management) && (could(owner, s.Organization) || strings.Contains(kind, "*"))
	theirs := could(parts[4], "aws") && could(kind, "policy")
	if !ours && !theirs {
		return unsupported
	}
	return nil
}

// could reports whether a part of a pattern can stand for a text. Nothing is known of a part with a variable.
func could(part, text string) bool {
	p := syntax{wildcards: true}.pattern(part, false)
	return strings.Contains(part, "${") || p.match(text, nil)
}

func (s *Scope) checkCondition(c *Condition) *Error {
	if !strings.EqualFold(c.Key, "organizations:PolicyType") {
		return nil
	}
	for _, v := range c.Values {
		known := func(t string) bool { return could(v.Text, t) }
		if !strings.Contains(c.Operator, "Null") && !slices.ContainsFunc(policyTypes, known) {
			return broken(PolicyTypeUnknown, v.At, "there is no policy type %q", v.Text)
		}
	}
	return nil
}
