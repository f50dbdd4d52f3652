package server

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/workflow"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The accounts that requests of a twin come from, by their keys.
const (
	awsPayer    = "210987654321"
	huaweiPayer = "11111111111111111111111111111111"
)

// journal is a log that can be read while it is written.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

// twinConfig is that of polity dev, with a log that says everything.
func twinConfig(log io.Writer) Config {
	return Config{
		Twin: true, Database: MemoryDatabase, Auth: gate.Open, Pace: workflow.Instant, Stop: 5 * time.Second,
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
}

// durableConfig is that of polity serve on a file.
func durableConfig(path string) Config {
	c := twinConfig(io.Discard)
	c.Twin, c.Database, c.Auth = false, "sqlite:"+path, gate.Verify
	return c
}

func open(t *testing.T, c Config) *Server {
	t.Helper()
	s, err := Open(t.Context(), c, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func shut(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// running is a server that answers on a port of its own until the test ends or stop is called.
type running struct {
	*testing.T
	*Server
	url    string
	stop   context.CancelFunc
	ended  chan error
	client *http.Client
	log    *journal
}

func run(t *testing.T, change ...func(*Config)) *running {
	t.Helper()
	log := &journal{}
	c := twinConfig(log)
	for _, f := range change {
		f(&c)
	}
	s := open(t, c)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	r := &running{T: t, Server: s, url: "http://" + l.Addr().String(), stop: stop, ended: make(chan error, 1), client: &http.Client{Transport: &http.Transport{}}, log: log}
	go func() { r.ended <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-r.ended; err != nil {
			t.Error(err)
		}
		r.client.CloseIdleConnections()
		shut(t, s)
	})
	return r
}

// wait returns what Serve returned, and leaves it to be found again.
func (r *running) wait() error {
	err := <-r.ended
	r.ended <- err
	return err
}

func (r *running) do(method, path, body string, headers ...string) (*http.Response, string) {
	r.Helper()
	req, err := http.NewRequestWithContext(r.Context(), method, r.url+path, strings.NewReader(body))
	if err != nil {
		r.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := r.client.Do(req)
	if err != nil {
		r.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		r.Fatal(err)
	}
	return res, string(text)
}

// aws calls AWS Organizations with a signature that open mode does not check.
func (r *running) aws(operation, body string) (*http.Response, string) {
	r.Helper()
	return r.do("POST", "/", body, "X-Amz-Target", "AWSOrganizationsV20161128."+operation, "Content-Type", "application/x-amz-json-1.1",
		"Authorization", "AWS4-HMAC-SHA256 Credential="+awsPayer+"/20260101/us-east-1/organizations/aws4_request, SignedHeaders=host, Signature=5ec2e7")
}

// huawei calls Huawei Cloud in the same way.
func (r *running) huawei(method, path, body string) (*http.Response, string) {
	r.Helper()
	return r.do(method, path, body, "Content-Type", "application/json", "X-Sdk-Date", "20260101T000000Z",
		"Authorization", "SDK-HMAC-SHA256 Access="+huaweiPayer+", SignedHeaders=host;x-sdk-date, Signature=5ec2e7")
}

// created asks for an account and waits for the end of its creation, which it returns.
func (r *running) created(body string) map[string]any {
	r.Helper()
	res, text := r.aws("CreateAccount", body)
	if res.StatusCode != http.StatusOK {
		r.Fatalf("%d %s", res.StatusCode, text)
	}
	for range 2000 {
		var out struct{ CreateAccountStatus map[string]any }
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			r.Fatal(err)
		}
		if out.CreateAccountStatus["State"] != "IN_PROGRESS" {
			return out.CreateAccountStatus
		}
		time.Sleep(5 * time.Millisecond)
		_, text = r.aws("DescribeCreateAccountStatus", `{"CreateAccountRequestId":"`+out.CreateAccountStatus["Id"].(string)+`"}`)
	}
	r.Fatal("the creation does not end")
	return nil
}
