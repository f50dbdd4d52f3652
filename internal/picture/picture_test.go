package picture_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/polity-cloud/polity/"

// Groups of packages that several rows name.
var (
	nouns = []string{"org", "org/landing"}
	cloud = []string{"api/awsaccount", "api/awsiam", "api/awsorg", "api/awssts", "api/hworg", "api/hwrgc", "api/hwiam", "api/native"}
	wires = []string{"wire/call", "wire/awsjson", "wire/awsquery", "wire/hwrest", "wire/pagetoken", "wire/text"}
)

// below says of every package what it may import of ours, from the ground up. A package without a row fails the test, and so does a row without
// a package. A name ending in /... stands for all packages of a folder, itself included.
var below = map[string][]string{
	"internal/org":         nil,
	"internal/org/landing": {"org"},
	"internal/identity":    {"org"},
	"internal/twin":        {"org"},
	"internal/throttle":    nil,
	"internal/bucket":      nil,
	"internal/policy/...":  {"policy/..."},
	"internal/durable":     nil,

	"internal/wire/call":          nil,
	"internal/wire/awsjson":       {"wire/call", "wire/text"},
	"internal/wire/awsquery":      {"wire/call"},
	"internal/wire/awsrest":       {"wire/call", "wire/awsjson"},
	"internal/wire/hwrest":        {"wire/call", "wire/pagetoken", "wire/text"},
	"internal/wire/hwrest/hwtest": {"wire/call"},
	"internal/wire/sigv4":         nil,
	"internal/wire/hwsign":        nil,
	"internal/wire/pagetoken":     nil,
	"internal/wire/text":          nil,

	"internal/store":                {"org", "org/landing", "durable"},
	"internal/store/sqlstore":       {"store", "org", "org/landing", "durable", "store/sqlstore/query"},
	"internal/store/sqlstore/query": nil,
	"internal/store/sqlite":         {"store", "store/sqlstore", "store/sqlstore/query"},
	"internal/store/postgres":       {"store", "store/sqlstore", "store/sqlstore/query"},
	"internal/store/storetest":      {"store", "store/sqlstore", "org", "org/landing", "durable"},

	"internal/controlplane": append([]string{"identity", "policy/...", "store"}, nouns...),
	"internal/gate":         {"controlplane", "identity", "org", "wire/call", "wire/sigv4", "wire/hwsign"},
	"internal/workflow":     append([]string{"controlplane", "durable", "store", "twin"}, nouns...),
	"internal/provisioner":  {"workflow", "org"},

	// One cloud each: none knows another, and none knows a workflow, an engine or a database.
	"internal/api/awsaccount": api("wire/awsrest"),
	"internal/api/awsiam":     api(),
	"internal/api/awsorg":     api("throttle"),
	"internal/api/awssts":     api(),
	"internal/api/hworg":      api(),
	"internal/api/hwrgc":      api(),
	"internal/api/hwiam":      api(),
	"internal/api/native":     api(),

	"internal/server": slices.Concat(nouns, cloud, wires, []string{
		"bucket", "controlplane", "durable", "gate", "identity", "provisioner", "store", "store/postgres", "store/sqlite", "store/sqlstore", "throttle", "twin", "workflow",
	}),
	"cmd/polity": {"server", "gate", "org", "provisioner", "workflow", "api/native"},

	"internal/picture": nil,

	// What is no part of the running house: helpers of tests, generators, and the proofs, which nobody imports.
	"internal/durable/durabletest":                 {"durable"},
	"internal/org/foldtest":                        {"org"},
	"internal/gate/gatetest":                       {"controlplane", "identity", "org", "store", "store/sqlite"},
	"internal/store/postgres/pgtest":               nil,
	"internal/store/postgres/pgtest/with-postgres": {"store/postgres/pgtest"},
	"internal/gen/awsgen":                          nil,
	"internal/gen/hwgen":                           nil,
	"internal/gen/coverage":                        cloud,
	"internal/proof/client":                        nil,
	"internal/proof/process":                       nil,
	"internal/proof/kill":                          {"*"},
	"internal/proof/bench":                         {"*"},
	"internal/proof/history":                       {"*"},
}

func api(more ...string) []string {
	return slices.Concat(nouns, wires, []string{"identity", "controlplane", "twin"}, more)
}

