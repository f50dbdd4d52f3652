package awsjson_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-faster/jx"

	"github.com/polity-cloud/polity/internal/wire/awsjson"
	"github.com/polity-cloud/polity/internal/wire/call"
)

// thing is a shape written by hand as the generator would.
type thing struct {
	Name  string // required
	Count int
	Note  *string
	At    time.Time
	Inner *thing
	List  []thing
	Words []string
	On    *bool
	Size  *int

	seen awsjson.Seen
}

func (v *thing) Decode(d *jx.Decoder) error {
	*v = thing{}
	return d.ObjBytes(func(d *jx.Decoder, key []byte) error {
		switch string(key) {
		case "Name":
			return awsjson.String(d, &v.seen, 0, &v.Name)
		case "Count":
			return awsjson.Int(d, &v.seen, 1, &v.Count)
		case "Note":
			return awsjson.OptString(d, &v.seen, 2, &v.Note)
		case "At":
			return awsjson.Time(d, &v.seen, 3, &v.At)
		case "Inner":
			return awsjson.Struct(d, &v.seen, 4, &v.Inner)
		case "List":
			return awsjson.Structs(d, &v.seen, 5, &v.List)
		case "Words":
			return awsjson.Strings(d, &v.seen, 6, &v.Words)
		case "On":
			return awsjson.OptBool(d, &v.seen, 7, &v.On)
		case "Size":
			return awsjson.OptInt(d, &v.seen, 8, &v.Size)
		}
		return d.Skip()
	})
}

func (v *thing) Validate() *awsjson.Violation {
	c := awsjson.NewCheck(v.seen)
	c.Require(0, "Name")
	c.String(0, "Name", v.Name, &awsjson.StringRule{Min: 1, Max: 5})
	c.Int(1, "Count", v.Count, &awsjson.IntRule{Min: 1, Max: 20})
	c.Struct(4, "Inner", v.Inner)
	awsjson.CheckStructs(&c, 5, "List", v.List)
	awsjson.CheckStrings(&c, 6, "Words", v.Words, &awsjson.StringRule{Enum: []string{"A", "B"}})
	return c.Violation()
}

func (v *thing) Append(b []byte) []byte {
	start := len(b)
	b = awsjson.AppendString(append(b, `,"Name":`...), v.Name)
	return awsjson.Close(b, start)
}

var errGone = errors.New("gone")

func newService() *awsjson.Service {
	return &awsjson.Service{
		API: "test", Prefix: "Test_2020.",
		Known: func(n string) bool { return n == "Later" || n == "Echo" },
		Authenticate: func(ctx context.Context, r *http.Request, body []byte) (context.Context, error) {
			switch r.Header.Get("Authorization") {
			case "bad":
				return nil, awsjson.Fault{Status: 400, Code: "InvalidSignatureException", Message: "no"}
			case "body":
				return nil, errors.New(string(body))
			}
			return ctx, nil
		},
		Fault: func(err error) awsjson.Fault {
			if v := (*awsjson.Violation)(nil); errors.As(err, &v) {
				return awsjson.Fault{Status: 400, Code: "InvalidInputException", Message: v.Error(), Reason: v.Reason}
			}
			if errors.Is(err, errGone) {
				return awsjson.Fault{Status: 400, Code: "GoneException", Message: "It is gone."}
			}
			return awsjson.Fault{}
		},
		Operations: map[string]awsjson.Operation{
			"Echo":    awsjson.Handle(func(_ context.Context, in *thing) (*thing, error) { return in, nil }),
			"Nothing": awsjson.Do(func(context.Context, *awsjson.Empty) error { return nil }),
			"Nil":     awsjson.Handle(func(context.Context, *awsjson.Empty) (*thing, error) { return nil, nil }),
			"Gone":    awsjson.Do(func(context.Context, *awsjson.Empty) error { return errGone }),
			"Fail":    awsjson.Do(func(context.Context, *awsjson.Empty) error { return errors.New("disk full") }),
			"Slow": awsjson.Do(func(context.Context, *awsjson.Empty) error {
				return fmt.Errorf("slow: %w", awsjson.Fault{Status: 400, Code: "TooManyRequestsException", Message: "Slow down.", Type: "RATE"})
			}),
			"Panic": awsjson.Do(func(context.Context, *awsjson.Empty) error { panic("boom") }),
		},
	}
}

