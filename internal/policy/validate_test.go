package policy

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

var exampleScope = Scope{
	Partition: "aws", Organization: "o-polity0001", Management: "111111111111",
	Member: func(a string) bool { return a == "222222222222" },
}

// law is one document against one dialect. Statements are written without the frame around them; an empty reason means accepted.
type law struct {
	name      string
	statement string
	reason    Reason
}

func testLaws(t *testing.T, d *Dialect, version string, laws []law) {
	t.Helper()
	t.Parallel()
	for _, l := range laws {
		t.Run(l.name, func(t *testing.T) {
			doc, err := Parse(fmt.Sprintf("{\"Version\":%q,\"Statement\":[\n%s]}", version, l.statement))
			if err == nil {
				err = Validate(d, doc)
			}
			var e *Error
			switch {
			case l.reason == "" && err != nil:
				t.Fatalf("refused: %v", err)
			case l.reason != "" && (!errors.As(err, &e) || e.Reason != l.reason):
				t.Fatalf("got %v, want %s", err, l.reason)
			case e != nil && e.At.Line != 2:
				t.Fatalf("the place is %v, not in the statement", e.At)
			}
		})
	}
}

func TestServiceControlPoliciesOfAWS(t *testing.T) {
	testLaws(t, SCP, "2012-10-17", []law{
		{"an allow of everything", `{"Effect":"Allow","Action":"*","Resource":"*"}`, ""},
		{"a statement without a resource", `{"Effect":"Allow","Action":["s3:*"]}`, ""},
		{"an allow with an ARN", `{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::a/*"}`, ""},
		{"an allow with a condition", `{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:x":"true"}}}`, ""},
		{"an allow with NotAction", `{"Effect":"Allow","NotAction":"s3:*","Resource":"*"}`, ""},
		{"NotResource in an allow", `{"Effect":"Allow","Action":"s3:*","NotResource":"arn:aws:s3:::a"}`, ""},
		{"NotResource in a deny", `{"Effect":"Deny","Action":"s3:*","NotResource":"arn:aws:s3:::a"}`, ""},
		{"a wildcard in front of an action's name", `{"Effect":"Deny","Action":"s3:*Object","Resource":"*"}`, ""},
		{"a wildcard inside an action's name", `{"Effect":"Deny","Action":"s3:Get?b*t","Resource":"*"}`, ""},
		{"an unknown service", `{"Effect":"Deny","Action":"moonbase:Launch","Resource":"*"}`, ""},
		{"a Sid of letters and digits", `{"Sid":"Abc123","Effect":"Deny","Action":"s3:*"}`, ""},
		{"no action", `{"Effect":"Deny","Resource":"*"}`, MissingElement},
		{"an empty list of actions", `{"Effect":"Deny","Action":[],"Resource":"*"}`, EmptyElement},
		{"an empty list of resources", `{"Effect":"Deny","Action":"s3:*","Resource":[]}`, EmptyElement},
		{"Principal", `{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}`, ElementNotSupported},
		{"NotPrincipal", `{"Effect":"Deny","NotPrincipal":"*","Action":"s3:*","Resource":"*"}`, ElementNotSupported},
		{"a Sid with a space", `{"Sid":"a b","Effect":"Deny","Action":"s3:*"}`, InvalidSid},
		{"a Sid with letters of another script", `{"Sid":"ж","Effect":"Deny","Action":"s3:*"}`, InvalidSid},
		{"a Sid that stands twice", `{"Sid":"a","Effect":"Deny","Action":"s3:*"},{"Sid":"a","Effect":"Deny","Action":"s3:*"}`, DuplicateSid},
		{"an action without a service", `{"Effect":"Deny","Action":"GetObject"}`, InvalidAction},
		{"an action without a name", `{"Effect":"Deny","Action":"s3:"}`, InvalidAction},
		{"an action of three parts", `{"Effect":"Deny","Action":"a:b:c"}`, InvalidAction},
		{"a wildcard in the service", `{"Effect":"Deny","Action":"s*:Get"}`, InvalidAction},
		{"an action of every service", `{"Effect":"Deny","Action":"*:Untag*"}`, InvalidAction},
		{"every action of every service", `{"Effect":"Deny","Action":"*:*"}`, ""},
		{"an operator without keys", `{"Effect":"Deny","Action":"s3:*","Condition":{"Bool":{}}}`, ""},
		{"an operator's key without values", `{"Effect":"Deny","Action":"s3:*","Condition":{"Bool":{"a:b":[]}}}`, ""},
		{"a space in an action", `{"Effect":"Deny","Action":"s3: Get"}`, InvalidAction},
		{"a resource that is no ARN", `{"Effect":"Deny","Action":"s3:*","Resource":"bucket"}`, InvalidResource},
		{"a resource with too few parts", `{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3"}`, InvalidResource},
		{"a wildcard in the service of a resource", `{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s*:::a"}`, InvalidResource},
		{"an unknown operator", `{"Effect":"Deny","Action":"s3:*","Condition":{"StringMatch":{"a:b":"c"}}}`, UnknownOperator},
		{"an operator with odd case", `{"Effect":"Deny","Action":"s3:*","Condition":{"stringequals":{"a:b":"c"}}}`, UnknownOperator},
		{"Null with IfExists", `{"Effect":"Deny","Action":"s3:*","Condition":{"NullIfExists":{"a:b":"true"}}}`, UnknownOperator},
		{"Null with a prefix", `{"Effect":"Deny","Action":"s3:*","Condition":{"ForAnyValue:Null":{"a:b":"true"}}}`, UnknownOperator},
		{"a condition key without a service", `{"Effect":"Deny","Action":"s3:*","Condition":{"Bool":{"secure":"true"}}}`, InvalidConditionKey},
	})
}

