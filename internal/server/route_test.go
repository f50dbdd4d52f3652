package server

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"testing"
)

// labelled are handlers that answer with their name.
func labelled() *apis {
	name := func(n string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, n) })
	}
	return &apis{
		awsorg: name("awsorg"), awssts: name("awssts"), awsiam: name("awsiam"), awsaccount: name("awsaccount"), hworg: name("hworg"), hwrgc: name("hwrgc"), hwiam: name("hwiam"), native: name("native"),
		own: name("own"), nowhere: name("nowhere"),
	}
}

func routed(method, path string, headers ...string) string {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	labelled().ServeHTTP(rec, r)
	return rec.Body.String()
}

func TestRequestsFindTheirAPI(t *testing.T) {
	t.Parallel()
	const target = "AWSOrganizationsV20161128.ListRoots"
	for _, c := range []struct {
		method, path string
		headers      []string
		want         string
	}{
		{"POST", "/", []string{"X-Amz-Target", target}, "awsorg"},
		{"POST", "/", []string{"X-Amz-Target", "SomethingElse"}, "awsorg"},
		{"POST", "/", []string{"Content-Type", "application/x-amz-json-1.1"}, "awsorg"},
		{"POST", "/", nil, "awssts"},
		{"GET", "/?Action=GetCallerIdentity&Version=2011-06-15", nil, "awssts"},
		{"GET", "/?Version=2011-06-15", []string{"Authorization", "AWS4-HMAC-SHA256 Credential=x"}, "awssts"},
		{"GET", "/", nil, "hwiam"},
		{"GET", "/", []string{"Authorization", "SDK-HMAC-SHA256 Access=x"}, "hwiam"},
		{"POST", "/", []string{"Authorization", "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0"}, "awsiam"},
		{"POST", "/?Version=2010-05-08", []string{"Authorization", "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0"}, "awssts"},
		{"GET", "/?Action=GetUser&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260101%2Fus-east-1%2Fiam%2Faws4_request", nil, "awsiam"},
		{"POST", "/", []string{"Authorization", "Basic x"}, "awssts"},
		{"POST", "/?Action=GetUser&Version=2010-05-08", nil, "awsiam"},
		{"GET", "http://iam.amazonaws.com/?Action=GetUser", nil, "awsiam"},
		{"POST", "http://sts.amazonaws.com/", nil, "awssts"},
		{"POST", "/getAccountInformation", nil, "awsaccount"},
		{"POST", "/listRegions", nil, "awsaccount"},
		{"POST", "/ListRegions", nil, "nowhere"},
		{"POST", "/listRegions/x", nil, "nowhere"},
		{"GET", "/healthz", nil, "own"},
		{"GET", "/readyz", nil, "own"},
		{"GET", "/metrics", nil, "own"},
		{"GET", "/healthz", []string{"X-Amz-Target", target}, "own"},
		{"POST", "/_polity/reset", nil, "native"},
		{"POST", "/_polity/clock", []string{"X-Amz-Target", target}, "native"},
		{"POST", "/moto-api/reset", nil, "native"},
		{"GET", "/moto-api/other", nil, "nowhere"},
		{"GET", "/v1/organizations", nil, "hworg"},
		{"GET", "/v1/organizationsx", nil, "nowhere"},
		{"GET", "/v3", nil, "hwiam"},
		{"GET", "/v3/auth/domains", nil, "hwiam"},
		{"GET", "/v3/auth/tokens", nil, "hwiam"},
		{"POST", "/v3.0/OS-CREDENTIAL/securitytokens", nil, "hwiam"},
		{"POST", "/v5/agencies/assume", nil, "hwiam"},
		{"GET", "/v30", nil, "nowhere"},
		{"GET", "/v1", nil, "nowhere"},
		{"GET", "/nothing", nil, "nowhere"},
	} {
		if got := routed(c.method, c.path, c.headers...); got != c.want {
			t.Errorf("%s %s %v finds %s, want %s", c.method, c.path, c.headers, got, c.want)
		}
	}
}

// Every path of a contract finds the API of that contract.
func TestEveryPathOfAContractFindsItsAPI(t *testing.T) {
	t.Parallel()
	path, parameter := regexp.MustCompile(`(?m)^ {2,4}["']?(/[^"':\s]+)["']?:`), regexp.MustCompile(`\{[^}]+\}`)
	for api, least := range map[string]int{"hworg": 50, "hwrgc": 45} {
		text, err := os.ReadFile("../api/" + api + "/contract.yaml")
		if err != nil {
			t.Fatal(err)
		}
		found := path.FindAllStringSubmatch(string(text), -1)
		if len(found) < least {
			t.Fatalf("%s: only %d paths were found", api, len(found))
		}
		for _, m := range found {
			if got := routed("GET", parameter.ReplaceAllString(m[1], "x")); got != api {
				t.Errorf("%s finds %s, want %s", m[1], got, api)
			}
		}
	}
}