func send(t testing.TB, s *awsjson.Service, method, target, auth, body string) (*httptest.ResponseRecorder, *call.Call) {
	t.Helper()
	c := &call.Call{RequestID: "req-1"}
	r := httptest.NewRequestWithContext(call.With(t.Context(), c), method, "/", strings.NewReader(body))
	if target != "" {
		r.Header.Set("X-Amz-Target", target)
	}
	r.Header.Set("Authorization", auth)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w, c
}

func TestServiceAnswers(t *testing.T) {
	t.Parallel()
	deep := `{"Inner":` + strings.Repeat(`{"Inner":`, 150) + `{}` + strings.Repeat("}", 151)
	for _, tt := range []struct {
		name, method, target, auth, body string
		status                           int
		code, want                       string // want is the whole body of a success and a part of a fault's
	}{
		{name: "an output is the body", target: "Test_2020.Echo", body: `{"Name":"a"}`, status: 200, want: `{"Name":"a"}`},
		{name: "no output is an empty body", target: "Test_2020.Nothing", body: `{}`, status: 200},
		{name: "a nil output is an empty body", target: "Test_2020.Nil", body: `{}`, status: 200},
		{name: "an empty body is the same as {}", target: "Test_2020.Nothing", status: 200},
		{name: "white space is an empty body", target: "Test_2020.Nothing", body: " \r\n\t", status: 200},
		{name: "white space around the value is fine", target: "Test_2020.Echo", body: " {\"Name\" : \"a\"}\n ", status: 200, want: `{"Name":"a"}`},
		{name: "unknown members are ignored", target: "Test_2020.Echo", body: `{"X":[{"Y":1e3}],"Name":"a","name":5}`, status: 200, want: `{"Name":"a"}`},
		{name: "of a member given twice the last one counts", target: "Test_2020.Echo", body: `{"Name":"a","Name":"b"}`, status: 200, want: `{"Name":"b"}`},
		{name: "names are case-sensitive", target: "Test_2020.Echo", body: `{"name":"a"}`, status: 400, code: "InvalidInputException", want: `"Reason":"INPUT_REQUIRED"`},
		{name: "null is absent", target: "Test_2020.Echo", body: `{"Name":null}`, status: 400, code: "InvalidInputException", want: `"Reason":"INPUT_REQUIRED"`},
		{name: "null takes an earlier value back", target: "Test_2020.Echo", body: `{"Name":"a","Name":null}`, status: 400, code: "InvalidInputException", want: `INPUT_REQUIRED`},
		{name: "an empty string is present", target: "Test_2020.Echo", body: `{"Name":""}`, status: 400, code: "InvalidInputException", want: `"Reason":"MIN_LENGTH_EXCEEDED"`},
		{name: "required comes before the other constraints", target: "Test_2020.Echo", body: `{"Count":99}`, status: 400, code: "InvalidInputException", want: `INPUT_REQUIRED`},
		{name: "a number above its bound", target: "Test_2020.Echo", body: `{"Name":"a","Count":21}`, status: 400, code: "InvalidInputException", want: `MAX_VALUE_EXCEEDED`},
		{name: "a number below its bound", target: "Test_2020.Echo", body: `{"Name":"a","Count":0}`, status: 400, code: "InvalidInputException", want: `MIN_VALUE_EXCEEDED`},
		{name: "a violation inside is named by its path", target: "Test_2020.Echo", body: `{"Name":"a","Inner":{"Name":"b","List":[{"Name":"c"},{}]}}`, status: 400,
			code: "InvalidInputException", want: `Member: Inner.List[1].Name.`},
		{name: "a bad list element", target: "Test_2020.Echo", body: `{"Name":"a","Words":["A","C"]}`, status: 400, code: "InvalidInputException", want: `INVALID_LIST_MEMBER`},
		{name: "lengths count characters", target: "Test_2020.Echo", body: `{"Name":"äöüßé"}`, status: 200, want: `{"Name":"äöüßé"}`},

		{name: "no target", body: `{}`, status: 400, code: "UnknownOperationException"},
		{name: "another service's target", target: "Other.Echo", body: `{}`, status: 400, code: "UnknownOperationException"},
		{name: "an unknown operation", target: "Test_2020.Nope", body: `{}`, status: 400, code: "UnknownOperationException"},
		{name: "a target in lower case", target: "test_2020.Echo", body: `{}`, status: 400, code: "UnknownOperationException"},
		{name: "a GET", method: "GET", target: "Test_2020.Nothing", status: 400, code: "UnknownOperationException"},
		{name: "an operation of the contract without a handler", target: "Test_2020.Later", body: `{}`, status: 400, code: "UnsupportedOperationException", want: "Later"},
		{name: "the signature is checked before the target", target: "Test_2020.Nope", auth: "bad", body: `{}`, status: 400, code: "InvalidSignatureException"},
		{name: "the signature is checked before the JSON", target: "Test_2020.Echo", auth: "bad", body: `{`, status: 400, code: "InvalidSignatureException"},
		{name: "the target is checked before the JSON", target: "Test_2020.Nope", body: `{`, status: 400, code: "UnknownOperationException"},
		{name: "the size is checked before the signature", target: "Test_2020.Echo", auth: "bad", body: strings.Repeat(" ", awsjson.MaxBody+1), status: 413, code: "RequestEntityTooLargeException", want: "1048576"},
		{name: "a body of just the limit", target: "Test_2020.Nothing", body: strings.Repeat(" ", awsjson.MaxBody), status: 200},

		{name: "broken JSON", target: "Test_2020.Echo", body: `{"Name":"a"`, status: 400, code: "SerializationException"},
		{name: "text after the value", target: "Test_2020.Echo", body: `{"Name":"a"} x`, status: 400, code: "SerializationException", want: "after"},
		{name: "a second value", target: "Test_2020.Echo", body: `{"Name":"a"}{}`, status: 400, code: "SerializationException"},
		{name: "a body that is no object", target: "Test_2020.Nothing", body: `[]`, status: 400, code: "SerializationException"},
		{name: "a body of null", target: "Test_2020.Nothing", body: `null`, status: 400, code: "SerializationException"},
		{name: "a number for a string", target: "Test_2020.Echo", body: `{"Name":1}`, status: 400, code: "SerializationException", want: "number where string is expected"},
		{name: "a string for a number", target: "Test_2020.Echo", body: `{"Count":"1"}`, status: 400, code: "SerializationException"},
		{name: "a fraction for an integer", target: "Test_2020.Echo", body: `{"Count":1.5}`, status: 400, code: "SerializationException"},
		{name: "an integer beyond all bounds", target: "Test_2020.Echo", body: `{"Count":99999999999999999999}`, status: 400, code: "SerializationException"},
		{name: "a string for a timestamp", target: "Test_2020.Echo", body: `{"At":"1481656459"}`, status: 400, code: "SerializationException"},
		{name: "a timestamp beyond all calendars", target: "Test_2020.Echo", body: `{"At":1e300}`, status: 400, code: "SerializationException"},
		{name: "a string for a boolean", target: "Test_2020.Echo", body: `{"On":"true"}`, status: 400, code: "SerializationException"},
		{name: "a list for a shape", target: "Test_2020.Echo", body: `{"Inner":[]}`, status: 400, code: "SerializationException"},
		{name: "a shape for a list", target: "Test_2020.Echo", body: `{"List":{}}`, status: 400, code: "SerializationException"},
		{name: "null in a list", target: "Test_2020.Echo", body: `{"Words":[null]}`, status: 400, code: "SerializationException"},
		{name: "bytes that are no UTF-8", target: "Test_2020.Echo", body: "{\"Name\":\"\xff\"}", status: 400, code: "SerializationException", want: "UTF-8"},
		{name: "half a character", target: "Test_2020.Echo", body: `{"Name":"\ud800"}`, status: 400, code: "SerializationException", want: "half a character"},
		{name: "half a character in a list", target: "Test_2020.Echo", body: `{"Words":["\udc00"]}`, status: 400, code: "SerializationException", want: "half a character"},
		{name: "a comma too many", target: "Test_2020.Echo", body: `{"Name":"a",}`, status: 400, code: "SerializationException"},
		{name: "many levels are read", target: "Test_2020.Echo", body: deep, status: 400, code: "InvalidInputException"},

		{name: "a domain error goes through the table", target: "Test_2020.Gone", status: 400, code: "GoneException", want: `{"__type":"GoneException","Message":"It is gone.","message":"It is gone."}`},
		{name: "a fault is answered as it is, wrapped or not", target: "Test_2020.Slow", status: 400, code: "TooManyRequestsException", want: `"Type":"RATE"`},
		{name: "an error without a row is internal", target: "Test_2020.Fail", status: 500, code: "InternalFailure"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.method == "" {
				tt.method = "POST"
			}
			w, c := send(t, newService(), tt.method, tt.target, tt.auth, tt.body)
			body := w.Body.String()
			if w.Code != tt.status || c.Code != tt.code {
				t.Fatalf("got %d %q: %s; want %d %q", w.Code, c.Code, body, tt.status, tt.code)
			}
			h := w.Header()
			if h.Get("Content-Type") != "application/x-amz-json-1.1" || h.Get("x-amzn-RequestId") != "req-1" || h.Get("Age") != "" {
				t.Errorf("headers %v", h)
			}
			if tt.status == 200 {
				if body != tt.want {
					t.Errorf("got %s, want %s", body, tt.want)
				}
				return
			}
			fault := map[string]string{}
			if err := json.Unmarshal(w.Body.Bytes(), &fault); err != nil {
				t.Fatalf("fault %s: %v", body, err)
			}
			if fault["__type"] != tt.code || fault["Message"] == "" || fault["message"] != fault["Message"] {
				t.Errorf("fault %s", body)
			}
			if !strings.Contains(body, tt.want) || strings.Contains(body, "disk full") {
				t.Errorf("fault %s, want %s", body, tt.want)
			}
			if (c.Err != nil) != (tt.status >= 500) {
				t.Errorf("cause %v with status %d", c.Err, tt.status)
			}
		})
	}
}

