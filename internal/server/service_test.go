package server

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestServicesComeFromAFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "services.json")
	if err := os.WriteFile(file, []byte(`{"huaweicloud":{"services":[{"principal":"service.Mine"}]}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for says, want := range map[string]struct {
		listed int
		any    bool
	}{file: {1, false}, KnownServices: {20, false}, "": {20, false}, AnyService: {20, true}} {
		c := twinConfig(io.Discard)
		c.Services = says
		s := open(t, c)
		listed := len(s.plane.Catalogs.Of(org.RulesOf(org.Huawei)).Services)
		if listed < want.listed || want.listed == 1 && listed != 1 || s.plane.AnyService != want.any {
			t.Errorf("%q: %d services, any %t", says, listed, s.plane.AnyService)
		}
		shut(t, s)
	}
}

func TestAFileOfServicesThatCannotBeReadIsAMisuse(t *testing.T) {
	t.Parallel()
	bad := filepath.Join(t.TempDir(), "services.json")
	if err := os.WriteFile(bad, []byte(`{"moon":{}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{bad, bad + ".none"} {
		c := twinConfig(io.Discard)
		c.Services = file
		s, err := Open(t.Context(), c, "127.0.0.1:0")
		if _, ok := errors.AsType[*UsageError](err); !ok {
			t.Errorf("%s: %v", file, err)
		}
		if s != nil {
			shut(t, s)
		}
	}
}
