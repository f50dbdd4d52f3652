package awssts

import (
	"context"
	"regexp"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsquery"
)

type callerIdentity struct {
	Arn     string
	UserID  string `xml:"UserId"`
	Account string
}

// getCallerIdentity needs no permission and works under an explicit deny (API Reference, GetCallerIdentity).
func (a *API) getCallerIdentity(ctx context.Context, _ *awsquery.Form) (any, error) {
	c := identity.Caller(ctx)
	return callerIdentity{Arn: identity.ARN(c), UserID: identity.UserID(c), Account: string(c.AccountID)}, nil
}

type accessKeyInfo struct{ Account string }

var word = regexp.MustCompile(`^\w*$`)

// getAccessKeyInfo answers for keys that the server knows and for any whose id carries an account, active or not.
func (a *API) getAccessKeyInfo(ctx context.Context, f *awsquery.Form) (any, error) {
	key := org.KeyID(f.String("AccessKeyId", awsquery.Text{Required: true, Min: 16, Max: 128, Pattern: word}))
	if err := f.Err(); err != nil {
		return nil, err
	}
	if id, ok := org.AccountOfKey(key); ok {
		return accessKeyInfo{string(id)}, nil
	}
	found, err := a.plane.Credentials(ctx, key)
	switch {
	case err == nil && found.Caller.Partition != org.Huawei:
		return accessKeyInfo{string(found.Caller.AccountID)}, nil
	case err == nil || org.ReasonOf(err) == org.KeyUnknown:
		return nil, org.Errorf(org.InputMalformed, "The access key ID %s belongs to no account.", key)
	}
	return nil, err
}
