package signature_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestMain(m *testing.M) { harness.Main(m) }

// window is how far a request's time may be off.
const window = 15 * time.Minute

// organization makes an AWS account with an organization and returns its key.
func organization(t *testing.T, s *harness.Server) harness.Key {
	t.Helper()
	k := s.Mint(t, harness.AWS)
	r, body := s.JSONRequest(t, "CreateOrganization", map[string]any{})
	harness.SignAWS(t, r, body, k, "organizations", time.Now())
	if status, _, answer := harness.Do(t, r); status != http.StatusOK {
		t.Fatalf("CreateOrganization answers %d: %s", status, answer)
	}
	return k
}

var uuid = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// frame checks what every answer to an AWS client has: an id, the time that its clock is set by, and no age.
func frame(t *testing.T, h http.Header, contentType string) {
	t.Helper()
	if got := h.Get("Content-Type"); !strings.HasPrefix(got, contentType) {
		t.Errorf("the answer's content type is %q, want %s", got, contentType)
	}
	if id := h.Get("X-Amzn-Requestid"); !uuid.MatchString(id) {
		t.Errorf("the answer's request id is %q", id)
	}
	if at, err := http.ParseTime(h.Get("Date")); err != nil || time.Since(at).Abs() > time.Minute || h.Get("Age") != "" {
		t.Errorf("the answer's date is %q, its age %q", h.Get("Date"), h.Get("Age"))
	}
}

// jsonCode sends a request and returns its status and the code of its error, empty for none.
func jsonCode(t *testing.T, r *http.Request) (status int, code string) {
	t.Helper()
	status, header, body := harness.Do(t, r)
	frame(t, header, "application/x-amz-json-1.1")
	var fault struct {
		Type string `json:"__type"`
	}
	if err := json.Unmarshal(body, &fault); err != nil {
		t.Errorf("%d comes with what is no JSON: %s", status, body)
	}
	return status, fault.Type
}

// queryCode is jsonCode for the Query protocol.
func queryCode(t *testing.T, r *http.Request) (status int, code string) {
	t.Helper()
	status, header, body := harness.Do(t, r)
	frame(t, header, "text/xml")
	var fault struct {
		Error     struct{ Type, Code, Message string }
		RequestID string `xml:"RequestId"`
	}
	if err := xml.Unmarshal(body, &fault); err != nil {
		t.Errorf("%d comes with what is no XML: %s", status, body)
	}
	if status != http.StatusOK && (fault.Error.Type != "Sender" || fault.Error.Message == "" || fault.RequestID != header.Get("X-Amzn-Requestid")) {
		t.Errorf("%d comes with an incomplete fault: %s", status, body)
	}
	return status, fault.Error.Code
}

// huaweiFault sends a request and returns its status, code and message.
func huaweiFault(t *testing.T, r *http.Request) (status int, code, message string) {
	t.Helper()
	status, header, body := harness.Do(t, r)
	if header.Get("X-Request-Id") == "" {
		t.Error("the answer has no X-Request-Id")
	}
	if status < 400 {
		return status, "", ""
	}
	var fault struct {
		Code    string `json:"error_code"`
		Message string `json:"error_msg"`
		Request string `json:"request_id"`
	}
	if err := json.Unmarshal(body, &fault); err != nil || fault.Code == "" || fault.Message == "" || fault.Request != header.Get("X-Request-Id") {
		t.Errorf("%d comes with an incomplete fault: %s", status, body)
	}
	return status, fault.Code, fault.Message
}
