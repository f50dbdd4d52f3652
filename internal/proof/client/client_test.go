package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/hwsign"
	"github.com/polity-cloud/polity/internal/wire/sigv4"
)

var key = Key{ID: "AKIAEXAMPLE", Secret: "secret"}

func secret(_ context.Context, id, _ string) (string, error) {
	if id != key.ID {
		return "", errors.New("unknown key")
	}
	return key.Secret, nil
}

// server verifies every request and then answers.
func server(t *testing.T, verify func(*http.Request, []byte) error, status int, answer string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = verify(r, body)
		}
		if err != nil {
			t.Errorf("verify: %v", err)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestSignaturesOfBothCloudsVerify(t *testing.T) {
	t.Parallel()
	aws, hw := sigv4.Verifier{Service: awsService}, hwsign.Verifier{}
	at := server(t, func(r *http.Request, b []byte) error { _, err := aws.Verify(r.Context(), r, b, secret); return err }, 200, `{"A":1}`)
	var out struct{ A int }
	if err := (AWS{at, key, New(1)}).Call(t.Context(), "DescribeAccount", map[string]string{"AccountId": "1"}, &out); err != nil || out.A != 1 {
		t.Errorf("AWS answers %v, %v", out, err)
	}
	at = server(t, func(r *http.Request, b []byte) error { _, err := hw.Verify(r.Context(), r, b, secret); return err }, 202, `{"A":2}`)
	h := Huawei{at, key, New(1)}
	if err := h.Call(t.Context(), http.MethodPost, "/v1/organizations/accounts", nil, map[string]string{"name": "one"}, &out); err != nil || out.A != 2 {
		t.Errorf("Huawei Cloud answers %v, %v", out, err)
	}
	q := url.Values{"marker": {"a b/é+c"}, "limit": {"5"}}
	if err := h.Call(t.Context(), http.MethodGet, "/v1/organizations/accounts", q, nil, &out); err != nil {
		t.Error(err)
	}
}

func TestRefusalsOfBothCloudsAreRead(t *testing.T) {
	t.Parallel()
	pass := func(*http.Request, []byte) error { return nil }
	for answer, want := range map[string]Error{
		`{"__type":"com.amazon#AccountNotFoundException","Message":"no"}`: {400, "AccountNotFoundException", "no"},
		`{"__type":"AccessDeniedException","Message":"no"}`:               {400, "AccessDeniedException", "no"},
		`{"error_code":"Organizations.1001","error_msg":"no"}`:            {400, "Organizations.1001", "no"},
		`what`: {400, "", "what"},
	} {
		err := (AWS{server(t, pass, 400, answer), key, New(1)}).Call(t.Context(), "X", struct{}{}, nil)
		if e, ok := errors.AsType[*Error](err); !ok || *e != want {
			t.Errorf("%s reads as %v", answer, err)
		}
	}
}
