// Package sigv4 checks AWS Signature Version 4 on requests that a server receives, in the Authorization header or in a presigned query.
//
// It knows no key and no service: the caller names the service and looks up the secret. A fault is an [Error] whose Kind stands for one
// row of the two protocols' error tables, so that the JSON and the Query protocol can each answer with their own code and status.
package sigv4

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"net/http"
	"time"
)

const (
	algorithm  = "AWS4-HMAC-SHA256"
	terminator = "aws4_request"
	timeLayout = "20060102T150405Z"

	// DefaultWindow is how far a request's time may lie from the server's: the window of STS and IAM. That of Organizations is not
	// documented.
	DefaultWindow = 15 * time.Minute
)

// Credential is what a request says about the key it was signed with.
type Credential struct {
	AccessKeyID  string
	Date         string // yyyymmdd, of the scope
	Region       string // of the scope; any region is accepted
	Service      string // of the scope
	SessionToken string // empty when the request carries none
	Presigned    bool   // whether it came in the query
}

// Lookup returns the secret of an access key. Whether the key exists and is active, and whether the session token is the key's own, is
// for Lookup to decide: it sees an empty token both for a long-term key and for a temporary one whose token is missing.
type Lookup func(ctx context.Context, accessKeyID, sessionToken string) (secret string, err error)

// Verifier checks the requests of one service. The zero value with a Service is ready; it is safe for use by several goroutines and
// must not be copied after first use.
type Verifier struct {
	Service string           // the name the scope must give, such as "organizations"
	Window  time.Duration    // allowed distance from Now, each way; DefaultWindow when zero
	Now     func() time.Time // time.Now when nil

	keys keyCache
}

// Verify checks that r, whose body was read into body, is signed with the secret that lookup returns.
//
// It returns an *Error for everything that is wrong with the request, and lookup's own error, wrapped, when there is no secret. lookup is
// called only for a request that is complete, current and meant for this service. X-Amz-Expires is ignored, as STS and IAM ignore it: a
// presigned request lives as long as any other.
func (v *Verifier) Verify(ctx context.Context, r *http.Request, body []byte, lookup Lookup) (Credential, error) {
	s, err := parse(r)
	if err != nil {
		return Credential{}, err
	}
	if err := v.check(s, r); err != nil {
		return Credential{}, err
	}
	hash := sha256.Sum256(body)
	payload := hex.EncodeToString(hash[:])
	if err := checkPayload(r, payload); err != nil {
		return Credential{}, err
	}
	canonical, err := s.canonical(r, payload)
	if err != nil {
		return Credential{}, err
	}
	secret, err := lookup(ctx, s.AccessKeyID, s.SessionToken)
	if err != nil {
		return Credential{}, fmt.Errorf("secret of access key %s: %w", s.AccessKeyID, err)
	}
	if err := v.compare(s, canonical, secret); err != nil {
		return Credential{}, err
	}
	return s.Credential, nil
}

// Peek returns what r says about its key without checking anything: neither time nor service nor signature. ok is false when there is
// nothing to authenticate with (err is nil then) and when what is there names no key. For a server that trusts its callers.
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

// compare signs the canonical request and compares in constant time. An empty secret never matches, whatever the request says. The signing
// key is kept only after a match, so that strangers cannot fill the cache.
func (v *Verifier) compare(s *signature, canonical []byte, secret string) error {
	if secret == "" {
		return mismatch()
	}
	id := keyID{s.AccessKeyID, s.Date, s.Region, s.Service, secret}
	key, cached := v.keys.get(id)
	if !cached {
		key = signingKey(id)
	}
	want := sign(key, s.stringToSign(canonical))
	if subtle.ConstantTimeCompare([]byte(want), []byte(s.signature)) != 1 {
		return mismatch()
	}
	if !cached {
		v.keys.put(id, key)
	}
	return nil
}
