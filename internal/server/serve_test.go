package server

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// fileText is everything that lies in a database's files.
func fileText(t *testing.T, database string) string {
	t.Helper()
	path, all := strings.TrimPrefix(database, "sqlite:"), ""
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + suffix)
		if err != nil && suffix == "" {
			t.Fatal(err)
		}
		all += string(b)
	}
	if len(all) < 4096 {
		t.Fatalf("the files hold %d bytes", len(all))
	}
	return all
}

// begin sends the head of a request, and returns the connection once the server waits for the body, which is {}.
func (r *running) begin() (net.Conn, *bufio.Reader) {
	r.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://"))
	if err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { _ = conn.Close() })
	_, err = fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AWSOrganizationsV20161128.CreateOrganization\r\n"+
		"Authorization: AWS4-HMAC-SHA256 Credential=%s/20260101/us-east-1/organizations/aws4_request, SignedHeaders=host, Signature=00\r\n"+
		"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n", awsPayer)
	if err != nil {
		r.Fatal(err)
	}
	in := bufio.NewReader(conn)
	for _, want := range []string{"HTTP/1.1 100 Continue\r\n", "\r\n"} {
		if line, err := in.ReadString('\n'); err != nil || line != want {
			r.Fatalf("%q, %v", line, err)
		}
	}
	return conn, in
}

func TestARequestUnderWayEndsBeforeTheServer(t *testing.T) {
	t.Parallel()
	r := run(t)
	conn, in := r.begin()
	r.stop()
	select {
	case err := <-r.ended:
		r.ended <- err
		t.Fatalf("the server did not wait: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	if _, err := conn.Write([]byte("{}")); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("%s, %v", res.Status, err)
	}
	if err := r.wait(); err != nil {
		t.Error(err)
	}
}

func TestARequestThatNeverEndsIsCutOff(t *testing.T) {
	t.Parallel()
	r := run(t, func(c *Config) { c.Stop = 30 * time.Millisecond })
	r.begin()
	start := time.Now()
	r.stop()
	if err := r.wait(); err != nil {
		t.Error(err)
	}
	if took := time.Since(start); took > 4*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestEveryAPIAnswersWithAnIDOfItsOwn(t *testing.T) {
	t.Parallel()
	r := run(t)
	uuid := regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	seen := map[string]bool{}
	check := func(says, header string, res *http.Response, body string) {
		t.Helper()
		id := res.Header.Get(header)
		if !uuid.MatchString(id) || seen[id] {
			t.Errorf("%s: %d %s has the id %q", says, res.StatusCode, body, id)
		}
		seen[id] = true
	}
	for range 2 {
		res, body := r.aws("CreateOrganization", `{}`)
		check("AWS Organizations", "X-Amzn-Requestid", res, body)
		res, body = r.aws("Nothing", `{}`)
		check("an operation of nobody's", "X-Amzn-Requestid", res, body)
		res, body = r.do("POST", "/", "Action=GetCallerIdentity&Version=2011-06-15", "Content-Type", "application/x-www-form-urlencoded")
		check("STS", "X-Amzn-Requestid", res, body)
		res, body = r.huawei("POST", "/v1/organizations", "")
		check("Huawei Cloud Organizations", "X-Request-Id", res, body)
		res, body = r.huawei("GET", "/v1/organizations/roots/nothing/at/all", "")
		check("a path of nobody's there", "X-Request-Id", res, body)
		res, body = r.huawei("GET", "/v1/landing-zone/home-region", "")
		check("RGC", "X-Request-Id", res, body)
		res, body = r.huawei("GET", "/v3/auth/domains", "")
		check("Huawei Cloud IAM", "X-Request-Id", res, body)
		res, body = r.do("GET", "/_polity/clock", "")
		check("the native API", "X-Request-Id", res, body)
		res, body = r.do("GET", "/_polity/nothing", "")
		check("nothing of the native API", "X-Request-Id", res, body)
		res, body = r.do("GET", "/nothing", "")
		check("nothing at all", "X-Request-Id", res, body)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	r := run(t)
	for _, path := range []string{"/healthz", "/readyz"} {
		if res, body := r.do("GET", path, ""); res.StatusCode != http.StatusOK || body != "ok\n" {
			t.Errorf("%s: %d %q", path, res.StatusCode, body)
		}
	}
	if res, _ := r.do("POST", "/healthz", ""); res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", res.StatusCode)
	}
}

func TestAServerWithoutItsDatabaseIsAliveButNotReady(t *testing.T) {
	t.Parallel()
	s := open(t, twinConfig(&journal{}))
	shut(t, s)
	for path, want := range map[string]int{"/healthz": http.StatusOK, "/readyz": http.StatusServiceUnavailable} {
		if got := answered(t, s, path); got.Code != want {
			t.Errorf("%s: %d %s", path, got.Code, got.Body)
		}
	}
	if got := answered(t, s, "/metrics").Body.String(); !strings.Contains(got, "polity_database_up 0\n") {
		t.Error("the metrics do not tell that the database is gone")
	}
}

func TestADurableServerAsksForItsToken(t *testing.T) {
	t.Parallel()
	r := run(t, func(c *Config) {
		d := durableConfig(t.TempDir() + "/polity.db")
		c.Twin, c.Database, c.Auth = false, d.Database, d.Auth
	})
	if res, _ := r.do("GET", "/_polity/events?organization=o-1", ""); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("without: %d", res.StatusCode)
	}
	if res, body := r.do("GET", "/_polity/events?organization=o-1", "", "Authorization", "Bearer "+r.First.OperatorToken); res.StatusCode != http.StatusNotFound || !strings.Contains(body, "OrganizationMissing") {
		t.Errorf("with it: %d %s", res.StatusCode, body)
	}
	if res, _ := r.do("POST", "/_polity/reset", "", "Authorization", "Bearer "+r.First.OperatorToken); res.StatusCode != http.StatusNotFound {
		t.Errorf("a reset: %d", res.StatusCode)
	}
	if res, body := r.aws("DescribeOrganization", `{}`); !strings.Contains(body, "UnrecognizedClientException") && !strings.Contains(body, "Signature") {
		t.Errorf("a signature of nobody's: %d %s", res.StatusCode, body)
	}
}