func TestServiceFillsInTheCall(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{"Test_2020.Echo": "Echo", "Test_2020.Later": "Later", "Test_2020.Nope": "", "Other.Echo": "", "": ""} {
		if _, c := send(t, newService(), "POST", target, "bad", `{}`); c.API != "test" || c.Operation != want {
			t.Errorf("%s: %+v", target, c)
		}
	}
}

func TestServiceGivesTheBodyToAuthenticate(t *testing.T) {
	t.Parallel()
	if _, c := send(t, newService(), "POST", "Test_2020.Echo", "body", `{"Name":"a"}`); c.Err == nil || c.Err.Error() != `{"Name":"a"}` {
		t.Fatalf("%+v", c)
	}
}

func TestServiceLetsPanicsPass(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() != "boom" {
			t.Error("the panic was swallowed")
		}
	}()
	send(t, newService(), "POST", "Test_2020.Panic", "", `{}`)
}

func TestServiceSendsAnAccurateDate(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(newService())
	defer server.Close()
	r, err := http.NewRequestWithContext(t.Context(), "POST", server.URL, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Amz-Target", "Test_2020.Nothing")
	answer, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	date, err := http.ParseTime(answer.Header.Get("Date"))
	if err != nil || time.Since(date).Abs() > 5*time.Second || answer.ContentLength != 0 {
		t.Fatalf("date %v (%v), length %d", date, err, answer.ContentLength)
	}
}

func TestServiceWithoutAFaultTableAnswersInternalFailure(t *testing.T) {
	t.Parallel()
	s := newService()
	s.Fault, s.Known, s.Authenticate = nil, nil, nil
	if w, c := send(t, s, "POST", "Test_2020.Gone", "", ``); w.Code != 500 || c.Code != "InternalFailure" || !errors.Is(c.Err, errGone) {
		t.Errorf("%d %+v", w.Code, c)
	}
	if _, c := send(t, s, "POST", "Test_2020.Later", "", ``); c.Code != "UnknownOperationException" {
		t.Errorf("%+v", c)
	}
}
