package policy

import "strings"

const huaweiVersion = "5.0"

var huawei = &cloud{
	operators:  huaweiOperators,
	variables:  []string{huaweiVersion},
	parts:      3,
	resource:   isURNPattern,
	principals: []string{"IAM", "Service"},
	account:    huaweiAccount,
}

// HuaweiSCP is the dialect of Huawei Cloud's service control policies that customers write, by the rules of July 2025 (Organizations User
// Guide, "SCP Syntax"): they deny, and the built-in FullAccess allows. A Deny without Action covers every action.
var HuaweiSCP = &Dialect{
	name: "service control policy", cloud: huawei, size: 5120, versions: []string{huaweiVersion}, everyAction: true, emptyActions: true,
	deny: rules{legal: ElementAction | anyResource | ElementCondition},
}

// HuaweiSCP2024 is the same by the rules of 2024.
var HuaweiSCP2024 = &Dialect{
	name: "service control policy", cloud: huawei, size: 5120, versions: []string{huaweiVersion}, everyAction: true, emptyActions: true,
	allow: rules{legal: ElementAction | ElementResource, needs: []Element{ElementAction}, trailing: true, anyResource: true},
	deny:  rules{legal: anyAction | ElementResource | ElementCondition, needs: []Element{anyAction}, trailing: true},
}

// HuaweiIdentity is the dialect of identity policies of IAM 5.0.
var HuaweiIdentity = &Dialect{
	name: "identity-based policy", cloud: huawei, size: 6144, packed: true, versions: []string{huaweiVersion}, everyAction: true,
	allow: rules{legal: full.legal, needs: []Element{anyAction}},
	deny:  rules{legal: full.legal, needs: []Element{anyAction}},
}

// HuaweiTrust is the dialect of the trust policies of agencies.
var HuaweiTrust = &Dialect{
	name: "agency trust policy", cloud: huawei, size: 2048, packed: true, versions: []string{huaweiVersion}, services: []string{"sts"},
	allow: rules{legal: ElementPrincipal | ElementAction | ElementCondition, needs: []Element{ElementPrincipal, ElementAction}},
	deny:  rules{legal: ElementPrincipal | ElementAction | ElementCondition, needs: []Element{ElementPrincipal, ElementAction}},
}

const urnParts = 5

// isURNPattern reports whether a text can name resources: "*", or service:region:account:type:path, of which a wildcard at the end may stand for
// the parts that are missing.
func isURNPattern(text string) bool {
	if text == "*" {
		return true
	}
	service, _, ok := strings.Cut(text, ":")
	return ok && service != "" && (strings.Count(text, ":") >= urnParts-1 || strings.HasSuffix(text, "*"))
}

// huaweiAccount reads the two spellings of an account as a principal.
func huaweiAccount(principal string) (string, bool) {
	if principal != "" && !strings.ContainsAny(principal, ":*?") {
		return principal, true
	}
	id, ok := strings.CutPrefix(principal, "iam::")
	id, root := strings.CutSuffix(id, ":root")
	return id, ok && root && !strings.Contains(id, ":")
}
