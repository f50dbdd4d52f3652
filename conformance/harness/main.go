package harness

import (
	"fmt"
	"os"
	"sync"
	"testing"
	"time"
)

var ends struct {
	sync.Mutex
	done []func() error
}

// atEnd has done called by Main when all tests have ended, the last one first.
func atEnd(done func() error) {
	ends.Lock()
	defer ends.Unlock()
	ends.done = append(ends.done, done)
}

// keep has a server stopped by Main.
func keep(s *Server, err error) (*Server, error) {
	if err == nil {
		atEnd(s.Stop)
	}
	return s, err
}

// Main is the TestMain of a package whose tests share servers. What goes wrong when they are stopped fails the package, as do the checks, which are
// made when all tests have passed.
func Main(m *testing.M, checks ...func() error) {
	began := time.Now()
	code := m.Run()
	for _, check := range checks {
		if code != 0 {
			break
		}
		if err := check(); err != nil {
			fmt.Fprintln(os.Stderr, "FAIL:", err)
			code = 1
		}
	}
	for i := len(ends.done) - 1; i >= 0; i-- {
		if err := ends.done[i](); err != nil {
			fmt.Fprintln(os.Stderr, "FAIL:", err)
			code = 1
		}
	}
	if dir, err := scratch(); err == nil {
		_ = os.RemoveAll(dir)
	}
	if os.Getenv("POLITY_TEST_TIMES") != "" {
		fmt.Printf("all tests and servers: %s\n", time.Since(began).Round(time.Millisecond))
	}
	os.Exit(code)
}
