package controlplane

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
	"github.com/polity-cloud/polity/internal/store"
)

const (
	messageLife    = 24 * time.Hour // after which a message is no longer decoded
	longestMessage = 10240          // characters that the clouds decode (STS, DecodeAuthorizationMessage)
	mostMatches    = 8
)

// DecodeMessage tells how a denial came about, as JSON, from the message that came with it. It fails with NotPermitted, and with MessageInvalid for what is
// no message of this server, is older than a day, or is about a principal of another account.
func (p *Plane) DecodeMessage(ctx context.Context, c org.Caller, message string) (string, error) {
	return view(ctx, p, func(r store.Reader) (string, error) {
		if _, err := p.permitAnywhere(ctx, r, c, "sts:DecodeAuthorizationMessage"); err != nil {
			return "", err
		}
		d, err := p.Vault.OpenMessage(message)
		if err != nil {
			return "", err
		}
		if d.AccountID != c.AccountID {
			return "", org.Errorf(org.MessageInvalid, "the message is about another account")
		}
		if p.now().Sub(d.At) > messageLife {
			return "", org.Errorf(org.MessageInvalid, "the message has expired")
		}
		return d.Document, nil
	})
}

// A refusal is a denial by policy with all that can be told of it.
type refusal struct {
	caller  org.Caller
	action  string // as this package names it
	text    string
	request *policy.Request
	verdict policy.Verdict
	matches []policy.Match
	keys    []conditionKey
}

// encode seals what is to be told. Condition keys are left out of a message that would be longer than what can be decoded.
func (p *Plane) encode(f refusal) (string, error) {
	for _, keys := range [][]conditionKey{f.keys, nil} {
		document, err := json.Marshal(f.document(keys))
		if err != nil {
			return "", org.Because(err, "tell of a denial")
		}
		message, err := p.Vault.Message(identity.Denial{AccountID: f.caller.AccountID, At: p.now(), Document: string(document)})
		if err != nil {
			return "", org.Because(err, "seal a denial")
		}
		if len(message) <= longestMessage {
			return message, nil
		}
	}
	return "", nil
}

// document puts a denial into the words of AWS STS's decoded messages; what Huawei Cloud's look like, no page shows.
func (f refusal) document(keys []conditionKey) decoded {
	d := decoded{ExplicitDeny: f.verdict.Effect == policy.Deny, Matched: items[matched]{[]matched{}}, Failures: items[failure]{[]failure{}}}
	if d.ExplicitDeny {
		for _, m := range f.matches {
			if m.By.Effect == policy.Deny && len(d.Matched.Items) < mostMatches {
				d.Matched.Items = append(d.Matched.Items, matched{m.By.Sid, "DENY", m.By.Policy, m.Class.String(), m.Node, m.By.Index})
			}
		}
	} else {
		d.Failures.Items = append(d.Failures.Items, failure{f.verdict.Class.String(), f.verdict.Node})
	}
	who := principal{ID: identity.UserID(f.caller), Name: f.caller.Name}
	if name := identity.Name(f.caller); languageOf(org.RulesOf(f.caller.Partition)).lacks["principalurn"] {
		who.ARN = name
	} else {
		who.URN = name
	}
	d.Context = about{Principal: who, Action: f.request.Action, Resource: f.request.Resource, Conditions: items[conditionKey]{keys}}
	if keys == nil {
		d.Context.Conditions.Items = []conditionKey{}
	}
	return d
}

type decoded struct {
	Allowed      bool           `json:"allowed"`
	ExplicitDeny bool           `json:"explicitDeny"`
	Matched      items[matched] `json:"matchedStatements"`
	Failures     items[failure] `json:"failures"`
	Context      about          `json:"context"`
}

type items[T any] struct {
	Items []T `json:"items"`
}

// matched is a statement that denied. Its policy, the place of that and the index are ours.
type matched struct {
	Sid    string `json:"statementId"`
	Effect string `json:"effect"`
	Policy string `json:"sourcePolicyId"`
	Type   string `json:"sourcePolicyType"`
	Target string `json:"targetId,omitempty"`
	Index  int    `json:"statementIndex"`
}

// failure is a class of policies that did not allow; of service control policies, with the first node of the path without an allow. Both are ours.
type failure struct {
	Type   string `json:"policyType"`
	Target string `json:"targetId,omitempty"`
}

type about struct {
	Principal  principal           `json:"principal"`
	Action     string              `json:"action"`
	Resource   string              `json:"resource"`
	Conditions items[conditionKey] `json:"conditions"`
}

type principal struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
	ARN  string `json:"arn,omitempty"`
	URN  string `json:"urn,omitempty"`
}

type conditionKey struct {
	Key    string      `json:"key"`
	Values items[held] `json:"values"`
}

type held struct {
	Value string `json:"value"`
}

// tellable are the condition keys that a message tells, without their prefixes.
var tellable = []string{
	"AssumedRoot", "CurrentTime", "MFAPresent", "MultiFactorAuthPresent", "PrincipalAccount", "PrincipalArn", "PrincipalIsRootUser", "PrincipalOrgID",
	"PrincipalOrgPath", "PrincipalOrgPaths", "PrincipalType", "PrincipalUrn", "RequestedRegion", "ResourceAccount", "ResourceOrgID", "SecureTransport",
	"SourceIdentity", "SourceIp", "TagKeys", "TokenIssueTime", "UserAgent", "UserName",
}

// conditionKeys lists what circumstances say of each key that the cloud has.
func conditionKeys(s *circumstances) []conditionKey {
	lang := languageOf(s.o.Rules())
	tags := identity.TermsOf(s.ctx).Tags
	names := make([]string, 0, len(tellable)+len(tags)+2)
	for _, n := range tellable {
		names = append(names, lang.keys+n)
	}
	for _, t := range tags {
		names = append(names, lang.keys+"PrincipalTag/"+t.Key)
	}
	keys := []conditionKey{}
	for _, n := range append(names, "organizations:PolicyType", "organizations:ServicePrincipal") {
		if values := s.Values(strings.ToLower(n)); len(values) > 0 {
			k := conditionKey{Key: n}
			for _, v := range values {
				k.Values.Items = append(k.Values.Items, held{v})
			}
			keys = append(keys, k)
		}
	}
	return keys
}
