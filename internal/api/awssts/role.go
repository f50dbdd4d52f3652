package awssts

import (
	"context"
	"regexp"
	"strings"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsquery"
)

type assumedRole struct {
	Credentials     credentials
	AssumedRoleUser assumedRoleUser
	SourceIdentity  string `xml:",omitempty"`
}

type assumedRoleUser struct {
	AssumedRoleID string `xml:"AssumedRoleId"`
	Arn           string
}

// assumption is an AssumeRole request that obeys the contract.
type assumption struct {
	arn            string
	session        string
	seconds        int
	externalID     string
	sourceIdentity string
	tags           []org.Tag
	transitive     []string
	device         device
	unserved       string // the parameter that is not served, if there is one
}

const (
	defaultRoleSession = 3600
	maxRoleSession     = 43200
	chainedSession     = 3600
)

var (
	sessionName = regexp.MustCompile(`^[\w+=,.@-]*$`)
	externalID  = regexp.MustCompile(`^[\w+=,.@:/-]*$`)
)

// readAssumption holds a request against the contract (API Reference, AssumeRole).
func readAssumption(f *awsquery.Form) assumption {
	a := assumption{
		arn:     f.String("RoleArn", awsquery.Text{Required: true, Min: 20, Max: 2048}),
		session: f.String("RoleSessionName", awsquery.Text{Required: true, Min: 2, Max: 64, Pattern: sessionName}),
		seconds: f.Int("DurationSeconds", awsquery.Number{Default: defaultRoleSession, Min: minSession, Max: maxRoleSession}),
		device:  readDevice(f),
	}
	if f.Has("ExternalId") {
		a.externalID = f.String("ExternalId", awsquery.Text{Min: 2, Max: 1224, Pattern: externalID})
	}
	if f.Has("SourceIdentity") {
		a.sourceIdentity = f.String("SourceIdentity", awsquery.Text{Min: 2, Max: 64, Pattern: sessionName})
	}
	a.tags, a.transitive = readTags(f)
	switch {
	case f.Has("Policy"):
		f.String("Policy", awsquery.Text{Min: 1, Max: 2048})
		a.unserved = "Policy"
	case len(f.Structs("PolicyArns")) > 0:
		a.unserved = "PolicyArns"
	case len(f.Structs("ProvidedContexts")) > 0:
		a.unserved = "ProvidedContexts"
	}
	return a
}

const maxTags = 50

// readTags reads the session's tags and the keys of those that are passed on.
func readTags(f *awsquery.Form) (tags []org.Tag, transitive []string) {
	for _, t := range f.Structs("Tags") {
		tags = append(tags, org.Tag{
			Key:   t.String("Key", awsquery.Text{Required: true, Min: 1, Max: 128}),
			Value: t.String("Value", awsquery.Text{Required: true, Max: 256}),
		})
	}
	transitive = f.Strings("TransitiveTagKeys", awsquery.Text{Min: 1, Max: 128})
	if len(tags) > maxTags {
		f.Refuse("Tags", "Member must have length less than or equal to 50")
	}
	if len(transitive) > maxTags {
		f.Refuse("TransitiveTagKeys", "Member must have length less than or equal to 50")
	}
	return tags, transitive
}

func (a *API) assumeRole(ctx context.Context, f *awsquery.Form) (any, error) {
	q := readAssumption(f)
	if err := f.Err(); err != nil {
		return nil, err
	}
	if q.unserved != "" {
		return nil, org.Errorf(org.NotServed, "This server does not evaluate session policies: the parameter %s is not supported.", q.unserved)
	}
	to, ok := parseRole(q.arn)
	if !ok {
		return nil, org.Errorf(org.InputMalformed, "%s is invalid", q.arn)
	}
	if err := a.checkDevice(q.device); err != nil {
		return nil, err
	}
	issued, err := a.assume(ctx, to, q)
	if err != nil {
		return nil, explain(identity.Caller(ctx), q, err)
	}
	return assumedRole{
		Credentials:     credentialsOf(issued),
		AssumedRoleUser: assumedRoleUser{identity.UserID(issued.Caller), identity.ARN(issued.Caller)},
		SourceIdentity:  issued.SourceIdentity,
	}, nil
}

// assume issues the credentials. The control plane knows roles by name; an ARN with another path than the role's names no role.
func (a *API) assume(ctx context.Context, to role, q assumption) (controlplane.Issued, error) {
	c := identity.Caller(ctx)
	if to.partition != c.Partition {
		return controlplane.Issued{}, org.E(org.AssumeNotPermitted)
	}
	issued, err := a.plane.AssumeRole(ctx, c, controlplane.Assumption{
		AccountID: to.account, Role: to.name, Session: q.session, Duration: time.Duration(q.seconds) * time.Second,
		ExternalID: q.externalID, SourceIdentity: q.sourceIdentity, Tags: q.tags, Transitive: q.transitive,
	})
	if err == nil && issued.Caller.Path != to.path && !a.plane.Lenient {
		err = org.E(org.AssumeNotPermitted)
	}
	if err != nil {
		return controlplane.Issued{}, err
	}
	return issued, nil
}

// explain puts a refusal into the words of STS, which name the caller and the role.
func explain(c org.Caller, q assumption, err error) error {
	switch reason := org.ReasonOf(err); reason {
	case org.AssumeNotPermitted, org.NotPermitted:
		if strings.Contains(org.AsError(err).Detail, " on resource: "+q.arn) {
			return err // it tells the policy too
		}
		said := org.Errorf(reason, "User: %s is not authorized to perform: sts:AssumeRole on resource: %s", identity.ARN(c), q.arn)
		said.Encoded = org.AsError(err).Encoded
		return said
	case org.SessionMayNotIssue:
		return org.Errorf(reason, "User: %s is not authorized to perform: sts:SetSourceIdentity on resource: %s: %s", identity.ARN(c), q.arn, org.AsError(err).Detail)
	case org.RootMayNotAssume:
		return org.Errorf(reason, "Roles may not be assumed by root accounts.")
	case org.InputTooLarge:
		if c.Temporary && q.seconds > chainedSession {
			return org.Errorf(reason, "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining")
		}
		return org.Errorf(reason, "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
	}
	return err
}