func TestResourceControlPolicies(t *testing.T) {
	testLaws(t, RCP, "2012-10-17", []law{
		{"a deny for everyone", `{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}`, ""},
		{"a wildcard inside an action", `{"Effect":"Deny","Principal":"*","Action":["s3:*Object","KMS:Dec?ypt"],"Resource":"*"}`, ""},
		{"NotResource", `{"Effect":"Deny","Principal":"*","Action":"sts:*","NotResource":"arn:aws:iam::*:role/a"}`, ""},
		{"a condition", `{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*","Condition":{"Null":{"aws:x":"true"}}}`, ""},
		{"an allow", `{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}`, EffectNotSupported},
		{"no principal", `{"Effect":"Deny","Action":"s3:*","Resource":"*"}`, MissingElement},
		{"one principal", `{"Effect":"Deny","Principal":{"AWS":"111111111111"},"Action":"s3:*","Resource":"*"}`, InvalidPrincipal},
		{"everyone of one type", `{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:*","Resource":"*"}`, InvalidPrincipal},
		{"NotPrincipal", `{"Effect":"Deny","NotPrincipal":"*","Action":"s3:*","Resource":"*"}`, ElementNotSupported},
		{"NotAction", `{"Effect":"Deny","Principal":"*","NotAction":"s3:*","Resource":"*"}`, ElementNotSupported},
		{"every action", `{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}`, ActionNotSupported},
		{"a service that takes no part", `{"Effect":"Deny","Principal":"*","Action":"ec2:*","Resource":"*"}`, ActionNotSupported},
		{"no resource", `{"Effect":"Deny","Principal":"*","Action":"s3:*"}`, MissingElement},
	})
}

func TestIdentityPolicies(t *testing.T) {
	testLaws(t, Identity, "2008-10-17", []law{
		{"an allow", `{"Effect":"Allow","Action":"s3:*","Resource":["arn:aws:s3:::a","arn:aws:s3:*"]}`, ""},
		{"NotAction and NotResource in an allow", `{"Effect":"Allow","NotAction":"s3:*","NotResource":"arn:aws:s3:::a"}`, ""},
		{"no resource", `{"Effect":"Allow","Action":"s3:*"}`, MissingElement},
		{"a principal", `{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}`, ElementNotSupported},
	})
}

