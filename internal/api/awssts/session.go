package awssts

import (
	"context"
	"regexp"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsquery"
)

type credentials struct {
	AccessKeyID     string `xml:"AccessKeyId"`
	SecretAccessKey string
	SessionToken    string
	Expiration      awsquery.Time
}

func credentialsOf(i controlplane.Issued) credentials {
	return credentials{
		AccessKeyID: string(i.KeyID), SecretAccessKey: i.Secret, SessionToken: i.Token, Expiration: awsquery.Time(i.ExpiresAt),
	}
}

type sessionToken struct{ Credentials credentials }

const (
	minSession      = 900
	defaultSession  = 43200
	maxSession      = 129600
	maxOwnerSession = 3600
)

// getSessionToken gives a root user an hour at most, whatever it asks for (API Reference, GetSessionToken, DurationSeconds).
func (a *API) getSessionToken(ctx context.Context, f *awsquery.Form) (any, error) {
	seconds := f.Int("DurationSeconds", awsquery.Number{Default: defaultSession, Min: minSession, Max: maxSession})
	device := readDevice(f)
	if err := f.Err(); err != nil {
		return nil, err
	}
	if err := a.checkDevice(device); err != nil {
		return nil, err
	}
	c := identity.Caller(ctx)
	if c.Kind == org.RootUser {
		seconds = min(seconds, maxOwnerSession)
	}
	issued, err := a.plane.SessionToken(ctx, c, time.Duration(seconds)*time.Second)
	if org.ReasonOf(err) == org.SessionMayNotIssue {
		return nil, notInSession("GetSessionToken")
	}
	if err != nil {
		return nil, err
	}
	return sessionToken{credentialsOf(issued)}, nil
}

// checkSession holds a user's session token to the two operations that it is for without a multi-factor device (API Reference, GetSessionToken).
func (a *API) checkSession(ctx context.Context, operation string) error {
	if operation == "AssumeRole" || operation == "GetCallerIdentity" || !a.plane.LacksDevice(identity.Caller(ctx)) {
		return nil
	}
	return notInSession(operation)
}

func notInSession(operation string) error {
	return org.Errorf(org.SessionMayNotIssue, "Cannot call %s with session credentials", operation)
}

// device is what a request says of a multi-factor device.
type device struct{ serial, code string }

var (
	serialNumber = regexp.MustCompile(`^[\w+=/:,.@-]*$`)
	tokenCode    = regexp.MustCompile(`^\d*$`)
)

func readDevice(f *awsquery.Form) device {
	var d device
	if f.Has("SerialNumber") {
		d.serial = f.String("SerialNumber", awsquery.Text{Min: 9, Max: 256, Pattern: serialNumber})
	}
	if f.Has("TokenCode") {
		d.code = f.String("TokenCode", awsquery.Text{Min: 6, Max: 6, Pattern: tokenCode})
	}
	return d
}

// checkDevice refuses every multi-factor device: nobody has one. Where credentials are not checked, neither is this.
func (a *API) checkDevice(d device) error {
	if a.plane.Lenient || d == (device{}) {
		return nil
	}
	return org.Errorf(org.NotPermitted, "MultiFactorAuthentication failed with invalid MFA one time pass code.")
}
