package signature_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/conformance/harness"
)

// Each case makes of a request that is signed now by the SDK's signer one that is refused, or not.
func TestJSONSignatures(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		k := organization(t, s)
		huawei := s.Mint(t, harness.Huawei)
		const good, bad, incomplete, unknown = "", "InvalidSignatureException", "IncompleteSignatureException", "UnrecognizedClientException"
		for name, c := range map[string]struct {
			key     func(*harness.Key)
			at      time.Duration
			service string
			change  func(*http.Request)
			want    string
		}{
			"as it is":                           {want: good},
			"signed 14 minutes ago":              {at: 30*time.Second - window, want: good},
			"signed 14 minutes ahead":            {at: window - 30*time.Second, want: good},
			"signed 16 minutes ago":              {at: -window - time.Minute, want: bad},
			"signed 16 minutes ahead":            {at: window + time.Minute, want: bad},
			"signed with another secret":         {key: func(k *harness.Key) { k.Secret += "x" }, want: bad},
			"signed for another service":         {service: "sts", want: bad},
			"of a key that does not exist":       {key: func(k *harness.Key) { k.ID = "AKIAQAAAAAAVAAAAAAAA" }, want: unknown},
			"of a key that is an account":        {key: func(k *harness.Key) { k.ID = k.Account }, want: unknown},
			"of a key of the other cloud":        {key: func(k *harness.Key) { *k = huawei }, want: unknown},
			"of a lasting key with a token":      {key: func(k *harness.Key) { k.Token = "FwoGTOKEN==" }, want: unknown},
			"of a temporary key without a token": {key: func(k *harness.Key) { k.ID = "ASIA" + k.ID[4:] }, want: unknown},
			"without a signature":                {change: func(r *http.Request) { r.Header.Del("Authorization") }, want: "MissingAuthenticationTokenException"},
			"with half a signature":              {change: cutAuthorization(", Signature="), want: incomplete},
			"without signed headers":             {change: dropFrom("SignedHeaders=", ", Signature="), want: incomplete},
			"without a credential":               {change: dropFrom("Credential=", ", SignedHeaders="), want: incomplete},
			"with a short credential":            {change: replaceAuthorization("/aws4_request", ""), want: incomplete},
			"without a date":                     {change: func(r *http.Request) { r.Header.Del("X-Amz-Date") }, want: incomplete},
			"with a changed body":                {change: body(`{"MaxResults":1}`), want: bad},
			"with a changed target":              {change: header("X-Amz-Target", "AWSOrganizationsV20161128.ListRoots"), want: bad},
			"with a changed date":                {change: header("X-Amz-Date", time.Now().Add(time.Minute).UTC().Format("20060102T150405Z")), want: bad},
			"with another terminator":            {change: replaceAuthorization("aws4_request", "aws5_request"), want: bad},
			"with a hash of another body":        {change: header("X-Amz-Content-Sha256", strings.Repeat("0", 64)), want: bad},
			"with an unsigned host":              {change: replaceAuthorization(";host;", ";"), want: bad},
			"with a header that is not sent":     {change: replaceAuthorization("SignedHeaders=", "SignedHeaders=a-header;"), want: bad},
			"with an unsigned header more":       {change: header("X-Other", "1"), want: good},
		} {
			key := k
			if c.key != nil {
				c.key(&key)
			}
			if c.service == "" {
				c.service = "organizations"
			}
			r, sent := s.JSONRequest(t, "DescribeOrganization", map[string]any{})
			harness.SignAWS(t, r, sent, key, c.service, time.Now().Add(c.at))
			if c.change != nil {
				c.change(r)
			}
			status, code := jsonCode(t, r)
			if wantStatus := map[bool]int{true: 200, false: 400}[c.want == good]; status != wantStatus || code != c.want {
				t.Errorf("a request %s is answered %d %s, want %d %s", name, status, code, wantStatus, c.want)
			}
		}
	})
}

func TestJSONRequestsThatAreNone(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		k := organization(t, s)
		for name, c := range map[string]struct{ operation, body, want string }{
			"an operation that does not exist": {"DescribeEverything", `{}`, "UnknownOperationException"},
			"a body that is no JSON":           {"ListAccounts", `{"MaxResults":`, "SerializationException"},
			"a body that is no object":         {"ListAccounts", `[]`, "SerializationException"},
			"a member of a wrong type":         {"ListAccounts", `{"MaxResults":"2"}`, "SerializationException"},
			"a member that does not exist":     {"ListAccounts", `{"Colour":"red"}`, ""},
			"an empty body":                    {"DescribeOrganization", ``, ""},
		} {
			r, _ := s.JSONRequest(t, c.operation, nil)
			body(c.body)(r)
			harness.SignAWS(t, r, []byte(c.body), k, "organizations", time.Now())
			if _, code := jsonCode(t, r); code != c.want {
				t.Errorf("%s is answered %q, want %q", name, code, c.want)
			}
		}
	})
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func body(text string) func(*http.Request) {
	return func(r *http.Request) {
		r.Body, r.ContentLength, r.GetBody = io.NopCloser(bytes.NewReader([]byte(text))), int64(len(text)), nil
	}
}

func replaceAuthorization(old, now string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), old, now, 1))
	}
}

// cutAuthorization leaves what stands before a text.
func cutAuthorization(at string) func(*http.Request) {
	return func(r *http.Request) {
		before, _, _ := strings.Cut(r.Header.Get("Authorization"), at)
		r.Header.Set("Authorization", before)
	}
}

// dropFrom leaves out what stands from one text to another, with the first and with the comma before the second.
func dropFrom(from, to string) func(*http.Request) {
	return func(r *http.Request) {
		before, rest, _ := strings.Cut(r.Header.Get("Authorization"), from)
		_, after, _ := strings.Cut(rest, to)
		r.Header.Set("Authorization", before+strings.TrimPrefix(to, ", ")+after)
	}
}
