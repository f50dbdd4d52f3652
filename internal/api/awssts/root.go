package awssts

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsquery"
)

type assumedRoot struct {
	Credentials    credentials
	SourceIdentity string `xml:",omitempty"`
}

// longestRootSession is also the default, and there is no shortest one (API Reference, AssumeRoot, DurationSeconds).
const longestRootSession = 900

// targetPrincipal is an account's id, or the ARN of its root user. It is compiled when it is first met.
var targetPrincipal = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:arn:(aws|aws-cn|aws-us-gov):iam::)?([0-9]{12})(:root)?$`)
})

// parseTarget reads a member from what it is named by. Callers know the accounts of their own partition alone.
func parseTarget(p org.Partition, text string) (org.AccountID, bool) {
	m := targetPrincipal().FindStringSubmatch(text)
	if m == nil || (m[1] == "") != (m[3] == "") || m[1] != "" && m[1] != string(p) {
		return "", false
	}
	return org.AccountID(m[2]), true
}

// parseTask reads a task from the ARN of its policy.
func parseTask(p org.Partition, arn string) (org.RootTask, bool) {
	t, ok := org.RootTaskOf(arn[strings.LastIndexByte(arn, '/')+1:])
	return t, ok && arn == identity.RootTask(p, t.Name)
}

// assumeRoot gives credentials of a member's root user for one task. The cloud has it at regional endpoints alone, which here are all one.
func (a *API) assumeRoot(ctx context.Context, f *awsquery.Form) (any, error) {
	target := f.String("TargetPrincipal", awsquery.Text{Required: true, Min: 12, Max: 2048})
	arn := f.Struct("TaskPolicyArn").String("arn", awsquery.Text{Required: true, Min: 20, Max: 2048})
	seconds := f.Int("DurationSeconds", awsquery.Number{Default: longestRootSession, Max: longestRootSession})
	if err := f.Err(); err != nil {
		return nil, err
	}
	c := identity.Caller(ctx)
	id, ok := parseTarget(c.Partition, target)
	if !ok {
		return nil, org.Errorf(org.InputMalformed, "%s is invalid", target)
	}
	task, ok := parseTask(c.Partition, arn)
	if !ok {
		return nil, org.Errorf(org.InputMalformed, "%s is no policy of a root user's task", arn)
	}
	issued, err := a.plane.AssumeRoot(ctx, c, controlplane.RootAssumption{AccountID: id, Task: task, Duration: time.Duration(seconds) * time.Second})
	if err != nil {
		return nil, explainRoot(c, id, err)
	}
	return assumedRoot{credentialsOf(issued), issued.SourceIdentity}, nil
}

// explainRoot puts a refusal into the words of STS, with why behind them where that is about the caller's own organization.
func explainRoot(c org.Caller, id org.AccountID, err error) error {
	switch reason := org.ReasonOf(err); reason {
	case org.AssumeNotPermitted:
		target := identity.ARN(org.Caller{Partition: c.Partition, AccountID: id, Kind: org.RootUser})
		return org.Errorf(reason, "User: %s is not authorized to perform: sts:AssumeRoot on resource: %s: %s", identity.ARN(c), target, org.AsError(err).Detail)
	case org.RootMayNotAssume:
		return org.Errorf(reason, "AssumeRoot may not be called by root accounts.")
	}
	return err
}
