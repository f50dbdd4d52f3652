package workflow_test

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
)

// A creation that its caller cannot have is no matter for an operator; one that ends as an internal failure is.
func TestOnlyFaultsAreWarnedOf(t *testing.T) {
	t.Parallel()
	for says, c := range map[string]struct {
		fault   *twin.Fault
		request org.AccountRequest
		failure org.Failure
		level   string
	}{
		"an address that is taken": {nil, org.AccountRequest{Name: "x", Email: "m@example.com"}, org.FailEmailInUse, "INFO"},
		"an address that is none":  {nil, org.AccountRequest{Name: "x", Email: ".x@example.com"}, org.FailEmailRefused, "INFO"},
		"a failure that was armed": {&twin.Fault{Failure: "PaymentMissing"}, wish("one"), org.FailPaymentMissing, "INFO"},
		"an internal failure":      {&twin.Fault{Step: org.StepPlace, Failure: "Internal"}, wish("one"), org.FailInternal, "WARN"},
	} {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			b := newBundle(t, setting{})
			var log lines
			b.runLogged(t, slog.New(slog.NewTextHandler(&log, nil)))
			if c.fault != nil {
				must(b.faults.Add(*c.fault))
			}
			if n := b.ended(t, b.request(t, c.request)); n.Failure != c.failure {
				t.Errorf("it ends with %q, want %q", n.Failure, c.failure)
			}
			b.quiet(t)
			for _, line := range log.all() {
				if strings.Contains(line, "is undone") != strings.Contains(line, "level="+c.level) {
					t.Errorf("it says %s", line)
				}
			}
			if len(log.all()) == 0 {
				t.Error("nothing is logged")
			}
		})
	}
}

// lines is what several goroutines log.
type lines struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.Write(b)
}

func (l *lines) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Split(strings.TrimSpace(l.out.String()), "\n")
}
