package policy

import (
	"fmt"
	"strings"
	"testing"
)

// typical is what a member's user meets: service control on the root, two units and the account, each with the default and one policy of guard rails,
// resource control on the same path, and two identity policies.
func typical(t testing.TB) (*Policies, *Request) {
	full := compile(t, SCP, FullAWSAccess, "p-FullAWSAccess")
	rcpFull := compile(t, RCP.Managed(), RCPFullAWSAccess, "p-RCPFullAWSAccess")
	guard := compile(t, SCP, `{"Version":"2012-10-17","Statement":[
		{"Sid":"Leave","Effect":"Deny","Action":["organizations:LeaveOrganization","account:CloseAccount"],"Resource":"*"},
		{"Sid":"Trail","Effect":"Deny","Action":["cloudtrail:StopLogging","cloudtrail:DeleteTrail","config:Delete*","config:Stop*","guardduty:*"],"Resource":"*",
		 "Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::*:role/AWSControlTowerExecution"]}}},
		{"Sid":"Buckets","Effect":"Deny","Action":["s3:DeleteBucket*","s3:PutBucketPolicy","s3:PutBucketAcl"],"Resource":["arn:aws:s3:::aws-controltower*"]}]}`, "p-guard")
	region := compile(t, SCP, `{"Version":"2012-10-17","Statement":[
		{"Sid":"Region","Effect":"Deny","NotAction":["iam:*","organizations:*","sts:*","route53:*","cloudfront:*","support:*"],"Resource":"*",
		 "Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-central-1","eu-west-1"]}}}]}`, "p-region")
	perimeter := compile(t, RCP, `{"Version":"2012-10-17","Statement":[
		{"Sid":"Perimeter","Effect":"Deny","Principal":"*","Action":["s3:*","sqs:*","kms:*","sts:*"],"Resource":"*",
		 "Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-polity0001"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}}]}`, "p-perimeter")
	var many []string
	for i := range 12 {
		many = append(many, fmt.Sprintf(`{"Effect":"Allow","Action":["svc%d:Get*","svc%d:List*"],"Resource":"*"}`, i, i))
	}
	reader := compile(t, Identity, `{"Version":"2012-10-17","Statement":[`+strings.Join(many, ",")+`]}`, "reader")
	objects := compile(t, Identity, `{"Version":"2012-10-17","Statement":[
		{"Effect":"Allow","Action":["s3:Get*","s3:Put*"],"Resource":"arn:aws:s3:::data/${aws:username}/*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}`, "objects")
	level := func(node string, c ...*Compiled) Level { return Level{Node: node, Policies: c} }
	return &Policies{
			SCPs:       Chain{level("root", full, guard), level("unit", full, region), level("subunit", full, guard), level("account", full, region)},
			RCPs:       Chain{level("root", rcpFull, perimeter), level("unit", rcpFull), level("subunit", rcpFull), level("account", rcpFull)},
			Management: "111111111111",
			Identity:   []*Compiled{reader, objects},
		}, &Request{
			Principal: Principal{Kind: User, Name: "arn:aws:iam::222222222222:user/ann", Account: "222222222222"},
			Action:    "s3:PutObject",
			Resource:  "arn:aws:s3:::data/ann/2026/report.csv",
			Context: NewKeys(map[string][]string{
				"aws:PrincipalArn": {"arn:aws:iam::222222222222:user/ann"}, "aws:RequestedRegion": {"eu-central-1"}, "aws:username": {"ann"},
				"aws:PrincipalOrgID": {"o-polity0001"}, "aws:PrincipalIsAWSService": {"false"}, "aws:SecureTransport": {"true"},
				"aws:SourceIp": {"203.0.113.7"}, "aws:CurrentTime": {"2026-01-01T00:00:00Z"},
			}),
		}
}

func BenchmarkAuthorize(b *testing.B) {
	p, r := typical(b)
	b.ReportAllocs()
	for b.Loop() {
		if !Authorize(p, r).Allowed() {
			b.Fatal("denied")
		}
	}
}

