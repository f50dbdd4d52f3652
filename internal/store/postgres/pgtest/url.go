package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// URL returns the URL of an empty database that is dropped when the test ends. A crash of the machine may lose what is written to it, for
// the sake of speed; use Durable to measure.
func URL(t testing.TB) string {
	t.Helper()
	return fresh(t, fast)
}

// Durable is URL on a cluster that waits for the disk at each commit, as it does in earnest.
func Durable(t testing.TB) string {
	t.Helper()
	return fresh(t, durable)
}

var (
	fast    = sync.OnceValues(func() (string, error) { return cluster("-c", "fsync=off") })
	durable = sync.OnceValues(func() (string, error) { return cluster("-c", "fsync=on") })
	count   atomic.Int64
)

func fresh(t testing.TB, start func() (string, error)) string {
	t.Helper()
	server := os.Getenv("POLITY_TEST_POSTGRES")
	if server == "" {
		var err error
		if server, err = start(); err != nil {
			missing(t, err)
		}
	}
	name := fmt.Sprintf("polity_test_%d_%d", os.Getpid(), count.Add(1))
	run(t, server, "CREATE DATABASE "+name)
	t.Cleanup(func() { run(t, server, "DROP DATABASE "+name+" WITH (FORCE)") })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatalf("POLITY_TEST_POSTGRES: %v", err)
	}
	u.Path = "/" + name
	return u.String()
}

func missing(t testing.TB, err error) {
	t.Helper()
	if os.Getenv("POLITY_TEST_REQUIRE_POSTGRES") == "1" {
		t.Fatalf("PostgreSQL is required: %v", err)
	}
	t.Skipf("\n*** SKIPPED: THIS TEST NEEDS POSTGRESQL ***\n*** %v ***\n*** install it, or set POLITY_TEST_POSTGRES ***", err)
}

func run(t testing.TB, server, statement string) {
	t.Helper()
	// The test's own context has ended when its cleanup runs.
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c, err := pgx.Connect(ctx, server)
	if err != nil {
		t.Fatalf("connect to PostgreSQL: %v", err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
