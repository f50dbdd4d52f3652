package controlplane

import (
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
)

// A language is how a cloud speaks about permission.
type language struct {
	keys          string             // what the global condition keys begin with
	lacks         map[string]bool    // of those, in lower case, that the other cloud has
	administrator []*policy.Compiled // the identity policy of a principal that may do everything
	delegation    *policy.Dialect    // of resource policies; nil where there are none
	denial        func(policy.Verdict, *policy.Request) string
	memberDenial  string // instead of it, for members

	kinds map[org.PrincipalKind]string // what the key PrincipalType says of a caller
}

// languages are the clouds' languages by the grammar of their service control policies.
var languages = map[org.Grammar]*language{
	org.ServiceControlGrammar: {
		keys: "aws:", administrator: everything(policy.Identity, policy.FullAWSAccess), delegation: policy.Delegation(policy.Scope{}).WithNegations(),
		denial: policy.AWSDenial, memberDenial: policy.AWSMemberDenial,
		lacks: words("domainid domainname mfapresent principalid principalisrootuser principalorgmanagementaccountid principalorgpath principalurn viaservice"),
		kinds: map[org.PrincipalKind]string{org.RootUser: "Account", org.User: "User", org.Role: "AssumedRole", org.ServiceRole: "AssumedRole"},
	},
	org.HuaweiServiceControlGrammar: {
		keys: "g:", administrator: everything(policy.HuaweiIdentity, policy.HuaweiFullAccess), denial: policy.HuaweiDenial,
		lacks: words("assumedroot epochtime multifactorauthpresent principalarn principalisawsservice principalorgpaths resourceaccount resourceorgpaths viaawsservice"),
		kinds: map[org.PrincipalKind]string{org.RootUser: "User", org.User: "User", org.Role: "AssumedAgency", org.ServiceRole: "AssumedAgency"},
	},
}

func words(text string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(text) {
		out[w] = true
	}
	return out
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
