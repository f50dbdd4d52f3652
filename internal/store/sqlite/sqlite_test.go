package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/polity-cloud/polity/internal/store/sqlite"
	"github.com/polity-cloud/polity/internal/store/storetest"
)

func openFile(t testing.TB, o sqlite.Options) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "polity.db"), o)
	return closing(t, s, err)
}

func openMemory(t testing.TB) *sqlite.Store {
	t.Helper()
	s, err := sqlite.OpenMemory(t.Context(), sqlite.Options{})
	return closing(t, s, err)
}

func closing(t testing.TB, s *sqlite.Store, err error) *sqlite.Store {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestAFileKeepsTheContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) storetest.Store {
		s := openFile(t, sqlite.Options{})
		t.Cleanup(func() { whole(t, s) })
		return s
	})
}

func TestMemoryKeepsTheContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) storetest.Store {
		s := openMemory(t)
		t.Cleanup(func() { whole(t, s) })
		return s
	})
}

// whole runs after the test, whose context has ended by then.
func whole(t testing.TB, s *sqlite.Store) {
	t.Helper()
	if err := s.Check(context.Background()); err != nil {
		t.Error(err)
	}
}

func BenchmarkFile(b *testing.B)   { storetest.Bench(b, openFile(b, sqlite.Options{})) }
func BenchmarkMemory(b *testing.B) { storetest.Bench(b, openMemory(b)) }
