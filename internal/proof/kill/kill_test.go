package kill

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/polity-cloud/polity/internal/proof/process"
	"github.com/polity-cloud/polity/internal/store/postgres/pgtest"
)

func TestAKilledProcessOnSQLiteLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "polity.db")
	f := newFleet(t, binary(t), 1, "--database=sqlite:"+path)
	play(t, f, func() database { return open(t, "sqlite", "file:"+path) }, func(d database) {
		for _, pragma := range []string{"integrity_check", "foreign_key_check"} {
			rows, err := d.QueryContext(t.Context(), "PRAGMA "+pragma)
			if err != nil {
				t.Fatal(err)
			}
			if found := texts(t, rows); len(found) > 0 && found[0] != "ok" {
				t.Errorf("PRAGMA %s: %q", pragma, found)
			}
		}
	})
}

func TestKilledReplicasOnPostgreSQLLoseAndDoubleNothing(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	f := newFleet(t, binary(t), 3, "--database="+url, "--pool=8")
	play(t, f, func() database { return open(t, "pgx", url) }, func(database) {})
}

// play asks and kills for as many rounds as there are to be, and then looks at what is left.
func play(t *testing.T, f *fleet, tables func() database, check func(database)) {
	t.Helper()
	for _, c := range clouds() {
		if err := c.begin(t.Context(), f.some(0)); err != nil {
			t.Fatalf("begin an organization at %s: %v", c.name(), err)
		}
	}
	l := newLedger()
	asking, hush := context.WithCancel(t.Context())
	wait := call(asking, f, l)
	for range rounds(t) {
		f.round()
	}
	chance(50, 400)
	hush()
	wait()
	if t.Failed() {
		return
	}
	if err := quiet(t.Context(), f.some(0)); err != nil {
		t.Fatal(err)
	}
	for _, c := range clouds() {
		audit(t.Context(), t, c, f.some(0), l)
	}
	f.each(f.stop)
	d := tables()
	d.obeys(t.Context())
	d.holds(t.Context(), l)
	check(d)
	asked, promised := l.size()
	t.Logf("%d asked, %d accepted, %d refused", asked, promised, len(l.refused))
	if promised < callers || asked == promised {
		t.Errorf("%d asked and %d accepted prove nothing: no request met a kill", asked, promised)
	}
	for _, err := range l.refused[:min(len(l.refused), 5)] {
		t.Errorf("a request was refused: %v", err)
	}
}

func rounds(t *testing.T) int {
	t.Helper()
	given := os.Getenv("POLITY_KILL_ROUNDS")
	if given == "" {
		return 3
	}
	n, err := strconv.Atoi(given)
	if err != nil || n < 1 {
		t.Fatalf("POLITY_KILL_ROUNDS is %q, not a number of rounds", given)
	}
	return n
}

var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "polity-kill")
	if err != nil {
		return "", err
	}
	built = dir
	return process.Build(context.Background(), dir)
})

var built string

func binary(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("killing takes half a minute")
	}
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMain(m *testing.M) {
	code := m.Run()
	if built != "" {
		_ = os.RemoveAll(built)
	}
	os.Exit(code)
}
