package aws_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestTagPolicyIsEnforcedOnWhatIsSent(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		member := h.account(t)
		h.enable(t, types.PolicyTypeTagPolicy)
		id := h.policy(t, types.PolicyTypeTagPolicy, "stages", `{"tags":{"stage":{"tag_key":{"@@assign":"stage"},"tag_value":{"@@assign":["prod"]},`+
			`"enforced_for":{"@@assign":["organizations:ALL_SUPPORTED"]}}}}`)
		if err := h.attach(t, id, h.root); err != nil {
			t.Fatal(err)
		}
		grant := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + member + `"},"Action":"organizations:ListRoots","Resource":"*"}]}`
		for name, try := range map[string]func(types.Tag) error{
			"InviteAccountToOrganization": func(tag types.Tag) error {
				in := &organizations.InviteAccountToOrganizationInput{Target: &types.HandshakeParty{Id: address(), Type: types.HandshakePartyTypeEmail}, Tags: []types.Tag{tag}}
				_, err := h.InviteAccountToOrganization(t.Context(), in)
				return err
			},
			"InviteOrganizationToTransferResponsibility": func(tag types.Tag) error {
				_, err := h.InviteOrganizationToTransferResponsibility(t.Context(), &organizations.InviteOrganizationToTransferResponsibilityInput{
					Type: types.ResponsibilityTransferTypeBilling, Target: accountParty(other.key.Account), StartTimestamp: monthsOn(2), SourceName: aws.String("other"),
					Tags: []types.Tag{tag},
				})
				return err
			},
			"PutResourcePolicy": func(tag types.Tag) error {
				_, err := h.PutResourcePolicy(t.Context(), &organizations.PutResourcePolicyInput{Content: &grant, Tags: []types.Tag{tag}})
				return err
			},
		} {
			harness.WantAWS(t, try(tag("stage", "test")), constraint, "TAG_POLICY_VIOLATION")
			if err := try(tag("stage", "prod")); err != nil {
				t.Errorf("%s with an allowed stage: %v", name, err)
			}
		}
	})
}

// deny attaches a policy that denies an action on a resource to an account, and returns what takes it off again.
func (h *house) deny(t *testing.T, account, name, action, resource string) (lift func()) {
	t.Helper()
	return h.denyWhere(t, account, name, action, resource, "{}")
}

// denyWhere is deny under a condition.
func (h *house) denyWhere(t *testing.T, account, name, action, resource, condition string) (lift func()) {
	t.Helper()
	id := h.policy(t, types.PolicyTypeServiceControlPolicy, name,
		`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"`+action+`","Resource":"`+resource+`","Condition":`+condition+`}]}`)
	if err := h.attach(t, id, account); err != nil {
		t.Fatal(err)
	}
	return func() {
		t.Helper()
		if err := h.detach(t, id, account); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPoliciesOfTheOldOrganizationBindWhoMoves(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		from, to := newHouse(t, s), newHouse(t, s)
		account := from.account(t)
		client := from.as(t, account)
		from.enable(t, types.PolicyTypeServiceControlPolicy)
		sent := to.invite(t, accountParty(account))
		for _, c := range []struct{ name, action, resource, code, reason string }{
			{"the role", "iam:CreateServiceLinkedRole", "*", "AccessDeniedForDependencyException", "ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE"},
			{"leaving", "organizations:LeaveOrganization", "*", "AccessDeniedException", ""},
			{"the handshake", "organizations:AcceptHandshake", *sent.Arn, "AccessDeniedException", ""},
		} {
			lift := from.deny(t, account, c.name, c.action, c.resource)
			harness.WantAWS(t, tryAccept(t, client, sent.Id), c.code, c.reason)
			lift()
		}
		// The handshake is the inviting organization's, so that what names the member's own does not speak of it.
		from.deny(t, account, "own handshakes", "organizations:AcceptHandshake", from.arn("handshake", from.id+"/*"))
		accept(t, client, sent.Id)
		if got := to.describe(t, account).JoinedMethod; got != types.AccountJoinedMethodInvited {
			t.Errorf("the account joined by %s", got)
		}
	})
}

func TestConditionsOfServiceControlPoliciesDecide(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		account := h.account(t)
		client := h.as(t, account)
		h.enable(t, types.PolicyTypeServiceControlPolicy)
		statement := func(condition string) string {
			return `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"organizations:*cribeOrganization","Condition":{` + condition + `}}}`
		}
		id := h.policy(t, types.PolicyTypeServiceControlPolicy, "conditions", statement(""))
		harness.WantAWS(t, h.attach(t, id, account), "", "")
		for condition, denied := range map[string]bool{
			`"StringEquals":{"AWS:PRINCIPALACCOUNT":["x","` + account + `"]}`:                    true,
			`"StringNotEquals":{"aws:PrincipalAccount":["x","` + account + `"]}`:                 false,
			`"StringEquals":{"aws:ResourceOrgID":"${aws:PrincipalOrgID}"}`:                       true,
			`"StringEquals":{"aws:PrincipalAccount":"${aws:SourceVpce, '` + account + `'}"}`:     true,
			`"StringNotEquals":{"aws:PrincipalAccount":"${aws:SourceVpce}"}`:                     false,
			`"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/OrganizationAccountAccess*"}`: false,
			`"NumericGreaterThan":{"aws:EpochTime":1577836800}`:                                  true,
			`"DateLessThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"}`:                          false,
			`"NotIpAddress":{"aws:SourceIp":["127.0.0.0/8","::1"]}`:                              false,
			`"Bool":{"aws:SecureTransport":false}`:                                               true,
			`"Null":{"aws:SourceVpce":"true"}`:                                                   true,
			`"StringNotEqualsIfExists":{"aws:SourceVpce":"x"}`:                                   true,
			`"ForAllValues:StringEquals":{"aws:TagKeys":"x"}`:                                    true,
			`"ForAnyValue:StringEqualsIfExists":{"aws:TagKeys":"x"}`:                             false,
			`"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"` + h.id + `/*/"}`:               true,
			`"Bool":{}`: true,
		} {
			content := statement(condition)
			_, err := h.UpdatePolicy(t.Context(), &organizations.UpdatePolicyInput{PolicyId: &id, Content: &content})
			harness.WantAWS(t, err, "", "")
			_, err = client.DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
			if code, _ := harness.AWSError(err); (code == "AccessDeniedException") != denied || !denied && err != nil {
				t.Errorf("%s: %v", condition, err)
			}
		}
	})
}
