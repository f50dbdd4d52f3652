package harness

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"
)

// The partitions in which tests mint accounts.
const (
	AWS    = "aws"
	Huawei = "huaweicloud"
)

// Key is an access key and the account it belongs to.
type Key struct {
	Partition string `json:"partition"`
	Account   string `json:"account_id"`
	User      string `json:"user"`
	ID        string `json:"access_key_id"`
	Secret    string `json:"secret_access_key"`
	Token     string `json:"-"` // of a session
}

// Mint makes an account that is in no organization, with the key of its administrator.
func (s *Server) Mint(t testing.TB, partition string) Key {
	t.Helper()
	return s.MintNamed(t, partition, "", "")
}

// MintNamed is Mint with the account's name and address.
func (s *Server) MintNamed(t testing.TB, partition, name, email string) Key {
	t.Helper()
	var k Key
	s.Native(t, "POST", "/_polity/accounts", map[string]string{"partition": partition, "name": name, "email": email}, &k)
	return k
}

// Native calls polity's own API as its operator, and ends the test unless that answers 200.
func (s *Server) Native(t testing.TB, method, path string, in, out any) {
	t.Helper()
	status, body := s.TryNative(t, method, path, s.Token, in)
	if status != http.StatusOK {
		t.Fatalf("%s %s answers %d: %s", method, path, status, body)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal(body, out); err != nil {
		t.Fatalf("%s %s answers what cannot be read: %v", method, path, err)
	}
}

// TryNative calls polity's own API with a bearer token, or without one when it is empty.
func (s *Server) TryNative(t testing.TB, method, path, token string, in any) (status int, body []byte) {
	t.Helper()
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	status, _, body = Do(t, r)
	return status, body
}

// Client is what all requests to servers go through, those of the SDKs too.
var Client = &http.Client{Transport: transport(), Timeout: patience}

func transport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Proxy, t.MaxIdleConnsPerHost = nil, 64
	return t
}

// Do sends a request and reads the answer whole.
func Do(t testing.TB, r *http.Request) (status int, header http.Header, body []byte) {
	t.Helper()
	res, err := Client.Do(r)
	if err != nil {
		t.Fatalf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	defer res.Body.Close()
	body, err = io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(fmt.Errorf("%s %s: %w", r.Method, r.URL.Path, err))
	}
	return res.StatusCode, res.Header, body
}
