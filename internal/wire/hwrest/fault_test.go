package hwrest_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/wire/hwrest"
	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
)

func TestAFaultHasTheVendorsBody(t *testing.T) {
	t.Parallel()
	id := `,"request_id":"` + hwtest.RequestID + `"`
	for name, test := range map[string]struct {
		err    error
		status int
		body   string
	}{
		"an error of the handler goes through Options.Fault": {
			fmt.Errorf("show b7: %w", errGone), 404, `{"error_code":"Shelf.1404","error_msg":"no such book"` + id + `}`,
		},
		"a Fault is answered as it is, also when wrapped": {
			fmt.Errorf("wrapped: %w", hwrest.Fault{Status: 409, Code: "Shelf.1409", Message: "busy"}), 409,
			`{"error_code":"Shelf.1409","error_msg":"busy"` + id + `}`,
		},
		"message and details come along": {
			hwrest.Fault{Status: 403, Code: "Shelf.1007", Message: "denied", EncodedAuthorizationMessage: "bm8=",
				Details: []hwrest.Detail{{Code: "IAM.0011", Message: "no role"}}}, 403,
			`{"error_code":"Shelf.1007","error_msg":"denied"` + id +
				`,"encoded_authorization_message":"bm8=","details":[{"error_code":"IAM.0011","error_msg":"no role"}]}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := fresh()
			b.deed = func(http.ResponseWriter, *http.Request) error { return test.err }
			rec, c := hwtest.Serve(b.handler(t), get("/v1/books/b7"))
			if diff := cmp.Diff(test.body+"\n", rec.Body.String()); diff != "" || rec.Code != test.status {
				t.Fatalf("status %d, body (-want +got):\n%s", rec.Code, diff)
			}
			if rec.Header().Get("Content-Type") != "application/json" || rec.Header().Get("X-Request-Id") != hwtest.RequestID {
				t.Fatalf("header %v", rec.Header())
			}
			if c.Code == "" || c.Err != nil {
				t.Fatalf("got %+v", c)
			}
		})
	}
}

func TestTheCauseOfAnInternalFaultIsForTheLogOnly(t *testing.T) {
	t.Parallel()
	b, cause := fresh(), errors.New("disk full at /var/db")
	b.deed = func(http.ResponseWriter, *http.Request) error { return cause }
	rec, c := hwtest.Serve(b.handler(t), get("/v1/books/b7"))
	if want := `{"error_code":"Shelf.1500","error_msg":"internal error","request_id":"` + hwtest.RequestID + `"}` + "\n"; rec.Body.String() != want {
		t.Fatalf("got %s", rec.Body)
	}
	if !errors.Is(c.Err, cause) || c.Code != "Shelf.1500" {
		t.Fatalf("got %+v", c)
	}
}

func TestWhatIsNoAPIGetsTheGatewaysAnswer(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*http.Request{
		"an unknown path":           get("/v1/magazines"),
		"the root":                  get("/"),
		"a method of no operation":  httptest.NewRequest(http.MethodDelete, "/v1/books", http.NoBody),
		"a path that is too long":   get("/v1/books/b7/pages"),
		"a prefix of a path":        get("/v1"),
		"a HEAD of a GET operation": httptest.NewRequest(http.MethodHead, "/v1/books/b7", http.NoBody),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := fresh()
			rec, c := hwtest.Serve(b.handler(t), r)
			if rec.Code != http.StatusNotFound || c.Code != "APIGW.0101" || c.Operation != "" || b.reached != 0 {
				t.Fatalf("got %d %s, %+v", rec.Code, rec.Body, c)
			}
			if rec.Header().Get("X-Request-Id") != hwtest.RequestID {
				t.Fatalf("header %v", rec.Header())
			}
		})
	}
}
