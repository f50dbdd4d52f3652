package awsjson_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/awsjson"
	"github.com/polity-cloud/polity/internal/wire/call"
)

func TestAnEncodedMessageTravelsInAHeader(t *testing.T) {
	t.Parallel()
	for _, encoded := range []string{"", "sealed"} {
		s := &awsjson.Service{
			API: "x", Prefix: "X.", Known: func(string) bool { return true },
			Authenticate: func(context.Context, *http.Request, []byte) (context.Context, error) {
				return nil, errors.New("denied")
			},
			Fault: func(error) awsjson.Fault { return awsjson.Fault{Status: 400, Code: "Denied", Encoded: encoded} },
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader("{}"))
		r.Header.Set("X-Amz-Target", "X.Do")
		rec := httptest.NewRecorder()
		s.ServeHTTP(rec, r)
		if got := rec.Header().Values(call.EncodedMessage); strings.Join(got, "") != encoded || len(got) > 1 || strings.Contains(rec.Body.String(), "sealed") {
			t.Errorf("%q: header %q, body %s", encoded, got, rec.Body)
		}
	}
}
