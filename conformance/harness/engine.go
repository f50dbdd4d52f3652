package harness

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Engines are what a control plane can keep its data in.
var Engines = []string{"sqlite", "postgres"}

// EachEngine runs a test against the control plane of each engine. The servers are shared by all tests of the package, so a test mints the
// accounts that it uses.
func EachEngine(t *testing.T, test func(*testing.T, *Server)) {
	t.Helper()
	for _, engine := range Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			Need(t, engine)
			test(t, Shared(t, engine))
		})
	}
}

// EachServer runs a test against a control plane of its own on each engine, started with flags.
func EachServer(t *testing.T, test func(*testing.T, *Server), flags ...string) {
	t.Helper()
	for _, engine := range Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			test(t, Serve(t, engine, flags...))
		})
	}
}

// Shared returns the control plane of an engine that all tests of the package share. Main stops it.
func Shared(t testing.TB, engine string) *Server {
	t.Helper()
	s, err := shared[engine]()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// SharedTwin returns the twin that all tests of the package share. Main stops it. Tests that reset it, or that inject faults or move its clock,
// start one of their own.
func SharedTwin(t testing.TB) *Server { return Shared(t, "memory") }

var shared = map[string]func() (*Server, error){
	"sqlite":   sync.OnceValues(func() (*Server, error) { return sharedControlPlane("sqlite") }),
	"postgres": sync.OnceValues(func() (*Server, error) { return sharedControlPlane("postgres") }),
	"memory":   sync.OnceValues(func() (*Server, error) { return keep(start("memory", "dev")) }),
}

func sharedControlPlane(engine string) (*Server, error) {
	database, err := newDatabase(engine)
	if err != nil {
		return nil, err
	}
	return keep(start(engine, "serve", "--database", database))
}

// Need ends a test whose engine is not there, loudly.
func Need(t testing.TB, engine string) {
	t.Helper()
	if engine != "postgres" || postgres() != "" {
		return
	}
	if os.Getenv("POLITY_TEST_REQUIRE_POSTGRES") == "1" {
		t.Fatal("PostgreSQL is required, and POLITY_TEST_POSTGRES names none")
	}
	t.Skip("\n*** SKIPPED: THIS TEST NEEDS POSTGRESQL ***\n*** set POLITY_TEST_POSTGRES, or run under internal/store/postgres/pgtest/with-postgres ***")
}

// Database returns the URL of an empty database of an engine that nobody else uses.
func Database(t testing.TB, engine string) string {
	t.Helper()
	Need(t, engine)
	database, err := newDatabase(engine)
	if err != nil {
		t.Fatal(err)
	}
	return database
}

func newDatabase(engine string) (string, error) {
	if engine == "sqlite" {
		return sqliteDatabase()
	}
	name := fmt.Sprintf("polity_conformance_%d_%d", os.Getpid(), databases.Add(1))
	if err := administer("CREATE DATABASE " + name); err != nil {
		return "", err
	}
	atEnd(func() error { return administer("DROP DATABASE " + name + " WITH (FORCE)") })
	u, err := url.Parse(postgres())
	if err != nil {
		return "", fmt.Errorf("POLITY_TEST_POSTGRES: %w", err)
	}
	u.Path = "/" + name
	return u.String(), nil
}

func postgres() string { return os.Getenv("POLITY_TEST_POSTGRES") }

// administer runs a statement in the PostgreSQL that databases are made in.
func administer(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c, err := pgx.Connect(ctx, postgres())
	if err != nil {
		return err
	}
	_, err = c.Exec(ctx, statement)
	return errors.Join(err, c.Close(ctx))
}
