package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/polity-cloud/polity/internal/store/sqlstore"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Options tune a store. Zero fields take the values named.
type Options struct {
	sqlstore.Options
	Readers int // connections that read beside the writer; 4
}

const (
	mostInBatch    = 128
	longestInBatch = 5 * time.Millisecond
)

// A Store is a store on SQLite.
type Store struct {
	*sqlstore.Store
	engine *engine
}

// Open opens the file at path and makes it, for its owner alone, when it is missing; its tables are brought up to date. It fails when another process, or another
// Store of this one, has the file open. The folder must exist. Beside the file lie those of SQLite and path.lock, which stays.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if o.Readers <= 0 {
		o.Readers = 4
	}
	unlock, err := lock(path + ".lock")
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	e, err := openFile(ctx, path, o.Readers)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, errors.Join(err, unlock()))
	}
	e.close = closing(e.close, unlock)
	return &Store{Store: sqlstore.New(e, o.Options), engine: e}, nil
}

func openFile(ctx context.Context, path string, size int) (*engine, error) {
	if err := touch(path); err != nil {
		return nil, err
	}
	w, shutWriter, err := openWriter(ctx, source(path, "journal_mode(WAL)", "synchronous(FULL)", "journal_size_limit(67108864)"))
	if err != nil {
		return nil, err
	}
	if err := endLeases(ctx, w.conn); err != nil {
		return nil, errors.Join(err, shutWriter())
	}
	db, err := sql.Open("sqlite", source(path, "query_only(1)"))
	if err != nil {
		return nil, errors.Join(err, shutWriter())
	}
	r, err := openReaders(ctx, db, size)
	if err != nil {
		return nil, errors.Join(err, db.Close(), shutWriter())
	}
	w.most, w.longest = mostInBatch, longestInBatch
	// The writer closes last, so that it is the one to fold the write-ahead log into the file.
	return &engine{writer: w, view: r.view, close: closing(r.close, db.Close, shutWriter)}, nil
}

// touch makes the file for its owner alone when it is missing, since it may hold the server's key. SQLite gives the files beside it the same mode.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// endLeases lets go of what the last process held when it died: nobody else has the file open, so nobody is still at work. The fencing tokens
// stay as they are.
func endLeases(ctx context.Context, c *conn) error {
	_, err := c.ExecContext(ctx, "UPDATE sagas SET lease_until = 0 WHERE state = 'running' AND lease_until > 0")
	return err
}

// OpenMemory opens an empty store that lives in memory until it is closed. Reads and writes take turns on one connection, so a closure must
// not call the store that runs it.
func OpenMemory(ctx context.Context, o Options) (*Store, error) {
	w, shut, err := openWriter(ctx, source(":memory:", "journal_mode(MEMORY)", "synchronous(OFF)"))
	if err != nil {
		return nil, fmt.Errorf("open a database in memory: %w", err)
	}
	// Nothing is gained by sharing a commit that costs nothing, and a reader never meets an open batch.
	w.most = 1
	e := &engine{writer: w, view: w.read, close: shut}
	return &Store{Store: sqlstore.New(e, o.Options), engine: e}, nil
}

// openWriter opens the one connection that writes and migrates over it.
func openWriter(ctx context.Context, dsn string) (*writer, func() error, error) {
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, nil, err
	}
	// A database in memory is its connection: there must never be a second one.
	db.SetMaxOpenConns(1)
	if err := migrate(ctx, db); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	c, err := open(ctx, db)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	w := &writer{conn: c}
	return w, closing(w.close, db.Close), nil
}

func migrate(ctx context.Context, db *sql.DB) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, dir)
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// source is the driver's name for a database whose connections begin with the given pragmas.
func source(path string, pragmas ...string) string {
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {"busy_timeout(5000)", "foreign_keys(1)", "temp_store(MEMORY)"}}
	q["_pragma"] = append(q["_pragma"], pragmas...)
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// Check returns nil when SQLite finds the database whole.
func (s *Store) Check(ctx context.Context) error {
	return s.engine.View(ctx, func(db query.DBTX) error { return check(ctx, db) })
}
