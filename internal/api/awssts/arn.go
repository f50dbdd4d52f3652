package awssts

import (
	"regexp"
	"sync"

	"github.com/polity-cloud/polity/internal/org"
)

// role is what the ARN of a role says: arn:PARTITION:iam::ACCOUNT:role[/PATH]/NAME.
type role struct {
	partition org.Partition
	account   org.AccountID
	path      string // "/" or "/PATH/"
	name      string
}

// roleARN is compiled when it is first met, as what counts its repetitions is large.
var roleARN = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^arn:(aws|aws-cn|aws-us-gov):iam::([0-9]{12}):role(/|/[!-~]+/)([\w+=,.@-]{1,64})$`)
})

func parseRole(arn string) (role, bool) {
	m := roleARN().FindStringSubmatch(arn)
	if m == nil {
		return role{}, false
	}
	return role{org.Partition(m[1]), org.AccountID(m[2]), m[3], m[4]}, true
}
