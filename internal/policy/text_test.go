package policy

import "testing"

func TestDenialTexts(t *testing.T) {
	t.Parallel()
	ann := Principal{Name: "arn:aws:iam::222222222222:user/ann"}
	for _, c := range []struct {
		verdict     Verdict
		aws, huawei string
	}{
		{
			Verdict{Class: IdentityBased},
			"User: arn:aws:iam::222222222222:user/ann is not authorized to perform: s3:Get on resource: b because no identity-based policy allows the s3:Get action",
			"User: arn:aws:iam::222222222222:user/ann is not authorized to perform: s3:Get on resource: b because no identity-based policy allows the s3:Get action.",
		},
		{
			Verdict{Class: IdentityBased, Effect: Deny},
			"User: arn:aws:iam::222222222222:user/ann is not authorized to perform: s3:Get on resource: b with an explicit deny in an identity-based policy",
			"User: arn:aws:iam::222222222222:user/ann is not authorized to perform: s3:Get on resource: b with an explicit deny in the identity-based policy.",
		},
		{
			Verdict{Class: ServiceControl, Effect: Deny},
			"User: arn:aws:iam::222222222222:user/ann is not authorized to perform: s3:Get on resource: b with an explicit deny in a service control policy",
			"User: arn:aws:iam::222222222222:user/ann is not authorized to perform: s3:Get on resource: b with an explicit deny in the service control policy.",
		},
		{
			Verdict{Class: PermissionsBoundary},
			"User: arn:aws:iam::222222222222:user/ann is not authorized to perform: s3:Get on resource: b because no permissions boundary allows the s3:Get action",
			"User: arn:aws:iam::222222222222:user/ann is not authorized to perform: s3:Get on resource: b because no permissions boundary policy allows the s3:Get action.",
		},
		{
			Verdict{Class: RoleTrust},
			"User: arn:aws:iam::222222222222:user/ann is not authorized to perform: s3:Get on resource: b because no role trust policy allows the s3:Get action",
			"User: arn:aws:iam::222222222222:user/ann is not authorized to perform: s3:Get on resource: b because no trust policy allows the s3:Get action.",
		},
	} {
		r := &Request{Principal: ann, Action: "s3:Get", Resource: "b"}
		if got := AWSDenial(c.verdict, r); got != c.aws {
			t.Errorf("AWS:\n%s\nwant\n%s", got, c.aws)
		}
		if got := HuaweiDenial(c.verdict, r); got != c.huawei {
			t.Errorf("Huawei:\n%s\nwant\n%s", got, c.huawei)
		}
	}
	if got := AWSDenial(Verdict{Class: SessionBased}, &Request{Action: "a:b"}); got != "User:  is not authorized to perform: a:b because no session policy allows the a:b action" {
		t.Errorf("without a resource: %s", got)
	}
}

func TestEveryClassHasItsWordsInBothClouds(t *testing.T) {
	t.Parallel()
	for c := ServiceControl; c <= SessionBased; c++ {
		if awsNames[c] == "" || huaweiNames[c] == "" {
			t.Errorf("class %d has no words", c)
		}
	}
}
