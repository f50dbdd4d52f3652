// Package hwsign checks Huawei Cloud request signatures on requests that a server receives: SDK-HMAC-SHA256 and its derived form
// V11-HMAC-SHA256.
//
// Only X-Sdk-Date must be among the signed headers. The Terraform provider adds X-Project-Id, X-Domain-Id and X-Security-Token after
// signing and no client signs the host, so a caller of this package trusts none of them for more than the key allows.
package hwsign

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"net/http"
	"time"
)

// The algorithms that are accepted. Those with SM2, SM3 and ECDSA are refused as Unsupported.
const (
	HMACSHA256    = "SDK-HMAC-SHA256"
	V11HMACSHA256 = "V11-HMAC-SHA256"
)

const timeLayout = "20060102T150405Z"

// DefaultWindow is how far a request's time may lie from the server's (API Gateway FAQ).
const DefaultWindow = 15 * time.Minute

// Credential is what a request says about the key it was signed with.
type Credential struct {
	Algorithm     string // HMACSHA256 or V11HMACSHA256
	AccessKeyID   string
	SecurityToken string // empty when the request carries none; not protected by the signature
	Date          string // yyyymmdd; V11 only, as are the next two
	Region        string // whatever the client was configured with; "globe" for accounts
	Service       string // whatever the client was configured with
}

// Lookup returns the secret of an access key. Whether the key exists and is active, and whether the security token is the key's own, is
// for Lookup to decide: it sees an empty token both for a permanent key and for a temporary one whose token is missing.
type Lookup func(ctx context.Context, accessKeyID, securityToken string) (secret string, err error)

// Verifier checks requests. The zero value is ready; it is safe for use by several goroutines.
//
// A signature is bound to method, path, query, signed headers and body, but to no host, service or region: that is the scheme, not a gap
// of this package.
type Verifier struct {
	Window time.Duration    // allowed distance from Now, each way; DefaultWindow when zero
	Now    func() time.Time // time.Now when nil
}

// Verify checks that r, whose body was read into body, is signed with the secret that lookup returns.
//
// It returns an *Error for everything that is wrong with the request, and lookup's own error, wrapped, when there is no secret. lookup is
// called only for a request that is complete and current. X-Auth-Token plays no part: a request without Authorization is Missing.
func (v *Verifier) Verify(ctx context.Context, r *http.Request, body []byte, lookup Lookup) (Credential, error) {
	s, err := parse(r)
	if err != nil {
		return Credential{}, err
	}
	if err := v.check(s); err != nil {
		return Credential{}, err
	}
	hash := sha256.Sum256(body)
	payload, err := s.payload(r, hex.EncodeToString(hash[:]))
	if err != nil {
		return Credential{}, err
	}
	canonical, err := s.canonical(r, payload)
	if err != nil {
		return Credential{}, err
	}
	secret, err := lookup(ctx, s.AccessKeyID, s.SecurityToken)
	if err != nil {
		return Credential{}, fmt.Errorf("secret of access key %s: %w", s.AccessKeyID, err)
	}
	if secret == "" { // never a match, whatever the request says
		return Credential{}, mismatch()
	}
	want, err := s.sign(secret, canonical)
	if err != nil {
		return Credential{}, err
	}
	if subtle.ConstantTimeCompare([]byte(want), []byte(s.signature)) != 1 {
		return Credential{}, mismatch()
	}
	return s.Credential, nil
}

// Peek returns what r says about its key without checking anything: neither time nor signature. ok is false when there is no Authorization
// (err is nil then) and when what is there names no key. For a server that trusts its callers.
func Peek(r *http.Request) (c Credential, ok bool, err error) {
	s, err := read(r)
	if err != nil {
		if IsKind(err, Missing) {
			return Credential{}, false, nil
		}
		return Credential{}, false, err
	}
	return s.Credential, true, nil
}
