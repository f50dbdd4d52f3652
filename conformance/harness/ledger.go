package harness

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/httphandler"
)

// ledger is what the SDK's clients have asked each server for, and how it was answered.
var ledger struct {
	sync.Mutex
	answers map[entry]bool
}

type entry struct {
	engine, method, path string
	status               int
}

// book has every answer to a client of a server entered into the ledger.
func (s *Server) book() *httphandler.HttpHandler {
	return httphandler.NewHttpHandler().AddMonitorHandler(func(m *httphandler.MonitorMetric) {
		ledger.Lock()
		defer ledger.Unlock()
		if ledger.answers == nil {
			ledger.answers = map[entry]bool{}
		}
		ledger.answers[entry{s.Engine, m.Method, m.Path, m.StatusCode}] = true
	})
}

// Exercised is a check for Main: it fails for each operation of a contract that the tests, all together, have not called on an engine, both with a
// success and with an error that is more than that the caller may not ask: such an error is enough only for operations that caller names, which know no other.
// It looks at whole runs alone.
func Exercised(api string, caller ...string) func() error {
	return onWholeRuns(func(engine string) error {
		c, err := readREST(api)
		if err != nil {
			return err
		}
		ledger.Lock()
		defer ledger.Unlock()
		return c.exercised(engine, caller)
	})
}

// onWholeRuns makes a check of each engine that is there, once all tests have run.
func onWholeRuns(check func(engine string) error) func() error {
	return func() error {
		for _, name := range []string{"test.run", "test.skip", "test.list"} {
			if only := flag.Lookup(name); only != nil && only.Value.String() != "" {
				return nil
			}
		}
		var errs []error
		for _, engine := range Engines {
			if engine != "postgres" || postgres() != "" {
				errs = append(errs, check(engine))
			}
		}
		return errors.Join(errs...)
	}
}

func (c *RESTContract) exercised(engine string, caller []string) error {
	seen := map[string]map[int]bool{}
	for e := range ledger.answers {
		if e.engine != engine {
			continue
		}
		if name := c.operation(e.method, e.path); name != "" {
			if seen[name] == nil {
				seen[name] = map[int]bool{}
			}
			seen[name][e.status] = true
		}
	}
	missing := map[string]bool{}
	for _, op := range c.Operations {
		success, failure := false, false
		for status := range seen[op.Name] {
			success = success || status < http.StatusBadRequest
			failure = failure || status >= http.StatusBadRequest && (status != http.StatusUnauthorized || slices.Contains(caller, op.Name))
		}
		if !success {
			missing[op.Name+" is never called with success"] = true
		}
		if !failure {
			missing[op.Name+" is never called with an error"] = true
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return fmt.Errorf("on %s: %s", engine, strings.Join(slices.Sorted(maps.Keys(missing)), "; "))
}

// operation finds the operation of a request: of the paths that fit, that with the most literal segments, the first ones counting most.
func (c *RESTContract) operation(method, path string) string {
	name, best := "", ""
	for _, op := range c.Operations {
		if fit, ok := fits(op.Path, path); ok && op.Method == method && fit > best {
			name, best = op.Name, fit
		}
	}
	return name
}

// fits compares a path with a template, segment by segment. Of two results that fit, the greater is the better.
func fits(template, path string) (string, bool) {
	want, got := strings.Split(template, "/"), strings.Split(strings.TrimSuffix(path, "/"), "/")
	if len(want) != len(got) {
		return "", false
	}
	out := []byte{}
	for i, w := range want {
		parameter := strings.HasPrefix(w, "{")
		if !parameter && w != got[i] || got[i] == "" && i > 0 {
			return "", false
		}
		if parameter {
			out = append(out, 'a')
		} else {
			out = append(out, 'b')
		}
	}
	return string(out), true
}
