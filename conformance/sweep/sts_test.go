package sweep_test

import (
	"encoding/xml"
	"testing"
	"time"

	"github.com/polity-cloud/polity/conformance/harness"
)

// fault is a status with the code that goes with it.
type fault struct {
	status int
	code   string
}

var (
	answered = fault{200, ""}
	refused  = fault{403, "AccessDenied"}
	unserved = fault{400, "UnsupportedOperation"}

	noMessage = fault{400, "InvalidAuthorizationMessageException"}
)

// queryRow is an operation of a query service with its input, and what each caller is answered. A member is a session of the access role here.
type queryRow struct {
	in                                func(house) map[string]string
	unsigned, member, stranger, loner fault
}

// stsRows are the operations of STS.
var stsRows = map[string]queryRow{
	"GetCallerIdentity": {nil, fault{403, "MissingAuthenticationToken"}, answered, answered, answered},
	"GetAccessKeyInfo": {func(h house) map[string]string { return map[string]string{"AccessKeyId": h.management.ID} },
		fault{403, "MissingAuthenticationToken"}, answered, answered, answered},
	"GetSessionToken": {nil, fault{403, "MissingAuthenticationToken"}, refused, answered, answered},
	"AssumeRole": {func(h house) map[string]string {
		return map[string]string{"RoleArn": "arn:aws:iam::" + h.member.Account + ":role/" + awsRole, "RoleSessionName": "sweep"}
	}, fault{403, "MissingAuthenticationToken"}, refused, refused, refused},
	"DecodeAuthorizationMessage": {func(house) map[string]string { return map[string]string{"EncodedMessage": "x"} },
		fault{403, "MissingAuthenticationToken"}, noMessage, noMessage, noMessage},
	"AssumeRoot": {func(h house) map[string]string {
		return map[string]string{"TargetPrincipal": h.member.Account, "TaskPolicyArn.arn": "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"}
	}, fault{403, "MissingAuthenticationToken"}, refused, refused, refused},
	"GetFederationToken": {nil, fault{403, "MissingAuthenticationToken"}, unserved, unserved, unserved},
	// Clients do not sign these two.
	"AssumeRoleWithSAML":        {nil, unserved, unserved, unserved, unserved},
	"AssumeRoleWithWebIdentity": {nil, unserved, unserved, unserved, unserved},
}

func TestSweepOfSTS(t *testing.T) { sweepQuery(t, "sts", "2011-06-15", stsRows) }

func sweepQuery(t *testing.T, service, version string, rows map[string]queryRow) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := awsHouse(t, s)
		for name, row := range rows {
			in := map[string]string{}
			if row.in != nil {
				in = row.in(h)
			}
			forger, stranger, loner := h.management, awsStranger(t, s), s.Mint(t, harness.AWS)
			forger.Secret += "x"
			forged := fault{403, "SignatureDoesNotMatch"}
			if row.unsigned == unserved {
				forged = unserved
			}
			for who, c := range map[string]struct {
				key  *harness.Key
				want fault
			}{
				"without a signature": {nil, row.unsigned}, "with a bad signature": {&forger, forged}, "from a member": {&h.member, row.member},
				"from a stranger": {&stranger, row.stranger}, "from an account in no organization": {&loner, row.loner},
			} {
				in["Version"] = version
				r, body := s.QueryRequest(t, name, in)
				if c.key != nil {
					harness.SignAWS(t, r, body, *c.key, service, time.Now())
				}
				status, _, answer := harness.Do(t, r)
				var out struct{ Error struct{ Code string } }
				if err := xml.Unmarshal(answer, &out); err != nil || (fault{status, out.Error.Code}) != c.want {
					t.Errorf("%s %s is answered %d %s, want %v", name, who, status, answer, c.want)
				}
			}
		}
	})
}
