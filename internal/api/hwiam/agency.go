package hwiam

import (
	"context"
	"net/http"
	"regexp"
	"sync"
	"unicode/utf8"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

type callerIdentity struct {
	AccountID    org.AccountID `json:"account_id"`
	PrincipalID  string        `json:"principal_id"`
	PrincipalURN string        `json:"principal_urn"`
}

// getCallerIdentity answers for everybody; a root user's id is its account's.
func (a *api) getCallerIdentity(ctx context.Context, _ *request) (answer, error) {
	c := identity.Caller(ctx)
	return answer{status: http.StatusOK, body: callerIdentity{c.AccountID, identity.UserID(c), identity.URN(c)}}, nil
}

// assumption is the body of POST /v5/agencies/assume.
type assumption struct {
	AgencyURN      string   `json:"agency_urn"`
	Session        string   `json:"agency_session_name"`
	Seconds        int      `json:"duration_seconds"`
	Policy         string   `json:"policy"`
	PolicyIDs      []string `json:"policy_ids"`
	SerialNumber   string   `json:"serial_number"`
	TokenCode      string   `json:"token_code"`
	ExternalID     string   `json:"external_id"`
	SourceIdentity string   `json:"source_identity"`
	Tags           []tag    `json:"tags"`
	Transitive     []string `json:"transitive_tag_keys"`
}

type tag struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

type assumed struct {
	SourceIdentity string        `json:"source_identity,omitempty"`
	Agency         assumedAgency `json:"assumed_agency"`
	Credentials    credentials   `json:"credentials"`
}

type assumedAgency struct {
	URN string `json:"urn"`
	ID  string `json:"id"`
}

type credentials struct {
	AccessKeyID     org.KeyID   `json:"access_key_id"`
	SecretAccessKey string      `json:"secret_access_key"`
	SecurityToken   string      `json:"security_token"`
	Expiration      hwrest.Time `json:"expiration"`
}

// The bounds of duration_seconds (STS v5, AssumeAgency).
const (
	minAssumed   = 900
	usualAssumed = 3600
	maxAssumed   = 43200
)

// The bounds of external_id (the same page).
const (
	minExternalID = 2
	maxExternalID = 1224
)

// Patterns that count their repetitions are large: they are compiled when they are first met.
var (
	agencyURN = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^iam::([0-9a-zA-Z_-]{1,64}):agency:([\w+=,.@/-]{1,128})$`)
	})
	agencySessionName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\w+=,.@-]{2,64}$`) }) // source identities are alike
)

func (a *api) assumeAgency(ctx context.Context, r *request) (answer, error) {
	var q assumption
	if err := r.read(&q); err != nil {
		return answer{}, err
	}
	want, err := a.wanted(q)
	if err != nil {
		return answer{}, err
	}
	issued, err := a.assume(ctx, want)
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusOK, body: assumed{
		SourceIdentity: issued.SourceIdentity,
		Agency:         assumedAgency{identity.URN(issued.Caller), identity.UserID(issued.Caller)},
		Credentials:    credentials{issued.KeyID, issued.Secret, issued.Token, hwrest.Time(issued.ExpiresAt)},
	}}, nil
}

func (a *api) wanted(q assumption) (controlplane.Assumption, error) {
	urn := agencyURN().FindStringSubmatch(q.AgencyURN)
	d, err := seconds(q.Seconds, usualAssumed, minAssumed, maxAssumed)
	switch {
	case urn == nil:
		return controlplane.Assumption{}, org.Errorf(org.InputMalformed, "Request parameter agency_urn is invalid.")
	case !agencySessionName().MatchString(q.Session):
		return controlplane.Assumption{}, org.Errorf(org.InputMalformed, "Request parameter agency_session_name is invalid.")
	case err != nil:
		return controlplane.Assumption{}, err
	case !between(q.ExternalID, minExternalID, maxExternalID):
		return controlplane.Assumption{}, org.Errorf(org.InputMalformed, "Request parameter external_id is invalid.")
	case q.SourceIdentity != "" && !agencySessionName().MatchString(q.SourceIdentity):
		return controlplane.Assumption{}, org.Errorf(org.InputMalformed, "Request parameter source_identity is invalid.")
	case q.Policy != "":
		return controlplane.Assumption{}, noSessionPolicies("policy")
	case len(q.PolicyIDs) > 0:
		return controlplane.Assumption{}, noSessionPolicies("policy_ids")
	case (q.SerialNumber != "" || q.TokenCode != "") && !a.Plane.Lenient:
		return controlplane.Assumption{}, org.Errorf(org.NotPermitted, "there is no such MFA device")
	}
	tags, err := q.sessionTags()
	return controlplane.Assumption{
		AccountID: org.AccountID(urn[1]), Role: urn[2], Session: q.Session, Duration: d, ExternalID: q.ExternalID, SourceIdentity: q.SourceIdentity,
		Tags: tags, Transitive: q.Transitive,
	}, err
}

// sessionTags holds tags and transitive keys against the limits of a session, which are those of a resource (IAM User Guide, "Passing Session Tags").
func (q *assumption) sessionTags() ([]org.Tag, error) {
	tags, rules := make([]org.Tag, len(q.Tags)), org.RulesOf(org.Huawei)
	for i, t := range q.Tags {
		tags[i] = org.Tag(t)
	}
	if len(q.Transitive) > rules.Tags {
		return nil, org.Errorf(org.InputTooLong, "Request parameter transitive_tag_keys is invalid: there are more than %d.", rules.Tags)
	}
	for _, t := range tags {
		if t.Key == "" || utf8.RuneCountInString(t.Key) > rules.TagKeyLength || utf8.RuneCountInString(t.Value) > rules.TagValueLength {
			return nil, org.Errorf(org.InvalidTag, "Request parameter tags is invalid.")
		}
	}
	return tags, nil
}

// between tells whether a text that may be left out has so many characters.
func between(text string, least, most int) bool {
	n := utf8.RuneCountInString(text)
	return n == 0 || least <= n && n <= most
}
