package server

import (
	"encoding/base64"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/provisioner"
)

func TestOpenModeStaysOnThisMachine(t *testing.T) {
	t.Parallel()
	for listen, local := range map[string]bool{
		"127.0.0.1:4650": true, "localhost:4650": true, "[::1]:4650": true, "127.8.8.8:0": true,
		"0.0.0.0:4650": false, ":4650": false, "[::]:4650": false, "192.168.1.1:4650": false, "example.com:4650": false, "127.0.0.1": false, "": false,
	} {
		for _, c := range []struct {
			mode   gate.Mode
			public bool
			ok     bool
		}{{gate.Open, false, local}, {gate.Open, true, true}, {gate.Verify, false, true}, {gate.Soft, false, true}} {
			config := Config{Auth: c.mode, Public: c.public}
			if err := config.check(listen); (err == nil) != c.ok {
				t.Errorf("%s on %q, public %v: %v", c.mode, listen, c.public, err)
			}
		}
	}
}

func TestWhatIsUsedWronglySaysSo(t *testing.T) {
	t.Parallel()
	for says, change := range map[string]func(*Config){
		"a key that is no base64":             func(c *Config) { c.Key = "%" },
		"a short key":                         func(c *Config) { c.Key = base64.StdEncoding.EncodeToString(make([]byte, 31)) },
		"a quota that does not exist":         func(c *Config) { c.Quotas = map[string]int{"policies": 1} },
		"a negative quota":                    func(c *Config) { c.Quotas = map[string]int{"units": -1} },
		"an access key without a secret":      func(c *Config) { c.AWS.KeyID = "AKIA" },
		"a secret without an access key":      func(c *Config) { c.Huawei.Secret = "s" },
		"an id that AWS does not have":        func(c *Config) { c.AWS.AccountID = "forty-two" },
		"an id that Huawei Cloud has not":     func(c *Config) { c.Huawei.AccountID = "a/b" },
		"a database of nobody's":              func(c *Config) { c.Database = "mysql://" },
		"a file without a name":               func(c *Config) { c.Database = "sqlite:" },
		"a webhook that cannot be called":     func(c *Config) { c.Provisioner = provisioner.Config{URL: "nowhere"} },
		"open mode that everybody could call": func(c *Config) { c.Auth = gate.Open },
	} {
		c := durableConfig(filepath.Join(t.TempDir(), "polity.db"))
		change(&c)
		s, err := Open(t.Context(), c, "0.0.0.0:0")
		if _, ok := errors.AsType[*UsageError](err); !ok {
			t.Errorf("%s: %v", says, err)
		}
		if s != nil {
			shut(t, s)
		}
	}
}

func TestAFileThatCannotBeOpenedIsNoMisuse(t *testing.T) {
	t.Parallel()
	s, err := Open(t.Context(), durableConfig(filepath.Join(t.TempDir(), "no", "such", "folder", "polity.db")), "127.0.0.1:0")
	if _, ok := errors.AsType[*UsageError](err); err == nil || ok {
		t.Errorf("%v", err)
	}
	if s != nil {
		shut(t, s)
	}
}

func TestQuotasInForce(t *testing.T) {
	t.Parallel()
	with := func(q org.Quotas, accounts, creations, units int) org.Quotas {
		q.Accounts, q.Creations, q.Units = accounts, creations, units
		return q
	}
	for _, p := range org.Partitions {
		r := org.RulesOf(p)
		relaxed, vendor := r.Relaxed, r.Vendor
		for says, c := range map[string]struct {
			config Config
			want   org.Quotas
		}{
			"relaxed":                      {Config{}, relaxed},
			"vendor":                       {Config{Vendor: true}, vendor},
			"relaxed with one limit":       {Config{Quotas: map[string]int{"accounts": 3}}, with(relaxed, 3, relaxed.Creations, relaxed.Units)},
			"vendor without one limit":     {Config{Vendor: true, Quotas: map[string]int{"creations": 0}}, with(vendor, vendor.Accounts, 0, vendor.Units)},
			"relaxed with one of the last": {Config{Quotas: map[string]int{"chain-transfers": 4}}, func(q org.Quotas) org.Quotas { q.ChainTransfers = 4; return q }(relaxed)},
			"vendor with all limits moved": {Config{Vendor: true, Quotas: map[string]int{"accounts": 1, "creations": 2, "units": 3}}, with(vendor, 1, 2, 3)},
		} {
			if got := c.config.quotas(r); got != c.want {
				t.Errorf("%s: %s: %+v", p, says, got)
			}
		}
	}
}

func TestATwinKeepsNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, twinConfig(io.Discard))
	if len(s.First.Accounts) != 0 || s.First.OperatorToken != "" {
		t.Errorf("%+v", s.First)
	}
	shut(t, s)
	if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
		t.Errorf("%v, %v", files, err)
	}
}
