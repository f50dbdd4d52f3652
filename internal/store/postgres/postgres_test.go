package postgres_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/store/postgres"
	"github.com/polity-cloud/polity/internal/store/postgres/pgtest"
	"github.com/polity-cloud/polity/internal/store/storetest"
)

func open(t testing.TB, url string, o postgres.Options) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), url, o)
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

func TestPostgreSQLKeepsTheContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) storetest.Store { return open(t, pgtest.URL(t), postgres.Options{Connections: 8}) })
}

func BenchmarkPostgreSQL(b *testing.B) {
	storetest.Bench(b, open(b, pgtest.Durable(b), postgres.Options{Connections: 16}))
}
