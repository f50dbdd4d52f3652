package org

import (
	"slices"
	"strings"
)

// A ServiceRule is what a partition's rulebook says of a service that can be trusted with an organization.
type ServiceRule struct {
	Principal string // under which the service acts
	Delegates bool   // members can administer it for the organization
	Most      int    // how many members at once; zero when there is no limit
}

// Services are the services that a partition's organizations can trust.
type Services struct {
	Known  []ServiceRule
	Prefix string // of every service's principal, as the suffix is
	Suffix string
}

// Service returns what the rulebook says of a service. It fails with ServiceUnknown. With unlisted, a principal that no rule names but that is spelled as
// one counts as a service that any number of members administer: clouds add services more often than rulebooks are written.
func (r *Rules) Service(principal string, unlisted bool) (ServiceRule, error) {
	i := slices.IndexFunc(r.Services.Known, func(s ServiceRule) bool { return s.Principal == principal })
	if i >= 0 {
		return r.Services.Known[i], nil
	}
	name := strings.TrimSuffix(strings.TrimPrefix(principal, r.Services.Prefix), r.Services.Suffix)
	if unlisted && name != "" && principal == r.Services.Prefix+name+r.Services.Suffix {
		return ServiceRule{Principal: principal, Delegates: true}, nil
	}
	return ServiceRule{}, Errorf(ServiceUnknown, "%q is no service that an organization can trust", principal)
}

// awsServices holds the services of the AWS Organizations User Guide, "AWS services that you can use with AWS Organizations", and of their own pages.
// What no page states is listed in docs/divergences.md.
func awsServices() Services {
	const suffix = ".amazonaws.com"
	s := Services{Suffix: suffix}
	add := func(delegates bool, most int, names ...string) {
		for _, n := range names {
			s.Known = append(s.Known, ServiceRule{Principal: n + suffix, Delegates: delegates, Most: most})
		}
	}
	add(false, 0,
		"aws-artifact-account-sync", "billing-cost-management", "controltower", "ds", "ec2", "license-management.marketplace", "q", "ram",
		"servicequotas", "stacksets.cloudformation", "tagpolicies.tag", "wellarchitected")
	add(true, 0,
		"account", "backup", "cloudwatch-crossaccount", "dashboard.eks", "devops-guru", "ec2.capacitymanager", "iam", "license-manager",
		"license-manager-linux-subscriptions", "license-manager.member-account", "mgn", "networkflowmonitor", "notifications", "observabilityadmin",
		"private-marketplace.marketplace", "procurement-insights.marketplace", "reachabilityanalyzer.networkinsights",
		"selfservicereporting.managedservices", "ssm", "topology.networkflowmonitor")
	add(true, 1,
		"access-analyzer", "auditmanager", "compute-optimizer", "cost-optimization-hub.bcm", "detective", "guardduty", "inspector2", "ipam", "macie",
		"malware-protection.guardduty", "resource-explorer-2", "security-ir", "securityhub", "securitylake", "sso")
	add(true, 3, "cloudtrail", "config", "config-multiaccountsetup")
	add(true, 5, "health", "member.org.stacksets.cloudformation", "reporting.trustedadvisor", "storage-lens.s3")
	add(true, 10, "fms", "networkmanager")
	add(true, 50, "servicecatalog")
	s.Known = append(s.Known, ServiceRule{Principal: "notifications.amazon.com", Delegates: true})
	return s
}

// huaweiServices holds the services that Huawei Cloud's pages name as integrated with Organizations.
func huaweiServices() Services {
	const prefix = "service."
	s := Services{Prefix: prefix}
	for _, n := range []string{
		"AOM", "AccessAnalyzer", "CBR", "CES", "CFW", "COC", "CTS", "Config", "DSC", "HSS", "IdentityCenter", "LTS", "OA", "RAM", "RFS", "RGC", "RMS",
		"SMN", "SecMaster", "TMS",
	} {
		s.Known = append(s.Known, ServiceRule{Principal: prefix + n, Delegates: true})
	}
	return s
}
