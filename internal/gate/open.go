package gate

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwsign"
	"github.com/polity-cloud/polity/internal/wire/sigv4"
)

// The accounts of those who name none.
const (
	DefaultAWS    org.AccountID = "000000000000"
	DefaultHuawei org.AccountID = "00000000000000000000000000000000"
)

var (
	twelveDigits = regexp.MustCompile(`^[0-9]{12}$`)
	hexDigits    = regexp.MustCompile(`^[0-9a-f]{32}$`)
)

func (g *Gate) openAWS(ctx context.Context, r *http.Request, _ []byte) (context.Context, error) {
	// A signature that cannot be read names no key, which is all that matters here.
	says, _, _ := sigv4.Peek(r)
	caller, err := g.openAWSKey(ctx, says)
	if err != nil {
		return nil, err
	}
	return enter(ctx, r, caller), nil
}

func (g *Gate) openAWSKey(ctx context.Context, says sigv4.Credential) (org.Caller, error) {
	partition := partitionOf(says.Region)
	if twelveDigits.MatchString(says.AccessKeyID) {
		return g.rootOf(ctx, partition, org.AccountID(says.AccessKeyID))
	}
	caller, found, err := g.known(ctx, org.KeyID(says.AccessKeyID), says.SessionToken, isAWS)
	if found || err != nil {
		return caller, err
	}
	if id, ok := org.AccountOfKey(org.KeyID(says.AccessKeyID)); ok {
		caller, found, err = g.existing(ctx, id, isAWS)
		if found || err != nil {
			return caller, err
		}
	}
	return g.rootOf(ctx, partition, DefaultAWS)
}

// partitionOf returns the partition whose regions have such names.
func partitionOf(region string) org.Partition {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return org.AWSChina
	case strings.HasPrefix(region, "us-gov-"):
		return org.AWSGov
	}
	return org.AWS
}

func (g *Gate) openHuawei(ctx context.Context, r *http.Request, _ []byte) (context.Context, error) {
	caller, err := g.openHuaweiCaller(ctx, r)
	if err != nil {
		return nil, err
	}
	return enter(ctx, r, caller), nil
}

func (g *Gate) openHuaweiCaller(ctx context.Context, r *http.Request) (org.Caller, error) {
	// As for AWS: what cannot be read names no key.
	if says, ok, _ := hwsign.Peek(r); ok {
		return g.openHuaweiKey(ctx, says.AccessKeyID, says.SecurityToken)
	}
	caller, found, err := g.known(ctx, "", r.Header.Get("X-Auth-Token"), isHuawei)
	if found || err != nil {
		return caller, err
	}
	return g.rootOf(ctx, org.Huawei, DefaultHuawei)
}

func (g *Gate) openHuaweiKey(ctx context.Context, key, token string) (org.Caller, error) {
	caller, found, err := g.known(ctx, org.KeyID(key), token, isHuawei)
	if found || err != nil {
		return caller, err
	}
	if hexDigits.MatchString(key) {
		return g.rootOf(ctx, org.Huawei, org.AccountID(key))
	}
	caller, found, err = g.existing(ctx, org.AccountID(key), isHuawei)
	if found || err != nil {
		return caller, err
	}
	return g.rootOf(ctx, org.Huawei, DefaultHuawei)
}

func isHuawei(p org.Partition) bool { return p == org.Huawei }

func isAWS(p org.Partition) bool { return p != org.Huawei }

// known returns the caller behind a token that we issued to the key, or behind a key that we minted, when it belongs to the cloud. The account
// of a session is made when it is missing: in open mode roles of accounts may be assumed that nobody has used yet.
func (g *Gate) known(ctx context.Context, key org.KeyID, token string, here func(org.Partition) bool) (org.Caller, bool, error) {
	if token != "" {
		if s, err := g.plane.Vault.OpenToken(token); err == nil && s.KeyID == key && here(s.Caller.Partition) {
			_, err := g.rootOf(ctx, s.Caller.Partition, s.Caller.AccountID)
			return s.Caller, err == nil, err
		}
	}
	if key == "" {
		return org.Caller{}, false, nil
	}
	c, err := g.plane.Credentials(ctx, key)
	switch {
	case err == nil:
		return c.Caller, here(c.Caller.Partition), nil
	case org.ReasonOf(err) == org.KeyUnknown && !errors.Is(err, org.ErrUnusable):
		return org.Caller{}, false, nil
	}
	return org.Caller{}, false, err
}

// existing returns the root of an account when there is such an account in the cloud.
func (g *Gate) existing(ctx context.Context, id org.AccountID, here func(org.Partition) bool) (org.Caller, bool, error) {
	caller, err := g.plane.RootCaller(ctx, id)
	switch {
	case err == nil:
		return caller, here(caller.Partition), nil
	case org.ReasonOf(err) == org.AccountMissing:
		return org.Caller{}, false, nil
	}
	return org.Caller{}, false, err
}

// rootOf returns the root of an account and makes the account first when it is missing. Two requests may find it missing at once; the one that
// comes second then finds it there.
func (g *Gate) rootOf(ctx context.Context, partition org.Partition, id org.AccountID) (org.Caller, error) {
	caller, err := g.plane.RootCaller(ctx, id)
	if org.ReasonOf(err) != org.AccountMissing {
		return caller, err
	}
	made := g.plane.EnsureAccount(ctx, partition, id)
	if made != nil && org.ReasonOf(made) != org.ConcurrentModification {
		return org.Caller{}, made
	}
	caller, err = g.plane.RootCaller(ctx, id)
	if made != nil && org.ReasonOf(err) == org.AccountMissing {
		return org.Caller{}, made
	}
	return caller, err
}
