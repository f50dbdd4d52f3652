package controlplane

import (
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
)

// A language is how a cloud speaks about permission.
type language struct {
	keys          string             // what the global condition keys begin with
	lacks         map[string]bool    // of the tellable ones
	administrator []*policy.Compiled // the identity policy of a principal that may do everything
	delegation    *policy.Dialect    // of resource policies; nil where there are none
	denial        func(policy.Verdict, *policy.Request) string
	memberDenial  string // instead of it, for members
}

// languages are the clouds' languages by the grammar of their service control policies.
var languages = map[org.Grammar]*language{
	org.ServiceControlGrammar: {
		keys: "aws:", administrator: everything(policy.Identity, policy.FullAWSAccess), delegation: policy.Delegation(policy.Scope{}).WithNegations(),
		denial: policy.AWSDenial, memberDenial: policy.AWSMemberDenial,
		lacks: map[string]bool{"PrincipalIsRootUser": true, "PrincipalOrgPath": true, "PrincipalUrn": true},
	},
	org.HuaweiServiceControlGrammar: {
		keys: "g:", administrator: everything(policy.HuaweiIdentity, policy.HuaweiFullAccess), denial: policy.HuaweiDenial,
		lacks: map[string]bool{"PrincipalArn": true, "PrincipalOrgPaths": true, "ResourceAccount": true},
	},
}

func languageOf(r *org.Rules) *language { return languages[r.PolicyRule(org.ServiceControl).Grammar] }

func everything(d *policy.Dialect, text string) []*policy.Compiled {
	parsed, err := policy.Parse(text)
	if err != nil {
		panic("controlplane: " + err.Error()) // a constant
	}
	return []*policy.Compiled{policy.Load(d, parsed, "administrator")}
}

// key returns the part of a condition key, which is in lower case, behind the prefix of the global ones.
func (l *language) key(name string) string { return strings.TrimPrefix(name, l.keys) }
