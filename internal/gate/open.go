package gate

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/polity-cloud/polity/internal/controlplane"
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
	by, err := g.openAWSKey(ctx, says)
	if err != nil {
		return nil, err
	}
	return enter(ctx, r, by), nil
}

func (g *Gate) openAWSKey(ctx context.Context, says sigv4.Credential) (controlplane.Credentials, error) {
	partition := partitionOf(says.Region)
	if twelveDigits.MatchString(says.AccessKeyID) {
		return g.rootOf(ctx, partition, org.AccountID(says.AccessKeyID))
	}
	by, found, err := g.known(ctx, org.KeyID(says.AccessKeyID), says.SessionToken, isAWS)
	if found || err != nil {
		return by, err
	}
	if id, ok := org.AccountOfKey(org.KeyID(says.AccessKeyID)); ok {
		by, found, err = g.existing(ctx, id, isAWS)
		if found || err != nil {
			return by, err
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
	by, err := g.openHuaweiCaller(ctx, r)
	if err != nil {
		return nil, err
	}
	return enter(ctx, r, by), nil
}

func (g *Gate) openHuaweiCaller(ctx context.Context, r *http.Request) (controlplane.Credentials, error) {
	// As for AWS: what cannot be read names no key.
	if says, ok, _ := hwsign.Peek(r); ok {
		return g.openHuaweiKey(ctx, says.AccessKeyID, says.SecurityToken)
	}
	by, found, err := g.known(ctx, "", r.Header.Get("X-Auth-Token"), isHuawei)
	if found || err != nil {
		return by, err
	}
	return g.rootOf(ctx, org.Huawei, DefaultHuawei)
}

func (g *Gate) openHuaweiKey(ctx context.Context, key, token string) (controlplane.Credentials, error) {
	by, found, err := g.known(ctx, org.KeyID(key), token, isHuawei)
	if found || err != nil {
		return by, err
	}
	if hexDigits.MatchString(key) {
		return g.rootOf(ctx, org.Huawei, org.AccountID(key))
	}
	by, found, err = g.existing(ctx, org.AccountID(key), isHuawei)
	if found || err != nil {
		return by, err
	}
	return g.rootOf(ctx, org.Huawei, DefaultHuawei)
}

func isHuawei(p org.Partition) bool { return p == org.Huawei }

func isAWS(p org.Partition) bool { return p != org.Huawei }

// known returns who holds a token that we issued to the key, or a key that we minted, when it belongs to the cloud. The account
// of a session is made when it is missing: in open mode roles of accounts may be assumed that nobody has used yet.
func (g *Gate) known(ctx context.Context, key org.KeyID, token string, here func(org.Partition) bool) (controlplane.Credentials, bool, error) {
	if token != "" {
		if s, err := g.plane.Vault.OpenToken(token); err == nil && s.KeyID == key && here(s.Caller.Partition) {
			_, err := g.rootOf(ctx, s.Caller.Partition, s.Caller.AccountID)
			return controlplane.Credentials{KeyID: key, Caller: s.Caller, Terms: s.Terms}, err == nil, err
		}
	}
	if key == "" {
		return controlplane.Credentials{}, false, nil
	}
	c, err := g.plane.Credentials(ctx, key)
	switch {
	case err == nil:
		return c, here(c.Caller.Partition), nil
	case org.ReasonOf(err) == org.KeyUnknown && !errors.Is(err, org.ErrUnusable):
		return controlplane.Credentials{}, false, nil
	}
	return controlplane.Credentials{}, false, err
}

// existing returns the root of an account when there is such an account in the cloud.
func (g *Gate) existing(ctx context.Context, id org.AccountID, here func(org.Partition) bool) (controlplane.Credentials, bool, error) {
	root, err := g.root(ctx, id)
	switch {
	case err == nil:
		return root, here(root.Caller.Partition), nil
	case org.ReasonOf(err) == org.AccountMissing:
		return controlplane.Credentials{}, false, nil
	}
	return controlplane.Credentials{}, false, err
}

// rootOf returns the root of an account and makes the account first when it is missing. Two requests may find it missing at once; the one that
// comes second then finds it there.
func (g *Gate) rootOf(ctx context.Context, partition org.Partition, id org.AccountID) (controlplane.Credentials, error) {
	root, err := g.root(ctx, id)
	if org.ReasonOf(err) != org.AccountMissing {
		return root, err
	}
	made := g.plane.EnsureAccount(ctx, partition, id)
	if made != nil && org.ReasonOf(made) != org.ConcurrentModification {
		return controlplane.Credentials{}, made
	}
	root, err = g.root(ctx, id)
	if made != nil && org.ReasonOf(err) == org.AccountMissing {
		return controlplane.Credentials{}, made
	}
	return root, err
}

// root returns the root user of an account, who needs no key here.
func (g *Gate) root(ctx context.Context, id org.AccountID) (controlplane.Credentials, error) {
	c, err := g.plane.RootCaller(ctx, id)
	return controlplane.Credentials{Caller: c}, err
}
