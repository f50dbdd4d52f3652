package harness

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"
	"time"
)

// Account calls AWS Account Management, signed for a service, which is "account" for those who mean it.
func (s *Server) Account(t testing.TB, k Key, service, path string, in any) (status int, body []byte) {
	t.Helper()
	text := Try(json.Marshal(in)).Or(t)
	r := Try(http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/"+path, bytes.NewReader(text))).Or(t)
	r.Header.Set("Content-Type", "application/json")
	SignAWS(t, r, text, k, service, time.Now())
	status, _, body = Do(t, r)
	return status, body
}