func TestTrustPolicies(t *testing.T) {
	testLaws(t, Trust, "2012-10-17", []law{
		{"an account", `{"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole"}`, ""},
		{"everything that may assume", `{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111111111111:root","*"],"Service":"ec2.amazonaws.com","Federated":"arn:x","CanonicalUser":"79a5"},"Action":"sts:AssumeRole"}`, ""},
		{"a resource", `{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}`, ElementNotSupported},
		{"no principal", `{"Effect":"Allow","Action":"sts:AssumeRole"}`, MissingElement},
		{"an action of another service", `{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}`, ActionNotSupported},
		{"a partial wildcard", `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:user/*"},"Action":"sts:AssumeRole"}`, InvalidPrincipal},
		{"an unknown type", `{"Effect":"Allow","Principal":{"Robot":"a"},"Action":"sts:AssumeRole"}`, InvalidPrincipal},
		{"a bare name", `{"Effect":"Allow","Principal":{"AWS":"bob"},"Action":"sts:AssumeRole"}`, InvalidPrincipal},
		{"a bare text that is not *", `{"Effect":"Allow","Principal":"111111111111","Action":"sts:AssumeRole"}`, InvalidPrincipal},
		{"no values", `{"Effect":"Allow","Principal":{"AWS":[]},"Action":"sts:AssumeRole"}`, EmptyElement},
		{"no types", `{"Effect":"Allow","Principal":{},"Action":"sts:AssumeRole"}`, EmptyElement},
	})
}

func delegationLaw(principal, action, resource, condition string) string {
	return fmt.Sprintf(`{"Effect":"Allow","Principal":%s,"Action":%s,"Resource":%s,"Condition":%s}`, principal, action, resource, condition)
}

func TestDelegationPolicies(t *testing.T) {
	who, what, every, no := `{"AWS":"222222222222"}`, `"organizations:ListAccounts"`, `"*"`, `{}`
	testLaws(t, Delegation(exampleScope), "2012-10-17", []law{
		{"an account", delegationLaw(who, what, every, no), ""},
		{"an account's root", delegationLaw(`{"AWS":"arn:aws:iam::222222222222:root"}`, what, every, no), ""},
		{"a role of a member", delegationLaw(`{"AWS":"arn:aws:iam::222222222222:role/a/b"}`, what, every, no), ""},
		{"everyone", delegationLaw(`"*"`, what, every, no), InvalidPrincipal},
		{"every AWS principal", delegationLaw(`{"AWS":"*"}`, what, every, no), InvalidPrincipal},
		{"an outsider", delegationLaw(`{"AWS":"999999999999"}`, what, every, no), InvalidPrincipal},
		{"a member's root in another partition", delegationLaw(`{"AWS":"arn:aws-cn:iam::222222222222:root"}`, what, every, no), InvalidPrincipal},
		{"a member's role in another partition", delegationLaw(`{"AWS":"arn:aws-us-gov:iam::222222222222:role/a"}`, what, every, no), InvalidPrincipal},
		{"an outsider's user", delegationLaw(`{"AWS":"arn:aws:iam::999999999999:user/a"}`, what, every, no), InvalidPrincipal},
		{"a service", delegationLaw(`{"Service":"backup.amazonaws.com"}`, what, every, no), InvalidPrincipal},
		{"a pattern that covers delegable actions", delegationLaw(who, `["organizations:List*"]`, every, no), ""},
		{"an action that cannot be delegated", delegationLaw(who, `"organizations:CreateAccount"`, every, no), ActionNotSupported},
		{"a pattern that covers none", delegationLaw(who, `"organizations:Move*"`, every, no), ActionNotSupported},
		{"an action of another service", delegationLaw(who, `"s3:GetObject"`, every, no), ActionNotSupported},
		{"every action of every service", delegationLaw(who, `"*"`, every, no), ActionNotSupported},
		{"a policy of the organization", delegationLaw(who, what, `"arn:aws:organizations::111111111111:policy/o-polity0001/backup_policy/*"`, no), ""},
		{"a pattern for policies", delegationLaw(who, what, `"arn:aws:organizations::111111111111:policy/*/tag_policy/*"`, no), ""},
		{"a policy of AWS", delegationLaw(who, what, `"arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess"`, no), ""},
		{"another organization", delegationLaw(who, what, `"arn:aws:organizations::111111111111:account/o-stranger01/222222222222"`, no), ResourceNotSupported},
		{"another management account", delegationLaw(who, what, `"arn:aws:organizations::999999999999:root/o-polity0001/r-1"`, no), ResourceNotSupported},
		{"a thing of another service", delegationLaw(who, what, `"arn:aws:s3:::bucket"`, no), ResourceNotSupported},
		{"a thing that is none", delegationLaw(who, what, `"arn:aws:organizations::111111111111:robot/o-polity0001/1"`, no), ResourceNotSupported},
		{"a policy type", delegationLaw(who, what, every, `{"StringEquals":{"organizations:PolicyType":["TAG_POLICY","BACKUP_POLICY"]}}`), ""},
		{"a pattern of policy types", delegationLaw(who, what, every, `{"StringLike":{"organizations:policytype":"*_POLICY"}}`), ""},
		{"an unknown policy type", delegationLaw(who, what, every, `{"StringEquals":{"organizations:PolicyType":["tag_policy"]}}`), PolicyTypeUnknown},
		{"a condition on the policy type's absence", delegationLaw(who, what, every, `{"Null":{"organizations:PolicyType":"true"}}`), ""},
		{"NotAction", `{"Effect":"Deny","Principal":{"AWS":"222222222222"},"NotAction":"organizations:ListAccounts","Resource":"*"}`, ElementNotSupported},
		{"NotResource", `{"Effect":"Deny","Principal":{"AWS":"222222222222"},"Action":"organizations:ListAccounts","NotResource":"*"}`, ElementNotSupported},
		{"no resource", `{"Effect":"Deny","Principal":{"AWS":"222222222222"},"Action":"organizations:ListAccounts"}`, MissingElement},
	})
}

