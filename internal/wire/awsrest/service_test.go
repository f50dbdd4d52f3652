package awsrest

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/awsjson"
	"github.com/polity-cloud/polity/internal/wire/call"
)

var (
	errAuth  = errors.New("nobody")
	errPlain = errors.New("a law")
	errNone  = errors.New("without a row")
)

func service(end error) *Service {
	return &Service{
		API:        "test",
		Operations: map[string]awsjson.Operation{"GetThing": awsjson.Do(func(context.Context, *awsjson.Empty) error { return end })},
		Known:      func(name string) bool { return name == "GetThing" || name == "PutThing" },
		Authenticate: func(ctx context.Context, r *http.Request, body []byte) (context.Context, error) {
			if r.Header.Get("X-Nobody") != "" {
				return nil, errAuth
			}
			return ctx, nil
		},
		Fault: func(err error) Fault {
			switch {
			case errors.Is(err, errAuth):
				return Fault{Status: http.StatusForbidden, Code: "AccessDeniedException", Message: "no"}
			case errors.Is(err, errPlain):
				return Fault{Status: http.StatusBadRequest, Code: "ValidationException", Message: "a law", Reason: "r", Field: "F"}
			}
			return Fault{}
		},
	}
}

func TestWhatIsAnswered(t *testing.T) {
	t.Parallel()
	for says, c := range map[string]struct {
		method, path, body, header string
		end                        error
		status                     int
		code                       string
	}{
		"a success":                           {"POST", "/getThing", `{}`, "", nil, 200, ""},
		"a success without a body":            {"POST", "/getThing", ``, "", nil, 200, ""},
		"nobody, of a path that is not there": {"POST", "/nothing", `{}`, "X-Nobody", nil, 403, "AccessDeniedException"},
		"a path that is not there":            {"POST", "/nothing", `{}`, "", nil, 404, "UnknownOperationException"},
		"an operation's own name":             {"POST", "/GetThing", `{}`, "", nil, 404, "UnknownOperationException"},
		"another method":                      {"GET", "/getThing", ``, "", nil, 404, "UnknownOperationException"},
		"an operation that is not served":     {"POST", "/putThing", `{}`, "", nil, 400, "UnsupportedOperationException"},
		"half a character":                    {"POST", "/getThing", `{"Name":"\ud800"}`, "", nil, 400, "SerializationException"},
		"no JSON":                             {"POST", "/getThing", `{`, "", nil, 400, "SerializationException"},
		"a body that is too large":            {"POST", "/getThing", strings.Repeat(" ", awsjson.MaxBody+1), "", nil, 413, "RequestEntityTooLargeException"},
		"a broken law":                        {"POST", "/getThing", `{}`, "", errPlain, 400, "ValidationException"},
		"an error without a row":              {"POST", "/getThing", `{}`, "", errNone, 500, "InternalFailure"},
		"a fault of the operation's":          {"POST", "/getThing", `{}`, "", Fault{Status: 409, Code: "ConflictException"}, 409, "ConflictException"},
	} {
		k := &call.Call{RequestID: "id-1"}
		r := httptest.NewRequestWithContext(call.With(t.Context(), k), c.method, c.path, strings.NewReader(c.body))
		if c.header != "" {
			r.Header.Set(c.header, "yes")
		}
		rec := httptest.NewRecorder()
		service(c.end).ServeHTTP(rec, r)
		if rec.Code != c.status || rec.Header().Get("X-Amzn-Errortype") != c.code || k.Code != c.code || k.API != "test" {
			t.Errorf("%s: %d %v, %+v", says, rec.Code, rec.Header(), k)
		}
		if rec.Header().Get("X-Amzn-Requestid") != "id-1" || (k.Err != nil) != (c.status == 500) {
			t.Errorf("%s: %v, %v", says, rec.Header(), k.Err)
		}
		if c.code == "" {
			continue
		}
		var f map[string]any
		if err := json.Unmarshal(rec.Body.Bytes(), &f); err != nil || f["__type"] != c.code {
			t.Errorf("%s: %s, %v", says, rec.Body, err)
		}
		if c.code == "ValidationException" && (f["reason"] != "r" || len(f["fieldList"].([]any)) != 1) {
			t.Errorf("%s: %s", says, rec.Body)
		}
	}
}
