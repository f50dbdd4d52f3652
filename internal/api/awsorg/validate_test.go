package awsorg

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-faster/jx"

	"github.com/polity-cloud/polity/internal/wire/awsjson"
)

// violation decodes body as the input of the operation and returns what it violates.
func violation(t testing.TB, operation, body string) *awsjson.Violation {
	t.Helper()
	op, ok := contract[operation]
	if !ok {
		t.Fatalf("no operation %s", operation)
	}
	in := op.New()
	if err := in.Decode(jx.DecodeStr(body)); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return in.Validate()
}

func TestConstraintsAnswerTheirReason(t *testing.T) {
	t.Parallel()
	const policy = `"Content":"{}","Description":"","Name":"n"`
	long := func(n int) string { return strings.Repeat("ä", n) }
	for _, tt := range []struct{ name, operation, body, reason, member string }{
		{"a required member is missing", "CreateAccount", `{"AccountName":"a"}`, "INPUT_REQUIRED", "Email"},
		{"a required member is null", "CreateAccount", `{"AccountName":"a","Email":null}`, "INPUT_REQUIRED", "Email"},
		{"required comes before a member that is wrong", "CreateAccount", `{"AccountName":""}`, "INPUT_REQUIRED", "Email"},
		{"the description of a policy is required", "CreatePolicy", `{"Content":"{}","Name":"n","Type":"TAG_POLICY"}`, "INPUT_REQUIRED", "Description"},
		{"the description of a policy may be empty", "CreatePolicy", `{` + policy + `,"Type":"TAG_POLICY"}`, "", ""},
		{"a required list is missing", "TagResource", `{"ResourceId":"r-abcd"}`, "INPUT_REQUIRED", "Tags"},
		{"a required list may be empty", "TagResource", `{"ResourceId":"r-abcd","Tags":[]}`, "", ""},
		{"a required shape is missing", "InviteAccountToOrganization", `{"Notes":"n"}`, "INPUT_REQUIRED", "Target"},
		{"a required member inside a shape is missing", "InviteAccountToOrganization", `{"Target":{"Id":"1"}}`, "INPUT_REQUIRED", "Target.Type"},
		{"a required member inside an element is missing", "TagResource", `{"ResourceId":"r-abcd","Tags":[{"Key":"k","Value":""},{"Key":"k"}]}`, "INPUT_REQUIRED", "Tags[1].Value"},

		{"a string at its bound", "CreateOrganizationalUnit", `{"ParentId":"r-abcd","Name":"` + long(128) + `"}`, "", ""},
		{"a string above its bound", "CreateOrganizationalUnit", `{"ParentId":"r-abcd","Name":"` + long(129) + `"}`, "MAX_LENGTH_EXCEEDED", "Name"},
		{"a string below its bound", "CreateOrganizationalUnit", `{"ParentId":"r-abcd","Name":""}`, "MIN_LENGTH_EXCEEDED", "Name"},
		{"empty content", "CreatePolicy", `{"Content":"","Description":"","Name":"n","Type":"TAG_POLICY"}`, "MIN_LENGTH_EXCEEDED", "Content"},
		{"a tag key that is too long", "TagResource", `{"ResourceId":"r-abcd","Tags":[{"Key":"` + long(129) + `","Value":""}]}`, "MAX_LENGTH_EXCEEDED", "Tags[0].Key"},
		{"a page that is too small", "ListAccounts", `{"MaxResults":0}`, "MIN_VALUE_EXCEEDED", "MaxResults"},
		{"a page that is too large", "ListAccounts", `{"MaxResults":21}`, "MAX_VALUE_EXCEEDED", "MaxResults"},
		{"a page of twenty", "ListAccounts", `{"MaxResults":20}`, "", ""},
		{"no page size", "ListAccounts", `{"MaxResults":null,"NextToken":null}`, "", ""},
		{"a token that is too long", "ListAccounts", `{"NextToken":"` + strings.Repeat("a", 100_001) + `"}`, "MAX_LENGTH_EXCEEDED", "NextToken"},

		{"an enum", "CreateOrganization", `{"FeatureSet":"SOME"}`, "INVALID_ENUM", "FeatureSet"},
		{"an empty enum is a wrong one", "CreateOrganization", `{"FeatureSet":""}`, "INVALID_ENUM", "FeatureSet"},
		{"an absent enum", "CreateOrganization", `{}`, "", ""},
		{"an enum inside a filter", "ListHandshakesForAccount", `{"Filter":{"ActionType":"invite"}}`, "INVALID_ENUM", "Filter.ActionType"},
		{"a policy type", "CreatePolicy", `{` + policy + `,"Type":"SCP"}`, "INVALID_ENUM_POLICY_TYPE", "Type"},
		{"a policy type as a filter", "ListPolicies", `{"Filter":"SCP"}`, "INVALID_ENUM_POLICY_TYPE", "Filter"},
		{"a policy type that has no effective policy", "DescribeEffectivePolicy", `{"PolicyType":"SERVICE_CONTROL_POLICY"}`, "INVALID_ENUM_POLICY_TYPE", "PolicyType"},

		{"an account id", "DescribeAccount", `{"AccountId":"12345678901"}`, "INVALID_PATTERN", "AccountId"},
		{"a role name", "CreateAccount", `{"AccountName":"a","Email":"a@b.example","RoleName":"a b"}`, "INVALID_PATTERN", "RoleName"},
		{"an e-mail address", "CreateAccount", `{"AccountName":"a","Email":"a.b.example"}`, "INVALID_PATTERN", "Email"},
		{"an account name beyond ASCII", "CreateAccount", `{"AccountName":"ä","Email":"a@b.example"}`, "INVALID_PATTERN", "AccountName"},
		{"a tag key", "TagResource", `{"ResourceId":"r-abcd","Tags":[{"Key":"a!","Value":""}]}`, "INVALID_PATTERN", "Tags[0].Key"},
		{"letters of any script are fine in a tag", "TagResource", `{"ResourceId":"r-abcd","Tags":[{"Key":"größe 名前","Value":"٣"}]}`, "", ""},
		{"a policy id", "DescribePolicy", `{"PolicyId":"policy-1"}`, "INVALID_SYNTAX_POLICY_ID", "PolicyId"},
		{"an AWS policy's id", "DescribePolicy", `{"PolicyId":"p-FullAWSAccess"}`, "", ""},
		{"a policy target", "AttachPolicy", `{"PolicyId":"p-FullAWSAccess","TargetId":"x"}`, "INVALID_PATTERN_TARGET_ID", "TargetId"},
		{"the policy id comes before the target", "AttachPolicy", `{"PolicyId":"x","TargetId":"x"}`, "INVALID_SYNTAX_POLICY_ID", "PolicyId"},

		{"an element of a list", "ListCreateAccountStatus", `{"States":["FAILED","DONE"]}`, "INVALID_LIST_MEMBER", "States[1]"},
		{"a tag key in a list", "UntagResource", `{"ResourceId":"r-abcd","TagKeys":["a",""]}`, "INVALID_LIST_MEMBER", "TagKeys[1]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := violation(t, tt.operation, tt.body)
			if got == nil {
				got = &awsjson.Violation{}
			}
			if got.Reason != tt.reason || got.Member != tt.member {
				t.Errorf("got %+v, want %s at %s", *got, tt.reason, tt.member)
			}
			if tt.reason != "" && !slices.Contains(exceptions["InvalidInputException"].Reasons, got.Reason) {
				t.Errorf("InvalidInputException has no reason %s", got.Reason)
			}
		})
	}
}