func TestNegationsCanBeSwitchedOnForDelegation(t *testing.T) {
	testLaws(t, Delegation(exampleScope).WithNegations(), "2012-10-17", []law{
		{"NotAction", `{"Effect":"Deny","Principal":{"AWS":"222222222222"},"NotAction":"organizations:ListAccounts","Resource":"*"}`, ""},
		{"NotResource", `{"Effect":"Deny","Principal":{"AWS":"222222222222"},"Action":"organizations:ListAccounts","NotResource":"*"}`, ""},
		{"no action at all", `{"Effect":"Deny","Principal":{"AWS":"222222222222"},"Resource":"*"}`, MissingElement},
	})
}

func TestServiceControlPoliciesOfHuaweiCloud(t *testing.T) {
	testLaws(t, HuaweiSCP, "5.0", []law{
		{"a deny", `{"Sid":"free text, 自由","Effect":"Deny","Action":["organizations:organizations:leave"],"Resource":["*"]}`, ""},
		{"a deny without an action", `{"Effect":"Deny","Resource":["rds:*:*:instance:*"]}`, ""},
		{"a deny without anything", `{"Effect":"Deny"}`, ""},
		{"an empty list of actions", `{"Effect":"Deny","Action":[]}`, ""},
		{"an action without a type, of which STS has some", `{"Effect":"Deny","Action":["sts::tagSession"]}`, ""},
		{"an action without an operation", `{"Effect":"Deny","Action":["ecs:servers:"]}`, InvalidAction},
		{"NotResource", `{"Effect":"Deny","Action":["ecs:*"],"NotResource":["ecs:*:*:instance:a"]}`, ""},
		{"the operators of the grammar", `{"Effect":"Deny","Action":["ecs:*"],"Condition":{"StringEndWithIfExists":{"g:UserName":["a"]},"ForAnyValue:StringMatch":{"g:TagKeys":["a*"]},"NumberLessThan":{"a:b":1},"BoolIfExists":{"g:PrincipalIsRootUser":true}}}`, ""},
		{"an allow", `{"Effect":"Allow","Action":["ecs:*"],"Resource":["*"]}`, EffectNotSupported},
		{"NotAction", `{"Effect":"Deny","NotAction":["ecs:*"]}`, ElementNotSupported},
		{"Principal", `{"Effect":"Deny","Principal":{"IAM":["a"]},"Action":["ecs:*"]}`, ElementNotSupported},
		{"an action of two parts", `{"Effect":"Deny","Action":["ecs:list"]}`, InvalidAction},
		{"an action of four parts", `{"Effect":"Deny","Action":["a:b:c:d*"]}`, InvalidAction},
		{"a resource of four parts", `{"Effect":"Deny","Action":["ecs:*"],"Resource":["ecs:a:b:c"]}`, InvalidResource},
		{"an ARN is no URN by chance", `{"Effect":"Deny","Action":["ecs:*"],"Resource":["bucket"]}`, InvalidResource},
		{"AWS's operators", `{"Effect":"Deny","Action":["ecs:*"],"Condition":{"StringLike":{"g:UserName":["a"]}}}`, UnknownOperator},
		{"AWS's ARN operators", `{"Effect":"Deny","Action":["ecs:*"],"Condition":{"ArnLike":{"g:PrincipalUrn":["a"]}}}`, UnknownOperator},
	})
}

