package hwrest_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/hwrest"
	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
)

// shelf is a contract of two operations.
var shelf = hwrest.Contract{
	Name: "shelf",
	Operations: map[string]hwrest.Operation{
		"ShowBook": {Method: "GET", Path: "/v1/books/{book_id}"},
		"AddBook":  {Method: "POST", Path: "/v1/books"},
	},
	Demands: []byte(`{
		"ShowBook": {"parameters": [
			{"name": "book_id", "in": "path", "required": true, "schema": {"type": "string", "minLength": 2}},
			{"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 2000}}]},
		"AddBook": {"body": {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}}}}`),
}

var errGone = errors.New("gone")

// bundle is a served shelf: what its one handler does, and what reached it.
type bundle struct {
	options hwrest.Options
	deed    func(w http.ResponseWriter, r *http.Request) error
	reached int
}

func fresh() *bundle {
	return &bundle{
		options: hwrest.Options{
			Authenticate: func(ctx context.Context, _ *http.Request, _ []byte) (context.Context, error) { return ctx, nil },
			Fault: func(err error) hwrest.Fault {
				if errors.Is(err, errGone) {
					return hwrest.Fault{Status: http.StatusNotFound, Code: "Shelf.1404", Message: "no such book"}
				}
				return hwrest.Fault{Status: http.StatusInternalServerError, Code: "Shelf.1500", Message: "internal error"}
			},
			InvalidCode: "Shelf.1400",
		},
		deed: func(w http.ResponseWriter, _ *http.Request) error { _, err := io.WriteString(w, "{}"); return err },
	}
}

func (b *bundle) handler(t *testing.T) http.Handler {
	t.Helper()
	h, err := hwrest.New(shelf, b.options, func(e hwrest.Errors) map[string]http.HandlerFunc {
		serve := func(w http.ResponseWriter, r *http.Request) {
			b.reached++
			if err := b.deed(w, r); err != nil {
				e.Handler(w, r, err)
			}
		}
		return map[string]http.HandlerFunc{"ShowBook": serve, "AddBook": serve}
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func get(path string) *http.Request { return httptest.NewRequest(http.MethodGet, path, http.NoBody) }

func post(body string) *http.Request {
	return httptest.NewRequest(http.MethodPost, "/v1/books", strings.NewReader(body))
}

func TestNewRefusesAContractThatDoesNotFitItsHandlers(t *testing.T) {
	t.Parallel()
	none := func(http.ResponseWriter, *http.Request) {}
	for name, handlers := range map[string]map[string]http.HandlerFunc{
		"an operation without a handler": {"ShowBook": none},
		"a handler without an operation": {"ShowBook": none, "AddBook": none, "BurnBook": none},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := hwrest.New(shelf, fresh().options, func(hwrest.Errors) map[string]http.HandlerFunc { return handlers }); err == nil {
				t.Fatal("no error")
			}
		})
	}
}

func TestNewRefusesMissingOptions(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*hwrest.Options){
		"no authentication": func(o *hwrest.Options) { o.Authenticate = nil },
		"no fault table":    func(o *hwrest.Options) { o.Fault = nil },
		"no code":           func(o *hwrest.Options) { o.InvalidCode = "" },
	} {
		b := fresh()
		spoil(&b.options)
		if _, err := hwrest.New(shelf, b.options, func(hwrest.Errors) map[string]http.HandlerFunc { return nil }); err == nil || err.Error() != "an option is missing" {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestASuccessCarriesTheRequestID(t *testing.T) {
	t.Parallel()
	b := fresh()
	rec, c := hwtest.Serve(b.handler(t), get("/v1/books/b7"))
	if rec.Code != http.StatusOK || rec.Header().Get("X-Request-Id") != hwtest.RequestID {
		t.Fatalf("got %d, header %v", rec.Code, rec.Header())
	}
	if c.API != "shelf" || c.Operation != "ShowBook" || c.Code != "" || b.reached != 1 {
		t.Fatalf("got %+v, reached %d", c, b.reached)
	}
}

func TestABodyOverTheLimitIsRefusedBeforeAuthentication(t *testing.T) {
	t.Parallel()
	b := fresh()
	b.options.Authenticate = func(context.Context, *http.Request, []byte) (context.Context, error) {
		t.Error("asked")
		return nil, errGone
	}
	rec, c := hwtest.Serve(b.handler(t), post(`{"title":"`+strings.Repeat("x", 12<<20)+`"}`))
	if rec.Code != http.StatusRequestEntityTooLarge || c.Code != "APIGW.0201" || b.reached != 0 {
		t.Fatalf("got %d %s", rec.Code, rec.Body)
	}
}

func TestAuthenticationSeesTheBodyAndComesBeforeTheContract(t *testing.T) {
	t.Parallel()
	b := fresh()
	var seen string
	b.options.Authenticate = func(ctx context.Context, _ *http.Request, body []byte) (context.Context, error) {
		seen = string(body)
		return ctx, hwrest.Unauthenticated("verify aksk signature fail")
	}
	rec, c := hwtest.Serve(b.handler(t), post(`{"title": 7}`))
	if rec.Code != http.StatusUnauthorized || c.Code != "APIGW.0301" || seen != `{"title": 7}` || b.reached != 0 {
		t.Fatalf("got %d %s, body %q", rec.Code, rec.Body, seen)
	}
}

func TestTheContextOfAuthenticationReachesTheHandler(t *testing.T) {
	t.Parallel()
	type key struct{}
	b := fresh()
	b.options.Authenticate = func(ctx context.Context, _ *http.Request, _ []byte) (context.Context, error) {
		return context.WithValue(ctx, key{}, "caller"), nil
	}
	b.deed = func(_ http.ResponseWriter, r *http.Request) error {
		if r.Context().Value(key{}) != "caller" {
			t.Error("the context is lost")
		}
		return nil
	}
	hwtest.Serve(b.handler(t), post(`{"title":"t"}`))
	if b.reached != 1 {
		t.Fatal("not reached")
	}
}
