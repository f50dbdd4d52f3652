package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// output is what a command has written so far.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// ran is a command that has ended.
func ran(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	var out, err output
	code = run(ctx, args, &out, &err)
	if ctx.Err() != nil {
		t.Errorf("polity %s does not end by itself", strings.Join(args, " "))
	}
	return code, out.String(), err.String()
}

var ready = regexp.MustCompile(`(?m)^polity is ready at (http://127\.0\.0\.1:\d+)$`)

// started is a server that runs until it is stopped.
type started struct {
	url            string
	stdout, stderr *output
	stop           func() int // its exit code
}

func start(t *testing.T, args ...string) started {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := started{stdout: &output{}, stderr: &output{}}
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, args, s.stdout, s.stderr) }()
	s.stop = sync.OnceValue(func() int {
		cancel()
		return <-ended
	})
	t.Cleanup(func() { s.stop() })
	for range 4000 {
		if m := ready.FindStringSubmatch(s.stdout.String()); m != nil {
			s.url = m[1]
			return s
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("polity %s is not ready: %s %s", strings.Join(args, " "), s.stdout, s.stderr)
	return s
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	for _, c := range []struct {
		args []string
		want int
		says string // on standard error for a failure, on standard output otherwise
	}{
		{[]string{"version"}, 0, "polity "},
		{[]string{"--version"}, 0, "polity "},
		{[]string{"--help"}, 0, "serve"},
		{[]string{"dev", "--help"}, 0, "--quotas"},
		{[]string{"serve", "--help"}, 0, "--database"},
		{nil, 2, "expected one of"},
		{[]string{"fly"}, 2, "fly"},
		{[]string{"dev", "--wings"}, 2, "--wings"},
		{[]string{"dev", "--auth", "maybe"}, 2, "--auth"},
		{[]string{"dev", "--pace", "slow"}, 2, "--pace"},
		{[]string{"dev", "--quotas", "none"}, 2, "--quotas"},
		{[]string{"dev", "--quota", "policies=1"}, 2, "policies"},
		{[]string{"dev", "--quota", "units=many"}, 2, "many"},
		{[]string{"dev", "--log-level", "loud"}, 2, "log-level"},
		{[]string{"dev", "--log-format", "xml"}, 2, "--log-format"},
		{[]string{"dev", "--stop-timeout", "soon"}, 2, "soon"},
		{[]string{"dev", "--listen", "0.0.0.0:0"}, 2, "--public"},
		{[]string{"dev", "--database", "sqlite:x"}, 2, "--database"},
		{[]string{"serve", "--database", "mysql://x"}, 2, "mysql"},
		{[]string{"serve", "--database", "sqlite:" + filepath.Join(folder, "a.db"), "--key", "short"}, 2, "32 bytes"},
		{[]string{"serve", "--database", "sqlite:" + filepath.Join(folder, "a.db"), "--aws-access-key-id", "AKIA"}, 2, "together"},
		{[]string{"serve", "--database", "sqlite:" + filepath.Join(folder, "a.db"), "--aws-account-id", "x"}, 2, `"x"`},
		{[]string{"serve", "--database", "sqlite:" + filepath.Join(folder, "a.db"), "--auth", "open", "--listen", ":0"}, 2, "loopback"},
		{[]string{"dev", "--provisioner-url", "nowhere"}, 2, "URL"},
		{[]string{"serve", "--database", "sqlite:" + filepath.Join(folder, "no", "a.db")}, 1, "a.db"},
		{[]string{"dev", "--listen", taken.Addr().String()}, 1, "in use"},
		{[]string{"account", "create", "--endpoint", "http://127.0.0.1:1"}, 1, "refused"},
		{[]string{"account"}, 2, "create"},
	} {
		code, stdout, stderr := ran(t, c.args...)
		told := stderr
		if c.want == 0 {
			told = stdout
		}
		if code != c.want || !strings.Contains(told, c.says) {
			t.Errorf("polity %s: exit %d, want %d; %q does not say %q", strings.Join(c.args, " "), code, c.want, told, c.says)
		}
		if c.want != 0 && (stdout != "" || !strings.HasPrefix(stderr, "polity: ")) {
			t.Errorf("polity %s: %q, %q", strings.Join(c.args, " "), stdout, stderr)
		}
	}
}

func TestTheTwinSaysWhereItIsAndStopsAsAsked(t *testing.T) {
	t.Parallel()
	s := start(t, "dev", "--listen", "127.0.0.1:0")
	res, err := http.Get(s.url + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("%s, %v", res.Status, err)
	}
	if code := s.stop(); code != 0 {
		t.Errorf("exit %d: %s", code, s.stderr)
	}
	if got := s.stdout.String(); strings.Count(got, "\n") != 1 {
		t.Errorf("it prints %q", got)
	}
	if _, err := http.Get(s.url + "/healthz"); err == nil {
		t.Error("it still answers")
	}
}

func TestFirstCredentialsArePrintedOnce(t *testing.T) {
	t.Parallel()
	args := []string{"serve", "--listen", "127.0.0.1:0", "--database", "sqlite:" + filepath.Join(t.TempDir(), "polity.db")}
	first := start(t, args...)
	if code := first.stop(); code != 0 {
		t.Errorf("exit %d: %s", code, first.stderr)
	}
	for _, want := range []string{
		`first AWS credentials: AWS_ACCESS_KEY_ID=AKIA[A-Z2-7]{16} AWS_SECRET_ACCESS_KEY=\S{40} account=\d{12}\n`,
		`first Huawei Cloud credentials: HUAWEICLOUD_SDK_AK=[0-9A-Z]{20} HUAWEICLOUD_SDK_SK=\S{40} HUAWEICLOUD_SDK_DOMAIN_ID=[0-9a-f]{32}\n`,
		`operator token: POLITY_OPERATOR_TOKEN=\S{32}\n`,
	} {
		if !regexp.MustCompile(want).MatchString(first.stdout.String()) {
			t.Errorf("there is no %s in %s", want, first.stdout)
		}
	}
	again := start(t, args...)
	if code := again.stop(); code != 0 {
		t.Errorf("exit %d: %s", code, again.stderr)
	}
	if got := again.stdout.String(); strings.Count(got, "\n") != 1 || !ready.MatchString(got) {
		t.Errorf("the second start prints %s", got)
	}
}

func TestAFileServesOneProcess(t *testing.T) {
	t.Parallel()
	args := []string{"serve", "--listen", "127.0.0.1:0", "--database", "sqlite:" + filepath.Join(t.TempDir(), "polity.db")}
	start(t, args...)
	if code, stdout, stderr := ran(t, args...); code != 1 || stdout != "" || stderr == "" {
		t.Errorf("exit %d: %s %s", code, stdout, stderr)
	}
}

func TestAccountsAreMinted(t *testing.T) {
	t.Parallel()
	s := start(t, "dev", "--listen", "127.0.0.1:0")
	code, stdout, stderr := ran(t, "account", "create", "--endpoint", s.url, "--partition", "huaweicloud", "--email", "m@corp.example", "management")
	var made map[string]string
	if err := json.Unmarshal([]byte(stdout), &made); err != nil || code != 0 {
		t.Fatalf("exit %d: %s %s", code, stdout, stderr)
	}
	if made["partition"] != "huaweicloud" || len(made["account_id"]) != 32 || made["access_key_id"] == "" || made["secret_access_key"] == "" || made["user"] != "admin" {
		t.Errorf("%v", made)
	}
	if code, _, stderr := ran(t, "account", "create", "--endpoint", s.url, "--partition", "mars"); code != 1 || !strings.Contains(stderr, "mars") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}

func TestTheOperatorTokenIsAskedFor(t *testing.T) {
	t.Parallel()
	s := start(t, "serve", "--listen", "127.0.0.1:0", "--database", "sqlite:"+filepath.Join(t.TempDir(), "polity.db"), "--operator-token", "open-sesame")
	if code, _, stderr := ran(t, "account", "create", "--endpoint", s.url); code != 1 || !strings.Contains(stderr, "401") || !strings.Contains(stderr, "--operator-token") {
		t.Errorf("without: exit %d: %s", code, stderr)
	}
	if code, _, stderr := ran(t, "account", "create", "--endpoint", s.url, "--operator-token", "open-sesame"); code != 0 {
		t.Errorf("with it: exit %d: %s", code, stderr)
	}
}

// Not parallel: it changes the environment. A value that cannot be is the proof that the variable is read.
func TestEveryFlagIsAVariableToo(t *testing.T) {
	for variable, value := range map[string]string{
		"POLITY_AUTH": "maybe", "POLITY_QUOTAS": "none", "POLITY_PACE": "slow", "POLITY_LOG_LEVEL": "loud", "POLITY_LOG_FORMAT": "xml",
		"POLITY_STOP_TIMEOUT": "soon", "POLITY_WORKERS": "many", "POLITY_POOL": "many", "POLITY_PUBLIC": "maybe", "POLITY_DATABASE": "mysql://x",
		"POLITY_KEY": "short", "POLITY_AWS_ACCESS_KEY_ID": "AKIA", "POLITY_HUAWEI_SECRET_KEY": "s", "POLITY_AWS_ACCOUNT_ID": "x",
		"POLITY_PROVISIONER_URL": "nowhere", "POLITY_QUOTA": "policies=1",
	} {
		t.Run(variable, func(t *testing.T) {
			t.Setenv("POLITY_DATABASE", "sqlite:"+filepath.Join(t.TempDir(), "polity.db"))
			t.Setenv(variable, value)
			if code, stdout, stderr := ran(t, "serve", "--listen", "127.0.0.1:0"); code != 2 {
				t.Errorf("exit %d: %s %s", code, stdout, stderr)
			}
		})
	}
}