func TestServiceControlPoliciesOfHuaweiCloudIn2024(t *testing.T) {
	testLaws(t, HuaweiSCP2024, "5.0", []law{
		{"an allow of everything", `{"Effect":"Allow","Action":["*"],"Resource":["*"]}`, ""},
		{"an allow without a resource", `{"Effect":"Allow","Action":["ecs:*"]}`, ""},
		{"a deny with NotAction and a condition", `{"Effect":"Deny","NotAction":["ecs:a:b*"],"Resource":["ecs:*:*:instance:*"],"Condition":{"Bool":{"g:MFAPresent":"true"}}}`, ""},
		{"an allow without an action", `{"Effect":"Allow","Resource":["*"]}`, MissingElement},
		{"a deny without an action", `{"Effect":"Deny","Resource":["*"]}`, MissingElement},
		{"an allow with NotAction", `{"Effect":"Allow","NotAction":["ecs:*"]}`, ElementNotSupported},
		{"an allow with a condition", `{"Effect":"Allow","Action":["ecs:*"],"Condition":{"Bool":{"g:MFAPresent":"true"}}}`, ElementNotSupported},
		{"an allow with a resource", `{"Effect":"Allow","Action":["ecs:*"],"Resource":["ecs:*:*:instance:*"]}`, ResourceNotSupported},
		{"NotResource", `{"Effect":"Deny","Action":["ecs:*"],"NotResource":["ecs:*:*:instance:a"]}`, ElementNotSupported},
		{"a wildcard in the middle", `{"Effect":"Deny","Action":["ecs:*:list"]}`, InvalidAction},
		{"a question mark at the end", `{"Effect":"Deny","Action":["ecs:a:lis?"]}`, ""},
	})
}

func TestOtherPoliciesOfHuaweiCloud(t *testing.T) {
	t.Run("identity", func(t *testing.T) {
		testLaws(t, HuaweiIdentity, "5.0", []law{
			{"an allow without a resource", `{"Effect":"Allow","Action":["ecs:*"]}`, ""},
			{"negations", `{"Effect":"Allow","NotAction":["ecs:*"],"NotResource":["ecs:*:*:instance:a"]}`, ""},
			{"a principal", `{"Effect":"Allow","Principal":{"IAM":["a"]},"Action":["ecs:*"]}`, ElementNotSupported},
		})
	})
	t.Run("trust", func(t *testing.T) {
		testLaws(t, HuaweiTrust, "5.0", []law{
			{"accounts and services", `{"Effect":"Allow","Principal":{"IAM":["a","iam::b:root"],"Service":["service.RGC"]},"Action":["sts:agencies:assume"]}`, ""},
			{"AWS's type of principal", `{"Effect":"Allow","Principal":{"AWS":["a"]},"Action":["sts:agencies:assume"]}`, InvalidPrincipal},
			{"another service's action", `{"Effect":"Allow","Principal":{"IAM":["a"]},"Action":["ecs:a:b"]}`, ActionNotSupported},
		})
	})
}

