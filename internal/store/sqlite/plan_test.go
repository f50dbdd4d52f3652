package sqlite

import (
	"regexp"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

// SQLite numbers $1 and $2 as it meets them, and names them; sqlc's functions pass arguments by number.
func TestTheDriverBindsByNumber(t *testing.T) {
	t.Parallel()
	s := memory(t)
	err := s.engine.View(t.Context(), func(db query.DBTX) error {
		var third, first, again, second string
		row := db.QueryRowContext(t.Context(), "SELECT $3, $1, $3, $2", "one", "two", "three")
		if err := row.Scan(&third, &first, &again, &second); err != nil {
			return err
		}
		if got := strings.Join([]string{first, second, third, again}, " "); got != "one two three three" {
			t.Errorf("bound as %s", got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestNoQueryScansATable asks for the plan of every statement that the store's methods have prepared.
func TestNoQueryScansATable(t *testing.T) {
	t.Parallel()
	s := memory(t)
	exercise(t, s)
	c := s.engine.writer.conn
	looked, lists := 0, 0
	for text := range c.stmts {
		name, body, named := strings.Cut(text, "\n")
		if !named || strings.Contains(name, "CountSagas") { // a figure for operators, which counts all rows there are
			continue
		}
		looked++
		steps := strings.Join(plan(t, c, body), "\n")
		if strings.Contains(steps, "SCAN") || strings.Contains(steps, "TEMP B-TREE") {
			t.Errorf("%s: %s", name, steps)
		}
		if strings.Contains(body, "LIMIT") && !strings.Contains(body, "UPDATE") {
			lists++
			checkRange(t, name, body, steps)
		}
	}
	if looked < 55 || lists < 12 {
		t.Errorf("only %d statements were looked at, %d of them lists", looked, lists)
	}
}

// checkRange makes sure that a list reads no rows but its own: the index must know each column that the list compares, and its place.
func checkRange(t *testing.T, name, text, steps string) {
	t.Helper()
	for _, c := range equality.FindAllStringSubmatch(text, -1) {
		if !strings.Contains(steps, c[1]+"=?") {
			t.Errorf("%s filters by %s: %s", name, c[1], steps)
		}
	}
	for _, c := range place.FindAllStringSubmatch(text, -1) {
		if !strings.Contains(steps, "("+c[1]+","+c[2]+")"+c[3]+"(?,?)") {
			t.Errorf("%s passes over rows: %s", name, steps)
		}
	}
}

var (
	parameter = regexp.MustCompile(`\$[0-9]+`)
	equality  = regexp.MustCompile(`(\w+) = \$`)
	place     = regexp.MustCompile(`\((\w+), (\w+)\) ([<>]) \(`)
)

func plan(t *testing.T, c *conn, text string) []string {
	t.Helper()
	parameters := map[string]bool{}
	for _, p := range parameter.FindAllString(text, -1) {
		parameters[p] = true
	}
	rows, err := c.Conn.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+text, make([]any, len(parameters))...)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		out = append(out, detail)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// exercise calls every method of a transaction once for each statement that it may run. What the methods answer is not looked at.
func exercise(t *testing.T, s *Store) {
	t.Helper()
	ctx := t.Context()
	p := org.Page{Limit: 1}
	err := s.Update(ctx, func(tx store.Tx) error {
		_, _ = tx.InitSetting(ctx, "s", nil)
		for _, parent := range []org.UnitID{"", "u"} {
			_, _, _ = tx.Units(ctx, "o", parent, p)
			_, _, _ = tx.Accounts(ctx, "o", parent, p)
			_, _, _ = tx.ManagedAccounts(ctx, "o", parent, p)
			_, _ = tx.CountUnits(ctx, "o", parent)
			_, _ = tx.CountAccounts(ctx, "o", parent)
			_, _ = tx.LatestOperation(ctx, "o", org.AccountID(parent), "u")
		}
		for _, states := range [][]org.CreationState{nil, {org.CreationFailed}} {
			_, _, _ = tx.Creations(ctx, "o", states, p)
		}
		_, _, _ = tx.ManagedUnits(ctx, "o", p)
		read(ctx, tx)
		write(ctx, tx)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = s.Ping(ctx)
	_, _ = s.ClaimSagas(ctx, at, at, 1)
}
