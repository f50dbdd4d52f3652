package gate

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/sigv4"
)

// AWS returns what authenticates the requests of one AWS service, named as in a signature's scope ("organizations", "sts", "iam").
func (g *Gate) AWS(service string) Authenticate {
	if g.mode == Open {
		return g.openAWS
	}
	v := &sigv4.Verifier{Service: service, Now: g.now}
	return func(ctx context.Context, r *http.Request, body []byte) (context.Context, error) {
		var by controlplane.Credentials
		_, err := v.Verify(ctx, r, body, func(ctx context.Context, key, token string) (string, error) {
			found, err := g.awsKey(ctx, org.KeyID(key), token)
			by = found
			return found.Secret, err
		})
		if err != nil {
			return nil, awsError(err)
		}
		return enter(ctx, r, by), nil
	}
}

func (g *Gate) awsKey(ctx context.Context, key org.KeyID, token string) (controlplane.Credentials, error) {
	found, err := g.key(ctx, key, token, strings.HasPrefix(string(key), "ASIA"))
	if err == nil && found.Caller.Partition == org.Huawei {
		err = org.E(org.KeyUnknown)
	}
	if err == nil {
		return found, nil
	}
	switch reason := org.ReasonOf(err); reason {
	case org.KeyUnknown, org.TokenInvalid:
		return controlplane.Credentials{}, &org.Error{Reason: reason, Detail: "The security token included in the request is invalid."}
	case org.SessionExpired:
		return controlplane.Credentials{}, &org.Error{Reason: reason, Detail: "The security token included in the request is expired"}
	}
	return controlplane.Credentials{}, err
}

// awsReasons folds the faults of a signature down. TestEverySignatureFaultHasAReason keeps it whole.
var awsReasons = map[sigv4.Kind]org.Reason{
	sigv4.Missing:         org.CredentialsMissing,
	sigv4.Unsupported:     org.SignatureForeign,
	sigv4.Incomplete:      org.SignatureIncomplete,
	sigv4.WrongTerminator: org.TerminatorWrong,
	sigv4.WrongService:    org.ScopeWrong,
	sigv4.WrongDate:       org.ScopeWrong,
	sigv4.Expired:         org.SignatureExpired,
	sigv4.NotYetValid:     org.SignatureNotYet,
	sigv4.Unsigned:        org.SignatureWrong,
	sigv4.Mismatch:        org.SignatureWrong,
}

func awsError(err error) error {
	if e, ok := errors.AsType[*sigv4.Error](err); ok {
		return &org.Error{Reason: awsReasons[e.Kind], Detail: e.Detail, Err: e}
	}
	return org.AsError(err)
}