func TestVersions(t *testing.T) {
	t.Parallel()
	deny := `"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}`
	for name, c := range map[string]struct {
		dialect *Dialect
		head    string
		ok      bool
	}{
		"an SCP names its version":                {SCP, `"Version":"2012-10-17",`, true},
		"an SCP without one is refused":           {SCP, ``, false},
		"an SCP without one can be let through":   {SCP.WithOptionalVersion(), ``, true},
		"leniency does not make versions up":      {SCP.WithOptionalVersion(), `"Version":"2020-01-01",`, false},
		"an SCP of the old version is refused":    {SCP, `"Version":"2008-10-17",`, false},
		"an identity policy may leave it out":     {Identity, ``, true},
		"an identity policy may be old":           {Identity, `"Version":"2008-10-17",`, true},
		"Huawei Cloud wants 5.0":                  {HuaweiSCP, `"Version":"5.0",`, true},
		"Huawei Cloud refuses 1.1":                {HuaweiSCP, `"Version":"1.1",`, false},
		"Huawei Cloud refuses AWS's version":      {HuaweiIdentity, `"Version":"2012-10-17",`, false},
		"Huawei Cloud wants the version":          {HuaweiIdentity, ``, false},
		"an Id goes with AWS":                     {SCP, `"Version":"2012-10-17","Id":"a",`, true},
		"an Id does not belong into Huawei Cloud": {HuaweiSCP, `"Version":"5.0","Id":"a",`, false},
	} {
		doc, err := Parse("{" + c.head + deny + "}")
		if err != nil {
			t.Fatal(err)
		}
		if err := Validate(c.dialect, doc); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	pad := func(n int, with string) string {
		head, tail := `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::`, `"}}`
		return head + strings.Repeat(with, n-len(head)-len(tail)) + tail
	}
	for name, c := range map[string]struct {
		dialect *Dialect
		text    string
		ok      bool
	}{
		"as long as an SCP may be":                  {SCP, pad(10240, "a"), true},
		"one more":                                  {SCP, pad(10241, "a"), false},
		"characters count, not bytes":               {SCP, pad(10240, "ü"), true},
		"white space counts in an SCP":              {SCP, pad(10240, "a") + " ", false},
		"white space does not in identity policies": {Identity, pad(6144, "a") + strings.Repeat("\n", 9000), true},
		"one more in identity policies":             {Identity, pad(6145, "a"), false},
		"the limit can be set":                      {SCP.WithSize(5120), pad(5121, "a"), false},
	} {
		doc, err := Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		err = Validate(c.dialect, doc)
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && !errors.Is(err, &Error{Reason: TooLarge}) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestThe33DelegableActions(t *testing.T) {
	t.Parallel()
	d := Delegable()
	if len(d) != 33 || !slices.IsSorted(d) || slices.Contains(d, "organizations:CreateAccount") {
		t.Errorf("%d actions: %v", len(d), d)
	}
}

func TestBuiltInPoliciesCompileInTheirManagedDialects(t *testing.T) {
	t.Parallel()
	r := &Request{Action: "a:b", Resource: "c"}
	for text, d := range map[string]*Dialect{FullAWSAccess: SCP, RCPFullAWSAccess: RCP.Managed(), HuaweiFullAccess: HuaweiSCP.Managed()} {
		if e := compile(t, d, text, "p").Evaluate(r).Effect; e != Allow {
			t.Errorf("%s: %s", d.Name(), e)
		}
	}
}
