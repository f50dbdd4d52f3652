package server

import (
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/provisioner"
	"github.com/polity-cloud/polity/internal/workflow"
)

// Config is what a server is made of.
type Config struct {
	Twin     bool   // the twin controls are served, accounts come into being when used, and nothing outlives the process
	Database string // "memory:", "sqlite:PATH" or "postgres://…"
	Pool     int    // PostgreSQL connections; zero leaves it to the driver
	Auth     gate.Mode
	Public   bool // open mode may listen beyond this machine
	Vendor   bool // the published default quotas instead of the relaxed ones
	Quotas   map[string]int
	Throttle bool   // callers are held to the clouds' published rates
	Services string // KnownServices, AnyService, or a file of catalogs; empty is the first
	Pace     workflow.Pace

	StateAlone  bool // AWS Organizations shows accounts with their State and no Status
	Edition2024 bool // Huawei Cloud's service control policies are written by the rules of 2024
	Workers     int  // sagas at a time; zero takes the default

	Key           string // base64 of 32 bytes; empty keeps a key in the database
	OperatorToken string // of the native API; empty mints one at the first start
	AWS           FirstKey
	Huawei        FirstKey

	Provisioner provisioner.Config // without a URL there is none
	DryRunLogs  string             // directory of the buckets into which the records of dry runs go; empty leaves them to the feed
	Stop        time.Duration      // how long running requests get to end
	Log         *slog.Logger
}

// FirstKey is the access key of the first management account of a cloud. What is empty is minted.
type FirstKey struct {
	AccountID org.AccountID
	KeyID     org.KeyID
	Secret    string
}

// check refuses what cannot work together. Its errors are the user's to mend.
func (c *Config) check(listen string) error {
	if c.Auth == gate.Open && !c.Public && !loopback(listen) {
		return fmt.Errorf("open mode lets everybody in and %s is not a loopback address: say --public if that is meant", listen)
	}
	for name, n := range c.Quotas {
		if _, ok := org.QuotaRuleOf(name); !ok {
			return fmt.Errorf("no quota is called %q", name)
		}
		if n < 0 {
			return fmt.Errorf("the quota %s cannot be %d; zero is none", name, n)
		}
	}
	if err := errors.Join(c.AWS.check(org.AWS), c.Huawei.check(org.Huawei)); err != nil {
		return err
	}
	_, err := c.key()
	return err
}

func (k *FirstKey) check(p org.Partition) error {
	if (k.KeyID == "") != (k.Secret == "") {
		return fmt.Errorf("an access key and its secret are given together or not at all")
	}
	if k.AccountID == "" {
		return nil
	}
	if err := org.RulesOf(p).CheckAccountID(k.AccountID); err != nil {
		return errors.New(org.AsError(err).Detail)
	}
	return nil
}

// key returns the server key that was given, or nil.
func (c *Config) key() ([]byte, error) {
	if c.Key == "" {
		return nil, nil
	}
	b, err := base64.StdEncoding.DecodeString(c.Key)
	if err != nil || len(b) != identity.KeySize {
		return nil, fmt.Errorf("the server key is not the base64 of %d bytes", identity.KeySize)
	}
	return b, nil
}

func loopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (c *Config) quotas(r *org.Rules) org.Quotas {
	q := r.Relaxed
	if c.Vendor {
		q = r.Vendor
	}
	for name, n := range c.Quotas {
		if rule, ok := org.QuotaRuleOf(name); ok {
			rule.Set(&q, n)
		}
	}
	return q
}