// governed is the same for a user of Huawei Cloud, under service control policies of grammar 5.0.
func governed(t testing.TB) (*Policies, *Request) {
	full := compile(t, HuaweiSCP.Managed(), HuaweiFullAccess, "p-FullAccess")
	guard := compile(t, HuaweiSCP, `{"Version":"5.0","Statement":[
		{"Sid":"Leave","Effect":"Deny","Action":["organizations:organizations:leave"]},
		{"Sid":"Trail","Effect":"Deny","Action":["cts:tracker:delete","cts:tracker:update","rms:policyAssignments:delete"],"Resource":["*"],
		 "Condition":{"StringNotMatch":{"g:PrincipalUrn":["sts::*:assumed-agency:RGCServiceExecutionAgency/*"]}}},
		{"Sid":"Buckets","Effect":"Deny","Action":["obs:bucket:delete*","obs:bucket:putBucketPolicy"],"Resource":["obs:*:*:bucket:rgc-*"]}]}`, "p-guard")
	region := compile(t, HuaweiSCP, `{"Version":"5.0","Statement":[
		{"Sid":"Region","Effect":"Deny","Action":["ecs:*","obs:*","vpc:*","evs:*","rds:*","dds:*"],"Resource":["*"],
		 "Condition":{"StringNotEquals":{"g:RequestedRegion":["cn-north-4","cn-east-3"]}}}]}`, "p-region")
	own := compile(t, HuaweiIdentity, `{"Version":"5.0","Statement":[
		{"Effect":"Allow","Action":["ecs:cloudServers:get","ecs:cloudServers:list*","ecs:cloudServers:createServers"],"Resource":["*"]},
		{"Effect":"Allow","Action":["obs:object:*"],"Resource":["*"],"Condition":{"Bool":{"g:SecureTransport":["true"]}}}]}`, "own")
	level := func(node string, c ...*Compiled) Level { return Level{Node: node, Policies: c} }
	return &Policies{
			SCPs:       Chain{level("root", full, guard), level("unit", full, region), level("subunit", full, guard), level("account", full, region)},
			Management: "m",
			Identity:   []*Compiled{own},
		}, &Request{
			Principal: Principal{Kind: User, Name: "iam::a:user:ann", Account: "a"},
			Action:    "obs:object:putObject",
			Resource:  "obs:cn-north-4:a:object:data/report.csv",
			Context: NewKeys(map[string][]string{
				"g:PrincipalUrn": {"iam::a:user:ann"}, "g:RequestedRegion": {"cn-north-4"}, "g:SecureTransport": {"true"},
				"g:SourceIp": {"203.0.113.7"}, "g:CurrentTime": {"2026-01-01T00:00:00Z"},
			}),
		}
}

func BenchmarkAuthorizeGrammar5(b *testing.B) {
	p, r := governed(b)
	b.ReportAllocs()
	for b.Loop() {
		if !Authorize(p, r).Allowed() {
			b.Fatal("denied")
		}
	}
}

func TestADecisionByGrammar5AllocatesNothing(t *testing.T) {
	p, r := governed(t)
	for action, allowed := range map[string]bool{"obs:object:putObject": true, "organizations:organizations:leave": false, "vpc:vpcs:get": false} {
		r.Action = action
		if got := Authorize(p, r).Allowed(); got != allowed {
			t.Errorf("%s is allowed: %v", action, got)
		}
		if n := testing.AllocsPerRun(100, func() { Authorize(p, r) }); n != 0 {
			t.Errorf("%s allocates %v times", action, n)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	doc, err := Parse(FullAWSAccess)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		Load(SCP, doc, "p")
	}
}

func TestADecisionAllocatesNothing(t *testing.T) {
	p, r := typical(t)
	for name, change := range map[string]func(*Policies, *Request){
		"an allow":                   func(*Policies, *Request) {},
		"a deny by service control":  func(_ *Policies, r *Request) { r.Action = "organizations:LeaveOrganization" },
		"a deny by resource control": func(_ *Policies, r *Request) { r.Context.(Keys).Set("aws:PrincipalOrgID", "o-elsewhere1") },
		"no allow":                   func(_ *Policies, r *Request) { r.Action = "dynamodb:GetItem" },
		"every kind of condition": func(p *Policies, r *Request) {
			p.Boundary = []*Compiled{compile(t, Identity, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{
				"StringEqualsIgnoreCase":{"aws:username":"ANN"},"StringLike":{"aws:PrincipalArn":"*user/${aws:username}"},
				"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/*"},"IpAddress":{"aws:SourceIp":["10.0.0.0/8","203.0.113.0/24"]},
				"DateLessThan":{"aws:CurrentTime":"2027-01-01"},"NumericLessThanIfExists":{"aws:MultiFactorAuthAge":60},
				"ForAnyValue:StringNotEquals":{"aws:username":"bob"},"Null":{"aws:TagKeys":"true"}}}}`, "boundary")}
		},
	} {
		p, r := *p, *r
		keys := Keys{}
		for k, v := range r.Context.(Keys) {
			keys[k] = v
		}
		r.Context = keys
		change(&p, &r)
		if n := testing.AllocsPerRun(100, func() { Authorize(&p, &r) }); n != 0 {
			t.Errorf("%s (%s) allocates %v times", name, Authorize(&p, &r), n)
		}
	}
}

// A request that is made for one decision stays on the caller's stack.
func TestARequestDoesNotEscape(t *testing.T) {
	p, r := typical(t)
	if n := testing.AllocsPerRun(100, func() {
		Authorize(p, &Request{Principal: r.Principal, Action: r.Action, Resource: r.Resource, Context: r.Context})
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
