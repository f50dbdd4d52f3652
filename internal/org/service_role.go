package org

import (
	"strings"
	"time"
	"unicode"
)

// serviceRoles are what services call their roles, behind the prefix (each service's guide, "Using service-linked roles").
var serviceRoles = map[string]string{
	"access-analyzer.amazonaws.com":                     "AccessAnalyzer",
	"auditmanager.amazonaws.com":                        "AuditManager",
	"backup.amazonaws.com":                              "Backup",
	"cloudtrail.amazonaws.com":                          "CloudTrail",
	"compute-optimizer.amazonaws.com":                   "ComputeOptimizer",
	"config.amazonaws.com":                              "Config",
	"controltower.amazonaws.com":                        "AWSControlTower",
	"detective.amazonaws.com":                           "Detective",
	"fms.amazonaws.com":                                 "FMS",
	"guardduty.amazonaws.com":                           "AmazonGuardDuty",
	"health.amazonaws.com":                              "Health_Organizations",
	"inspector2.amazonaws.com":                          "AmazonInspector2",
	"ipam.amazonaws.com":                                "IPAM",
	"macie.amazonaws.com":                               "AmazonMacie",
	"malware-protection.guardduty.amazonaws.com":        "AmazonGuardDutyMalwareProtection",
	"member.org.stacksets.cloudformation.amazonaws.com": "CloudFormationStackSetsOrgMember",
	"networkmanager.amazonaws.com":                      "NetworkManager",
	"organizations.amazonaws.com":                       "Organizations",
	"ram.amazonaws.com":                                 "ResourceAccessManager",
	"reporting.trustedadvisor.amazonaws.com":            "TrustedAdvisorReporting",
	"resource-explorer-2.amazonaws.com":                 "ResourceExplorer",
	"securityhub.amazonaws.com":                         "SecurityHub",
	"securitylake.amazonaws.com":                        "SecurityLake",
	"servicequotas.amazonaws.com":                       "ServiceQuotas",
	"ssm.amazonaws.com":                                 "AmazonSSM",
	"sso.amazonaws.com":                                 "SSO",
	"stacksets.cloudformation.amazonaws.com":            "CloudFormationStackSetsOrgAdmin",
	"storage-lens.s3.amazonaws.com":                     "S3StorageLens",
}

// LinkedRole is the role that an account gives a service: its name, path and limits. It fails with ServiceUnknown for a service that is not known to have one, and
// with InvalidRoleName for a suffix, which only some services take, none of them known, and for a name that becomes too long. With unlisted, a principal that is
// spelled as a service's has a role, with or without a suffix.
func (r *Rules) LinkedRole(service, suffix string, unlisted bool) (Principal, error) {
	role := Principal{Kind: ServiceRole, Path: "/aws-service-role/" + service + "/", Trusts: service, MaxSession: time.Hour}
	name, known := serviceRoles[service]
	label, spelled := strings.CutSuffix(service, r.Services.Suffix)
	if !known {
		name = camel(label)
	}
	role.Name = r.RolePrefixRefused + name
	if suffix != "" {
		role.Name += "_" + suffix
	}
	switch {
	case !known && (!unlisted || !spelled || name == ""):
		return role, Errorf(ServiceUnknown, "%s is no service that has a service-linked role", service)
	case known && suffix != "":
		return role, Errorf(InvalidRoleName, "Custom suffix is not allowed for %s", service)
	case !r.RoleName().MatchString(role.Name):
		return role, Errorf(InvalidRoleName, "%s is no name of a role", role.Name)
	}
	return role, nil
}

// camel puts the words of a service's label together: es.data-sync becomes EsDataSync.
func camel(label string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(label, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}
