package awsorg

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/go-faster/jx"
)

// FuzzDecode gives every input of the contract arbitrary text: what is decoded must be JSON to encoding/json as well, must hold valid
// strings only, and must survive validation and printing.
func FuzzDecode(f *testing.F) {
	names := slices.Sorted(maps.Keys(contract))
	for i, name := range names {
		f.Add(i, requestOf(f, name))
	}
	f.Add(0, `{"HandshakeId":"\ud800"}`)
	f.Add(slices.Index(names, "TagResource"), `{"Tags":[{"Key":"k","Value":null},{}],"ResourceId":"r-abcd"}`)
	f.Fuzz(func(t *testing.T, i int, text string) {
		in := contract[names[uint(i)%uint(len(names))]].New()
		if !utf8.ValidString(text) || in.Decode(jx.DecodeStr(text)) != nil {
			return
		}
		d := jx.DecodeStr(text)
		raw, err := d.Raw()
		if err != nil || !json.Valid(raw) {
			t.Fatalf("%T decoded %q, which encoding/json refuses", in, text)
		}
		checkStrings(t, reflect.ValueOf(in))
		if v := in.Validate(); v != nil && (v.Reason == "" || v.Member == "" || v.Detail == "") {
			t.Fatalf("%q violates %+v", text, v)
		}
	})
}

func checkStrings(t *testing.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			checkStrings(t, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			checkStrings(t, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			checkStrings(t, v.Field(i))
		}
	case reflect.String:
		if !utf8.ValidString(v.String()) {
			t.Fatalf("%q is no text", v.String())
		}
	}
}

// requestOf returns a request of the operation with every member in it.
func requestOf(t testing.TB, operation string) string {
	t.Helper()
	in := contract[operation].New()
	fillValue(reflect.ValueOf(in).Elem(), 3)
	text, err := json.Marshal(wireValue(t, reflect.ValueOf(in), contract[operation].Input))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