// The model writes ^(r-…)|(ou-…)$, which read literally anchors neither branch on both sides.
func TestPatternsAreAnchoredOnEveryBranch(t *testing.T) {
	t.Parallel()
	ou := "ou-abcd-12345678"
	for _, tt := range []struct {
		operation, body string
		good, bad       []string
	}{
		{"ListChildren", `{"ChildType":"ACCOUNT","ParentId":"%"}`, []string{"r-abcd", ou},
			[]string{"r-abcdX", "xr-abcd", "x" + ou, ou + "!", "r-abc", "123456789012", "r-abcd\\n", ""}},
		{"ListParents", `{"ChildId":"%"}`, []string{"123456789012", ou}, []string{"1234567890123", "x123456789012", "123456789012x", "x" + ou, "r-abcd"}},
		{"ListPoliciesForTarget", `{"Filter":"TAG_POLICY","TargetId":"%"}`, []string{"r-abcd", "123456789012", ou}, []string{"r-abcd!", "1234567890123", "a123456789012b", "x" + ou}},
		{"ListTagsForResource", `{"ResourceId":"%"}`, []string{"r-abcd", "123456789012", ou, "p-FullAWSAccess", "rp-abcd", "rt-12345678"},
			[]string{"r-abcd!", "p-FullAWSAccess!", "xp-FullAWSAccess", "rp-abcd!", "x rt-12345678"}},
	} {
		for _, id := range tt.good {
			if v := violation(t, tt.operation, strings.ReplaceAll(tt.body, "%", id)); v != nil {
				t.Errorf("%s %q: %v", tt.operation, id, v)
			}
		}
		for _, id := range tt.bad {
			if violation(t, tt.operation, strings.ReplaceAll(tt.body, "%", id)) == nil {
				t.Errorf("%s took %q", tt.operation, id)
			}
		}
	}
}

func TestEveryRequiredMemberIsAsked(t *testing.T) {
	t.Parallel()
	asked := 0
	for name, op := range contract {
		in := op.New()
		if err := in.Decode(jx.DecodeStr(`{}`)); err != nil {
			t.Fatal(err)
		}
		v, required := in.Validate(), requiredMembers(t, op.Input)
		switch {
		case len(required) == 0 && v != nil:
			t.Errorf("%s: %v", name, v)
		case len(required) > 0 && (v == nil || v.Reason != awsjson.InputRequired || v.Member != required[0]):
			t.Errorf("%s: got %v, want %s first", name, v, required[0])
		}
		asked += len(required)
	}
	if asked < 60 {
		t.Errorf("only %d required members", asked)
	}
}
