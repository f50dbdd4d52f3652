package native

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/text"
)

// mostBytes is far beyond any request of this API.
const mostBytes = 1 << 20

// decode reads the one JSON object that a body is into v. Members that the API does not have are refused: a misspelled one would be lost in silence. It says
// what is wrong in the words of this API, not in those of its decoder.
func decode(r *http.Request, v any) error {
	body, err := io.ReadAll(r.Body)
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return org.Errorf(org.InputTooLarge, "the body has more than %d bytes", mostBytes)
	}
	if err != nil {
		return org.Errorf(org.InputMalformed, "the body ended early")
	}
	if err := text.Check(body); err != nil {
		return org.Errorf(org.InputMalformed, "the body cannot be read: %v", err)
	}
	d := json.NewDecoder(strings.NewReader(string(body)))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return org.Errorf(org.InputMalformed, "%s", complaint(err, v))
	}
	if _, err := d.Token(); err != io.EOF {
		return org.Errorf(org.InputMalformed, "something follows the JSON object")
	}
	return nil
}

// complaint says which member of v is wrong, and what was expected.
func complaint(err error, v any) string {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if e.Field == "" {
			return fmt.Sprintf("the body is a JSON object, not %s", found(e.Value))
		}
		whose := "the member " + e.Field
		if declared(v, e.Field).Kind() == reflect.Slice && e.Type.Kind() != reflect.Slice {
			whose = "each of the member " + e.Field
		}
		return fmt.Sprintf("%s is %s, not %s", whose, expected(e.Type), found(e.Value))
	}
	if name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
		return fmt.Sprintf("there is no member %s; there are %s", name, strings.Join(members(v), ", "))
	}
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Sprintf("the body is not JSON: byte %d is not expected there", e.Offset)
	}
	if errors.Is(err, io.EOF) {
		return "the body is empty, and a JSON object is expected"
	}
	return "the body is not JSON: it ends too early"
}

// members are the names that a request may have.
func members(v any) []string {
	t := reflect.TypeOf(v).Elem()
	out := make([]string, t.NumField())
	for i := range out {
		out[i], _, _ = strings.Cut(t.Field(i).Tag.Get("json"), ",")
	}
	return out
}

// declared is the type of a member, or of the request where it has no such member.
func declared(v any, name string) reflect.Type {
	t := reflect.TypeOf(v).Elem()
	if i := slices.Index(members(v), name); i >= 0 {
		return t.Field(i).Type
	}
	return t
}

// expected is a type in words.
func expected(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Float64:
		return "a number"
	case reflect.Slice:
		return "a list"
	case reflect.Int:
		return "a whole number"
	case reflect.Uint64:
		return "a whole number that is not negative"
	default:
		return "an object"
	}
}

// found is what stands there instead, as the decoder names it: a number stands behind its kind.
func found(value string) string {
	kind, number, _ := strings.Cut(value, " ")
	switch {
	case number != "":
		return number
	case kind == "array":
		return "a list"
	case kind == "object":
		return "an object"
	case kind == "bool":
		return "true or false"
	default:
		return "a " + kind
	}
}
