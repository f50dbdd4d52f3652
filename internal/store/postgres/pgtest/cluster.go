//go:build unix

package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

const superuser = "polity"

// keeper runs a server until its input ends, which it does when this process does, and then removes the folder.
const keeper = `bin=$1 dir=$2; shift 2
"$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=300 "$@" & pid=$!
cat >/dev/null; kill -INT $pid; wait $pid; rm -rf "$dir"`

// cluster makes a cluster in a temporary folder, starts it with further options, and returns its URL.
func cluster(options ...string) (string, error) {
	bin, err := binaries()
	if err != nil {
		return "", err
	}
	who, err := unprivileged()
	if err != nil {
		return "", err
	}
	// The socket lies in the folder, and its path must not be longer than about 100 bytes; so the folder is not put into TMPDIR.
	dir, err := os.MkdirTemp("/tmp", "pgtest")
	if err != nil {
		return "", err
	}
	if who != nil {
		if err := os.Chown(dir, int(who.Uid), int(who.Gid)); err != nil {
			return "", err
		}
	}
	if err := initialize(bin, dir, who); err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	if err := start(bin, dir, who, options); err != nil {
		return "", err
	}
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/postgres", RawQuery: url.Values{"host": {dir}, "sslmode": {"disable"}}.Encode()}
	return u.String(), await(u.String(), dir)
}

// initialize makes a cluster that sorts as people do, where the build can, so that a column which forgot to say how it compares is found
// out.
func initialize(bin, dir string, who *syscall.Credential) error {
	var failed error
	for _, locale := range [][]string{{"--locale-provider=icu", "--icu-locale=en-US", "--locale=C"}, {"--locale=C"}} {
		args := append([]string{"-D", filepath.Join(dir, "data"), "-U", superuser, "-A", "trust", "-E", "UTF8", "--no-sync"}, locale...)
		c := exec.Command(filepath.Join(bin, "initdb"), args...)
		c.Dir, c.SysProcAttr = dir, &syscall.SysProcAttr{Credential: who}
		out, err := c.CombinedOutput()
		if err == nil {
			return nil
		}
		failed = fmt.Errorf("initdb: %w: %s", err, out)
	}
	return failed
}

func start(bin, dir string, who *syscall.Credential, options []string) error {
	input, held, err := os.Pipe()
	if err != nil {
		return err
	}
	defer input.Close()
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	c := exec.Command("sh", append([]string{"-c", keeper, "keeper", bin, dir}, options...)...)
	c.Dir, c.Stdin, c.Stdout, c.Stderr = dir, input, log, log
	// In a session of its own it does not get the terminal's interrupt, and so lives to clean up.
	c.SysProcAttr = &syscall.SysProcAttr{Credential: who, Setsid: true}
	if err := c.Start(); err != nil {
		return err
	}
	alive.Store(dir, held)
	return nil
}

// alive keeps the pipes from being collected, and so closed, before the process ends.
var alive sync.Map

func await(server, dir string) error {
	var err error
	for range 300 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		var c *pgx.Conn
		if c, err = pgx.Connect(ctx, server); err == nil {
			err = c.Close(ctx)
			cancel()
			return err
		}
		cancel()
		time.Sleep(50 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(dir, "log"))
	return fmt.Errorf("PostgreSQL does not answer: %w: %s", err, log)
}

// binaries returns the folder of initdb and postgres, of the newest version when several are installed.
func binaries() (string, error) {
	if found, err := exec.LookPath("initdb"); err == nil {
		// Some installations link only a part of the programs into PATH. Where the links lead, all stand side by side.
		if real, err := filepath.EvalSymlinks(found); err == nil {
			return filepath.Dir(real), nil
		}
	}
	all, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	best, newest := "", -1
	for _, p := range all {
		dir := filepath.Dir(p)
		if v, err := strconv.Atoi(filepath.Base(filepath.Dir(dir))); err == nil && v > newest {
			best, newest = dir, v
		}
	}
	if best == "" {
		return "", errors.New("neither PATH nor /usr/lib/postgresql has PostgreSQL's initdb")
	}
	return best, nil
}

// unprivileged returns whom the server is to run as: nil for ourselves, somebody else when we are root, whom PostgreSQL refuses.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody")
}
