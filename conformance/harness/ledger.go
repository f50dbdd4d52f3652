package harness

import (
	"errors"
	"flag"
	"fmt"
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

// Exercised is a check for Main. The SDK's clients, all together, have to have seen on each engine of each operation of a contract a success and the errors that
// requests can meet: see refusals, and 409 of the operations that conflicts names. A twin has to have told what no request meets, 429 and 500. It looks at
// whole runs alone.
func Exercised(api string, conflicts ...string) func() error {
	return onWholeRuns(func(engine string) error {
		c, err := readREST(api)
		if err != nil {
			return err
		}
		ledger.Lock()
		defer ledger.Unlock()
		return c.exercised(engine, ledger.answers, conflicts)
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

func (c *RESTContract) exercised(engine string, answers map[entry]bool, conflicts []string) error {
	type told struct {
		engine, operation string
		status            int
	}
	seen := map[told]bool{}
	for e := range answers {
		if e.status < http.StatusBadRequest {
			e.status = http.StatusOK
		}
		seen[told{e.engine, c.operation(e.method, e.path), e.status}] = true
	}
	var missing []string
	for _, op := range c.Operations {
		want := func(by string, statuses ...int) {
			for _, status := range statuses {
				if !seen[told{by, op.Name, status}] {
					missing = append(missing, fmt.Sprint(op.Name, " ", status))
				}
			}
		}
		want(engine, append(op.refusals(), http.StatusOK)...)
		if slices.Contains(conflicts, op.Name) {
			want(engine, http.StatusConflict)
		}
		want("memory", http.StatusTooManyRequests, http.StatusInternalServerError)
	}
	return listing("on "+engine+" the SDK of Huawei Cloud never sees", missing)
}

// refusals are the errors that requests for an operation can meet: 400 for what they take, 401 for who asks out of turn, 403 where policies bind who may
// ask, and 404 for the thing that they name.
func (o RESTOperation) refusals() []int {
	var out []int
	for status, can := range map[int]bool{
		http.StatusBadRequest: o.Takes(), http.StatusUnauthorized: !o.Outside(), http.StatusForbidden: o.Binds(), http.StatusNotFound: o.Names(),
	} {
		if can {
			out = append(out, status)
		}
	}
	return out
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
