package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"github.com/polity-cloud/polity/internal/store/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Options tune a store. Zero fields take the values named.
type Options struct {
	sqlstore.Options
	Connections int // most connections to the server; 16
}

// A Store is a store on PostgreSQL.
type Store struct {
	*sqlstore.Store
	db *sql.DB
}

// Open connects to the database that url names (postgres://…) and brings its tables up to date. Processes that start together wait for the
// first of them to have done so. The database must exist.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the database URL: %w", err) // pgx leaves the password out
	}
	if o.Connections <= 0 {
		o.Connections = 16
	}
	if err := migrate(ctx, config); err != nil {
		return nil, fmt.Errorf("migrate the database: %w", err)
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(o.Connections)
	db.SetMaxIdleConns(o.Connections)
	return &Store{Store: sqlstore.New(&engine{db: db}, o.Options), db: db}, nil
}

// migrationLock is the key of the advisory lock under which tables change: "polity" in ASCII.
const migrationLock = 0x706f6c697479

// migrate uses connections of its own, so that a small pool cannot lock itself out.
func migrate(ctx context.Context, config *pgx.ConnConfig) (err error) {
	db := stdlib.OpenDB(*config)
	defer func() { err = errors.Join(err, db.Close()) }()
	held, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	// The lock belongs to this connection and ends with it, also when the process dies.
	defer func() { err = errors.Join(err, held.Close()) }()
	if _, err := held.ExecContext(ctx, "SELECT pg_advisory_lock($1)", int64(migrationLock)); err != nil {
		return err
	}
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, dir)
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}