// permitted reports whether the table lets one package import another. The proofs, whose row is *, build what they like out of the whole house.
func permitted(from, to string) bool {
	name, _ := row(from)
	to = strings.TrimPrefix(to, "internal/")
	if slices.Contains(below[name], "*") {
		return !strings.HasPrefix(to, "gen/")
	}
	return slices.ContainsFunc(below[name], func(allowed string) bool { return covers(allowed, to) })
}

// row finds the row of a package.
func row(of string) (string, bool) {
	for name := range below {
		if covers(name, of) {
			return name, true
		}
	}
	return "", false
}

func covers(name, of string) bool {
	folder, all := strings.CutSuffix(name, "/...")
	return folder == of || all && strings.HasPrefix(of, folder+"/")
}

// drawing is every package of this module with what it imports of ours, tests left out.
func drawing(t *testing.T, root string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && other(root, name) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		from := path.Dir(name)
		if out[from] == nil {
			out[from] = []string{}
		}
		for _, i := range f.Imports {
			to, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if ours, ok := strings.CutPrefix(to, module); ok && !slices.Contains(out[from], ours) {
				out[from] = append(out[from], ours)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// other reports whether a folder is no part of the module: hidden, test data, or a module of its own.
func other(root, name string) bool {
	base := path.Base(name)
	if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" {
		return true
	}
	_, err := os.Stat(filepath.Join(root, name, "go.mod"))
	return err == nil
}

// wrong lists what a drawing has that the table has not.
func wrong(drawn map[string][]string) []string {
	var out []string
	for _, from := range slices.Sorted(maps.Keys(drawn)) {
		if _, ok := row(from); !ok {
			out = append(out, from+" has no row in the table")
			continue
		}
		for _, to := range drawn[from] {
			if !permitted(from, to) {
				out = append(out, from+" imports "+to)
			}
		}
	}
	return out
}

func TestImportsFlowDown(t *testing.T) {
	t.Parallel()
	drawn := drawing(t, "../..")
	if len(drawn) < 30 {
		t.Fatalf("only %d packages were found", len(drawn))
	}
	for _, w := range wrong(drawn) {
		t.Error(w)
	}
	for name := range below {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(drawn)), func(p string) bool { return covers(name, p) }) {
			t.Errorf("the table has a row for %s, which does not exist", name)
		}
	}
}

func TestTheTableItselfFlowsDown(t *testing.T) {
	t.Parallel()
	for from := range below {
		for _, never := range []struct{ floor, to string }{
			{"internal/api/", "internal/api/"}, {"internal/api/", "internal/workflow"}, {"internal/api/", "internal/store"}, {"internal/workflow", "internal/api/"},
			{"internal/controlplane", "internal/workflow"}, {"internal/controlplane", "internal/durable"}, {"internal/org", "internal/identity"},
			{"internal/wire/", "internal/org"}, {"internal/wire/", "internal/controlplane"}, {"internal/durable", "internal/org"}, {"internal/store", "internal/controlplane"},
		} {
			if !strings.HasPrefix(from, never.floor) {
				continue
			}
			for to := range below {
				if strings.HasPrefix(to, never.to) && permitted(from, to) {
					t.Errorf("%s may import %s", from, to)
				}
			}
		}
		if strings.HasPrefix(from, "internal/proof/") || from == "internal/gen/coverage" || from == "internal/server" || from == "cmd/polity" {
			continue
		}
		for to := range below {
			if (strings.HasPrefix(to, "internal/api/") || to == "internal/server" || strings.HasPrefix(to, "internal/proof/") || strings.HasPrefix(to, "cmd/")) && permitted(from, to) {
				t.Errorf("%s may import %s", from, to)
			}
		}
	}
}

func TestAForbiddenImportIsSeen(t *testing.T) {
	t.Parallel()
	for from, to := range map[string]string{
		"internal/api/awsorg": "internal/api/hworg", "internal/api/native": "internal/workflow", "internal/controlplane": "internal/durable",
		"internal/org": "internal/org/landing", "internal/workflow": "internal/api/awsorg", "internal/wire/awsjson": "internal/org",
		"internal/store": "internal/store/sqlite", "internal/gate": "internal/server", "internal/new": "internal/org",
	} {
		if got := wrong(map[string][]string{from: {to}}); len(got) != 1 {
			t.Errorf("%s imports %s: %v", from, to, got)
		}
	}
}
