package gate

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwsign"
)

// Huawei returns what authenticates the requests of the Huawei Cloud services. A signature goes before an X-Auth-Token when there are both.
// An X-Domain-Id that is not the caller's account is refused with ScopeWrong, but in open mode, where it is ignored.
func (g *Gate) Huawei() Authenticate {
	if g.mode == Open {
		return g.openHuawei
	}
	v := &hwsign.Verifier{Now: g.now}
	return func(ctx context.Context, r *http.Request, body []byte) (context.Context, error) {
		by, err := g.huaweiCaller(ctx, v, r, body)
		if err != nil {
			return nil, huaweiError(err)
		}
		for _, domain := range r.Header["X-Domain-Id"] {
			if domain != string(by.Caller.AccountID) {
				return nil, org.Errorf(org.ScopeWrong, "X-Domain-Id is not the account of the credentials")
			}
		}
		return enter(ctx, r, by), nil
	}
}

func (g *Gate) huaweiCaller(ctx context.Context, v *hwsign.Verifier, r *http.Request, body []byte) (controlplane.Credentials, error) {
	if token := r.Header.Get("X-Auth-Token"); token != "" && len(r.Header["Authorization"]) == 0 {
		return g.huaweiToken(token)
	}
	var by controlplane.Credentials
	_, err := v.Verify(ctx, r, body, func(ctx context.Context, key, token string) (string, error) {
		found, err := g.huaweiKey(ctx, org.KeyID(key), token)
		by = found
		return found.Secret, err
	})
	return by, err
}

func (g *Gate) huaweiKey(ctx context.Context, key org.KeyID, token string) (controlplane.Credentials, error) {
	found, err := g.key(ctx, key, token, strings.HasPrefix(string(key), "HST"))
	if err == nil && found.Caller.Partition != org.Huawei {
		err = org.E(org.KeyUnknown)
	}
	if err == nil {
		return found, nil
	}
	switch reason := org.ReasonOf(err); reason {
	case org.KeyUnknown:
		return controlplane.Credentials{}, org.Errorf(reason, "ak %s not exist", key)
	case org.TokenInvalid:
		return controlplane.Credentials{}, org.Errorf(reason, "decrypt token fail")
	case org.SessionExpired:
		return controlplane.Credentials{}, org.Errorf(reason, "token expired")
	}
	return controlplane.Credentials{}, err
}

// huaweiToken returns who sends an X-Auth-Token. Such a token is a session without a key. The tokens of temporary keys, which travel in
// the open and prove nothing without their secret, are not accepted in its place.
func (g *Gate) huaweiToken(token string) (controlplane.Credentials, error) {
	found, err := g.plane.Session("", token)
	switch {
	case err == nil && found.Caller.Partition == org.Huawei:
		return found, nil
	case org.ReasonOf(err) == org.SessionExpired:
		err = org.Errorf(org.SessionExpired, "token expired")
	case err == nil || org.ReasonOf(err) == org.TokenInvalid:
		err = org.Errorf(org.TokenInvalid, "decrypt token fail")
	}
	return controlplane.Credentials{}, err
}

// HuaweiKey returns the owner of a long-term key given with its secret, as the token API takes them (method hw_ak_sk). It fails with KeyUnknown
// and SignatureWrong. In open mode the secret is ignored and the key chooses the account as that of a signature does.
func (g *Gate) HuaweiKey(ctx context.Context, key, secret string) (org.Caller, error) {
	if g.mode == Open {
		by, err := g.openHuaweiKey(ctx, key, "")
		return by.Caller, err
	}
	found, err := g.huaweiKey(ctx, org.KeyID(key), "")
	if err != nil {
		return org.Caller{}, err
	}
	if subtle.ConstantTimeCompare([]byte(found.Secret), []byte(secret)) != 1 {
		return org.Caller{}, org.Errorf(org.SignatureWrong, "verify aksk signature fail")
	}
	return found.Caller, nil
}

// HuaweiPassword returns who logs in with a password. There are no passwords, so it fails with KeyUnknown; in open mode every password is right,
// and the domain's id or name chooses the account as a key would.
func (g *Gate) HuaweiPassword(ctx context.Context, domain string) (org.Caller, error) {
	if g.mode == Open {
		by, err := g.openHuaweiKey(ctx, domain, "")
		return by.Caller, err
	}
	return org.Caller{}, org.Errorf(org.KeyUnknown, "The username or password is wrong.")
}

// huaweiReasons folds the faults of a signature down. TestEverySignatureFaultHasAReason keeps it whole.
var huaweiReasons = map[hwsign.Kind]org.Reason{
	hwsign.Missing:     org.CredentialsMissing,
	hwsign.Unsupported: org.SignatureForeign,
	hwsign.Incomplete:  org.SignatureIncomplete,
	hwsign.WrongDate:   org.ScopeWrong,
	hwsign.Expired:     org.SignatureExpired,
	hwsign.NotYetValid: org.SignatureNotYet,
	hwsign.Unsigned:    org.SignatureWrong,
	hwsign.Mismatch:    org.SignatureWrong,
}

func huaweiError(err error) error {
	if e, ok := errors.AsType[*hwsign.Error](err); ok {
		return &org.Error{Reason: huaweiReasons[e.Kind], Detail: e.Detail, Err: e}
	}
	return org.AsError(err)
}
