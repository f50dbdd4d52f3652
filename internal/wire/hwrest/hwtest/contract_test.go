package hwtest_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
)

const contract = `
openapi: "3.0.3"
info: {title: shelf, version: v1}
paths:
  /v1/books:
    get:
      operationId: ListBooks
      parameters:
        - {name: kind, in: query, required: true, schema: {type: string, enum: [novel]}}
      responses:
        "200":
          description: success
          content: {application/json: {schema: {$ref: "#/components/schemas/Books"}}}
        default: {$ref: "#/components/responses/Error"}
  /v1/books/{book_id}/tag:
    post:
      operationId: TagBook
      parameters:
        - {name: book_id, in: path, required: true, schema: {type: string, pattern: "^r-[0-9a-z]{4}$"}}
      requestBody:
        required: true
        content: {application/json: {schema: {type: object, required: [tags], properties: {
          tags: {type: array, minItems: 1, items: {type: string, minLength: 3}}}}}}
      responses:
        "204": {description: success}
        default: {$ref: "#/components/responses/Error"}
components:
  responses:
    Error:
      description: failure
      content: {application/json: {schema: {type: object, required: [error_code], properties: {error_code: {type: string}}}}}
  schemas:
    Books:
      type: object
      required: [books]
      properties:
        books: {type: array, items: {type: string, format: date-time}}
`

func load(t *testing.T) *hwtest.Contract {
	t.Helper()
	file := filepath.Join(t.TempDir(), "contract.yaml")
	if err := os.WriteFile(file, []byte(contract), 0o600); err != nil {
		t.Fatal(err)
	}
	return hwtest.Load(t, file)
}

// witness is a test that only remembers whether it failed.
type witness struct {
	testing.TB
	failed bool
}

func (w *witness) Helper()               {}
func (w *witness) Errorf(string, ...any) { w.failed = true }

func TestCheckTellsWhatTheContractAllows(t *testing.T) {
	t.Parallel()
	c := load(t)
	for name, test := range map[string]struct {
		operation string
		status    int
		body      string
		allowed   bool
	}{
		"the contract's success":       {"ListBooks", 200, `{"books":["2024-04-19T16:26:30Z"]}`, true},
		"an unknown key":               {"ListBooks", 200, `{"books":[],"more":1}`, true},
		"another success":              {"ListBooks", 201, `{"books":[]}`, false},
		"null for a list":              {"ListBooks", 200, `{"books":null}`, false},
		"a time without zone":          {"ListBooks", 200, `{"books":["2024-04-19T16:26:30"]}`, false},
		"a missing body":               {"ListBooks", 200, ``, false},
		"a failure":                    {"ListBooks", 404, `{"error_code":"Shelf.1404"}`, true},
		"a failure without code":       {"ListBooks", 404, `{}`, false},
		"a success without body":       {"TagBook", 204, ``, true},
		"a body that should not be":    {"TagBook", 204, `{}`, false},
		"a success of other operation": {"TagBook", 200, `{"books":[]}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rec := httptest.NewRecorder()
			rec.Header().Set("X-Request-Id", "r")
			rec.Header().Set("Content-Type", "application/json")
			rec.WriteHeader(test.status)
			_, _ = rec.WriteString(test.body)
			w := &witness{TB: t}
			c.Check(w, test.operation, rec)
			if w.failed == test.allowed {
				t.Fatalf("failed: %t, allowed: %t", w.failed, test.allowed)
			}
		})
	}
}

func TestCheckWantsARequestID(t *testing.T) {
	t.Parallel()
	w, rec := &witness{TB: t}, httptest.NewRecorder()
	rec.WriteHeader(http.StatusNoContent)
	load(t).Check(w, "TagBook", rec)
	if !w.failed {
		t.Fatal("an answer without request id passed")
	}
}

func TestRequestIsTheSmallestThatTheContractAllows(t *testing.T) {
	t.Parallel()
	c := load(t)
	if r := c.Request(t, "ListBooks"); r.Method != "GET" || r.URL.RequestURI() != "/v1/books?kind=novel" {
		t.Errorf("got %s %s", r.Method, r.URL)
	}
	r := c.Request(t, "TagBook")
	body := new(strings.Builder)
	if err := r.Write(body); err != nil {
		t.Fatal(err)
	}
	if r.URL.Path != "/v1/books/r-abcd/tag" || !strings.HasSuffix(body.String(), `{"tags":["sample"]}`) {
		t.Errorf("got %s", body)
	}
	if got := strings.Join(c.Operations(), " "); got != "ListBooks TagBook" {
		t.Errorf("got %s", got)
	}
}
