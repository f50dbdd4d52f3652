package server

import (
	"context"
	"fmt"
	"strings"

	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/postgres"
	"github.com/polity-cloud/polity/internal/store/sqlite"
	"github.com/polity-cloud/polity/internal/store/sqlstore"
)

// MemoryDatabase names the database that ends with the process.
const MemoryDatabase = "memory:"

// openDatabase opens what a URL names, and migrates it.
func openDatabase(ctx context.Context, url string, pool int, o sqlstore.Options) (store.Store, error) {
	path, isFile := strings.CutPrefix(url, "sqlite:")
	switch {
	case url == MemoryDatabase:
		return sqlite.OpenMemory(ctx, sqlite.Options{Options: o})
	case isFile && path != "":
		return sqlite.Open(ctx, path, sqlite.Options{Options: o})
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		return postgres.Open(ctx, url, postgres.Options{Options: o, Connections: pool})
	}
	return nil, &UsageError{fmt.Errorf("the database %q is neither sqlite:PATH nor postgres://…", url)}
}
