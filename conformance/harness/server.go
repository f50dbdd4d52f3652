package harness

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
)

// A Server is a running polity.
type Server struct {
	URL    string
	Engine string // memory, sqlite or postgres
	First  []Key  // the credentials that it printed, none from a twin
	Token  string // of the operator, empty of a twin

	process *process
}

// Dev starts a twin that ends with the test.
func Dev(t testing.TB, flags ...string) *Server {
	t.Helper()
	s, err := start("memory", append([]string{"dev"}, flags...)...)
	return s.until(t, err)
}

// Serve starts a control plane on a database of the given engine that ends with the test.
func Serve(t testing.TB, engine string, flags ...string) *Server {
	t.Helper()
	return ServeOn(t, engine, Database(t, engine), flags...)
}

// ServeOn starts a control plane on a database that the caller knows.
func ServeOn(t testing.TB, engine, database string, flags ...string) *Server {
	t.Helper()
	s, err := start(engine, append([]string{"serve", "--database", database}, flags...)...)
	return s.until(t, err)
}

// until ends the server with the test, or the test with the error.
func (s *Server) until(t testing.TB, err error) *Server {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func start(engine string, args ...string) (*Server, error) {
	p, err := launch(append(args, "--listen", "127.0.0.1:0", "--log-format", "json")...)
	if err != nil {
		return nil, err
	}
	s := &Server{URL: p.ready, Engine: engine, process: p}
	for _, line := range p.lines {
		if err := s.learn(line); err != nil {
			return nil, errors.Join(err, p.stop())
		}
	}
	return s, nil
}

var (
	awsLine    = regexp.MustCompile(`^first AWS credentials: AWS_ACCESS_KEY_ID=(\S+) AWS_SECRET_ACCESS_KEY=(\S+) account=(\d{12})$`)
	huaweiLine = regexp.MustCompile(`^first Huawei Cloud credentials: HUAWEICLOUD_SDK_AK=(\S+) HUAWEICLOUD_SDK_SK=(\S+) HUAWEICLOUD_SDK_DOMAIN_ID=(\S+)$`)
	tokenLine  = regexp.MustCompile(`^operator token: POLITY_OPERATOR_TOKEN=(\S+)$`)
)

// learn reads a line that polity prints when it starts.
func (s *Server) learn(line string) error {
	if m := awsLine.FindStringSubmatch(line); m != nil {
		s.First = append(s.First, Key{Partition: AWS, ID: m[1], Secret: m[2], Account: m[3]})
	} else if m := huaweiLine.FindStringSubmatch(line); m != nil {
		s.First = append(s.First, Key{Partition: Huawei, ID: m[1], Secret: m[2], Account: m[3]})
	} else if m := tokenLine.FindStringSubmatch(line); m != nil {
		s.Token = m[1]
	} else if !strings.HasPrefix(line, "polity is ready at ") {
		return fmt.Errorf("polity prints a line that nobody expects: %q", line)
	}
	return nil
}

// Stop asks the server to end. It fails when that ends with another code than 0, and when the server has logged an error meanwhile that
// no test injected: none here breaks anything that a server could not tell its caller.
func (s *Server) Stop() error {
	if s.process == nil {
		return nil
	}
	p := s.process
	s.process = nil
	err := p.stop()
	for line := range strings.Lines(p.log()) {
		if strings.Contains(line, `"level":"ERROR"`) && !strings.Contains(line, "injected by fault-") {
			err = errors.Join(err, fmt.Errorf("%s server logged: %s", s.Engine, strings.TrimSpace(line)))
		}
	}
	return err
}

// Log is what the server has logged.
func (s *Server) Log() string { return s.process.log() }

var databases atomic.Int64

// sqliteDatabase names a database that nobody else uses.
func sqliteDatabase() (string, error) {
	dir, err := scratch()
	if err != nil {
		return "", err
	}
	return "sqlite:" + filepath.Join(dir, fmt.Sprintf("polity-%d.db", databases.Add(1))), nil
}
