package awsquery_test

import (
	"context"
	"encoding/xml"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/awsquery"
	"github.com/polity-cloud/polity/internal/wire/call"
)

const namespace = "https://sts.amazonaws.com/doc/2011-06-15/"

type who struct{ Account, Arn string }

func newService() *awsquery.Service {
	return &awsquery.Service{
		API: "awssts", Version: "2011-06-15", Namespace: namespace,
		Known: func(a string) bool { return a == "AssumeRoot" },
		Authenticate: func(ctx context.Context, r *http.Request, _ []byte) (context.Context, error) {
			if r.Header.Get("Authorization") == "bad" {
				return nil, awsquery.Fault{Status: 403, Code: "InvalidClientTokenId", Message: "The security token included in the request is invalid."}
			}
			return ctx, nil
		},
		Operations: map[string]awsquery.Operation{
			"GetCallerIdentity": func(context.Context, *awsquery.Form) (any, error) { return who{"123456789012", "arn:a&b"}, nil },
			"DeleteUser":        func(context.Context, *awsquery.Form) (any, error) { return nil, nil },
			"Fail":              func(context.Context, *awsquery.Form) (any, error) { return nil, errors.New("disk full") },
			"Unwritable":        func(context.Context, *awsquery.Form) (any, error) { return make(chan int), nil },
			"GetAccessKeyInfo": func(_ context.Context, f *awsquery.Form) (any, error) {
				key := f.String("AccessKeyId", awsquery.Text{Required: true, Min: 16})
				if err := f.Err(); err != nil {
					return nil, err
				}
				return who{Account: key}, nil
			},
		},
	}
}

func TestServiceAnswers(t *testing.T) {
	t.Parallel()
	const version = "&Version=2011-06-15"
	for _, tt := range []struct {
		name, method, url, body, auth string
		status                        int
		operation, code, want         string
	}{
		{
			name: "a form body is answered in the action's envelope", body: "Action=GetCallerIdentity" + version, status: 200,
			operation: "GetCallerIdentity",
			want: `<GetCallerIdentityResponse xmlns="` + namespace + `"><GetCallerIdentityResult><Account>123456789012</Account><Arn>arn:a&amp;b</Arn>` +
				`</GetCallerIdentityResult><ResponseMetadata><RequestId>req-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
		},
		{name: "a GET with a query string is served", method: "GET", url: "/?Action=GetCallerIdentity" + version, status: 200, operation: "GetCallerIdentity", want: "<Account>"},
		{name: "the body goes before the query string", url: "/?Action=Nope" + version, body: "Action=DeleteUser", status: 200, operation: "DeleteUser", want: "<DeleteUserResponse"},
		{
			name: "no result leaves the result element out", body: "Action=DeleteUser" + version, status: 200, operation: "DeleteUser",
			want: `<DeleteUserResponse xmlns="` + namespace + `"><ResponseMetadata><RequestId>req-1</RequestId></ResponseMetadata></DeleteUserResponse>`,
		},
		{
			name: "an unknown action is named with its version", body: "Action=Nope" + version, status: 400, code: "InvalidAction",
			want: `<ErrorResponse xmlns="http://webservices.amazon.com/AWSFault/2005-15-09"><Error><Type>Sender</Type><Code>InvalidAction</Code>` +
				`<Message>Could not find operation Nope for version 2011-06-15</Message></Error><RequestId>req-1</RequestId></ErrorResponse>`,
		},
		{name: "a known action of another version is unknown", body: "Action=DeleteUser&Version=2010-05-08", status: 400, code: "InvalidAction", want: "for version 2010-05-08"},
		{name: "an action of the contract without a handler is not served", body: "Action=AssumeRoot" + version, status: 400, operation: "AssumeRoot", code: "UnsupportedOperation", want: "AssumeRoot"},
		{name: "no action is a fault of its own", body: "Version=2011-06-15", status: 400, code: "MissingAction", want: "Action"},
		{name: "broken escapes are a malformed query string", body: "Action=%zz", status: 400, code: "MalformedQueryString", want: "syntax"},
		{name: "the signature is checked before the action", body: "Action=Nope" + version, auth: "bad", status: 403, code: "InvalidClientTokenId", want: "security token"},
		{name: "the signature is checked before the syntax", body: "Action=%zz", auth: "bad", status: 403, code: "InvalidClientTokenId", want: "security token"},
		{name: "a body beyond the limit is refused first", body: strings.Repeat("a", awsquery.MaxBody+1), auth: "bad", status: 413, code: "RequestEntityTooLarge", want: "1048576"},
		{name: "a member that is missing is a validation error", body: "Action=GetAccessKeyInfo" + version, status: 400, operation: "GetAccessKeyInfo", code: "ValidationError",
			want: "1 validation error detected: Value null at &#39;accessKeyId&#39; failed to satisfy constraint: Member must not be null"},
		{name: "an unexpected error is the receiver's and stays inside", body: "Action=Fail" + version, status: 500, operation: "Fail", code: "InternalFailure", want: "<Type>Receiver</Type>"},
		{name: "a result that is no XML is an internal fault", body: "Action=Unwritable" + version, status: 500, operation: "Unwritable", code: "InternalFailure", want: "<Type>Receiver</Type>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.method == "" {
				tt.method = "POST"
			}
			if tt.url == "" {
				tt.url = "/"
			}
			c := &call.Call{RequestID: "req-1"}
			r := httptest.NewRequestWithContext(call.With(t.Context(), c), tt.method, tt.url, strings.NewReader(tt.body))
			r.Header.Set("Authorization", tt.auth)
			w := httptest.NewRecorder()
			newService().ServeHTTP(w, r)
			if w.Code != tt.status || c.Code != tt.code || c.Operation != tt.operation || c.API != "awssts" {
				t.Errorf("got %d %+v, want %d %s %s", w.Code, c, tt.status, tt.operation, tt.code)
			}
			body := w.Body.String()
			if !strings.Contains(body, tt.want) {
				t.Errorf("answer %s\nlacks %s", body, tt.want)
			}
			if strings.Contains(body, "disk full") {
				t.Error("the cause reached the caller")
			}
			if (c.Err != nil) != (tt.status == 500) {
				t.Errorf("cause %v with status %d", c.Err, tt.status)
			}
			if got := w.Header(); got.Get("Content-Type") != "text/xml" || got.Get("X-Amzn-RequestId") != "req-1" || got.Get("Age") != "" {
				t.Errorf("headers %v", got)
			}
			if err := xml.Unmarshal(w.Body.Bytes(), new(struct{})); err != nil {
				t.Errorf("answer is no XML: %v", err)
			}
		})
	}
}

func TestServiceFoldsErrorsWithItsTable(t *testing.T) {
	t.Parallel()
	s := newService()
	s.Fault = func(err error) awsquery.Fault {
		return awsquery.Fault{Status: 404, Code: "NoSuchEntity", Message: err.Error()}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("POST", "/", strings.NewReader("Action=Fail&Version=2011-06-15")))
	if w.Code != 404 || !strings.Contains(w.Body.String(), `<ErrorResponse xmlns="`+namespace+`"><Error><Type>Sender</Type><Code>NoSuchEntity</Code>`) {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
}
