package history

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/postgres"
	"github.com/polity-cloud/polity/internal/store/postgres/pgtest"
	"github.com/polity-cloud/polity/internal/store/sqlite"
)

func TestAnOrganizationIsLinearizableOnSQLite(t *testing.T) {
	t.Parallel()
	s := openSQLite(t, 4)
	prove(t, newHouse(t, s.Store, s))
}

func TestAnOrganizationIsLinearizableOnPostgreSQL(t *testing.T) {
	t.Parallel()
	s := openPostgres(t, crowd)
	prove(t, newHouse(t, s.Store, s))
}

// usual is how many rounds are played unless it is said otherwise. In so many every law of mustMeet is met.
const usual = 8

// mustMeet are the refusals that callers must have met, since they tell that the laws were within reach.
var mustMeet = []org.Reason{
	org.UnitDepth, org.UnitLimit, org.UnitNameTaken, org.UnitNotEmpty, org.UnitMissing, org.ParentMissing, org.SourceParentMissing,
	org.Reason(org.FailEmailInUse), org.Reason(org.FailAccountLimit), org.PolicyNameTaken, org.PolicyInUse,
	org.PolicyMissing, org.PolicyAttached, org.PolicyNotAttached, org.AttachmentLimit, org.AttachmentLeast,
}

func openSQLite(t *testing.T, readers int) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "polity.db"), sqlite.Options{Readers: readers})
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

func openPostgres(t *testing.T, connections int) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), pgtest.URL(t), postgres.Options{Connections: connections})
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

// prove plays as many rounds as there are to be. Callers who met no laws would prove little, so what was granted and refused is counted.
func prove(t *testing.T, h *house) {
	t.Helper()
	refused, granted := map[org.Reason]int{}, map[string]int{}
	n := rounds(t)
	for range n {
		seed := rand.Uint64()
		r := play(t, h, crowd, seed)
		linearizable(t, r.begin, r.history)
		r.obey(t)
		if t.Failed() {
			t.Fatalf("the seed was %d", seed)
		}
		for _, op := range r.history {
			if a := op.Output.(answer); a.reason != "" {
				refused[a.reason]++
			} else if a.failure != "" {
				refused[org.Reason(a.failure)]++
			} else {
				granted[op.Input.(ask).deed.says]++
			}
		}
	}
	t.Logf("granted: %v", granted)
	t.Logf("refused: %v", refused)
	for _, d := range deeds() {
		if granted[d.says] == 0 && n >= usual {
			t.Errorf("%s never succeeded", d.says)
		}
	}
	for _, r := range mustMeet {
		if refused[r] == 0 && n >= usual {
			t.Errorf("nobody met %s", r)
		}
	}
}

func rounds(t *testing.T) int {
	t.Helper()
	given := os.Getenv("POLITY_HISTORY_ROUNDS")
	if given == "" {
		return usual
	}
	n, err := strconv.Atoi(given)
	if err != nil || n < 1 {
		t.Fatalf("POLITY_HISTORY_ROUNDS is %q, not a number of rounds", given)
	}
	return n
}
