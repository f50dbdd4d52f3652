package awsjson_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/go-faster/jx"

	"github.com/polity-cloud/polity/internal/wire/awsjson"
)

func TestTimestampsAreReadAsEpochSeconds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Time{
		"1481656459.257":      time.Date(2016, 12, 13, 19, 14, 19, 257e6, time.UTC),
		"1481656459":          time.Date(2016, 12, 13, 19, 14, 19, 0, time.UTC),
		"1.481656459257E9":    time.Date(2016, 12, 13, 19, 14, 19, 257e6, time.UTC),
		"0":                   time.Unix(0, 0).UTC(),
		"-0.5":                time.Unix(-1, 5e8).UTC(),
		"-1.25":               time.Unix(-2, 75e7).UTC(),
		"0.1234567891":        time.Unix(0, 123456789).UTC(),
		"1767225600.00000001": time.Unix(1767225600, 10).UTC(),
	} {
		var v thing
		if err := v.Decode(jx.DecodeStr(`{"At":` + text + `}`)); err != nil || !v.At.Equal(want) {
			t.Errorf("%s: got %v (%v), want %v", text, v.At, err, want)
		}
	}
	for _, text := range []string{"253402300800", "-62167219201", "1e12", "-", "1.", ".5", "01", "9223372036854775808"} {
		if err := new(thing).Decode(jx.DecodeStr(`{"At":` + text + `}`)); err == nil {
			t.Errorf("%s was taken for a timestamp", text)
		}
	}
}

func TestTimestampsAreWrittenToTheMillisecond(t *testing.T) {
	t.Parallel()
	for want, at := range map[string]time.Time{
		"1481656459.257": time.Unix(1481656459, 257_999_999),
		"1767225642.5":   time.Unix(1767225642, 500_000_000),
		"1767225642.25":  time.Unix(1767225642, 250_000_000),
		"1767225642.05":  time.Unix(1767225642, 50_000_000),
		"1767225642.007": time.Unix(1767225642, 7_000_000),
		"1767225641.0":   time.Unix(1767225641, 0),
		"0.0":            time.Unix(0, 0),
		"-1.5":           time.Unix(-2, 500_000_000),
	} {
		if got := string(awsjson.AppendTime(nil, at)); got != want {
			t.Errorf("%v: got %s, want %s", at, got, want)
		}
	}
}

func TestOptionalMembersTellZeroFromAbsent(t *testing.T) {
	t.Parallel()
	var v thing
	if err := v.Decode(jx.DecodeStr(`{"Note":"","On":false,"Size":0,"List":[],"Words":[]}`)); err != nil {
		t.Fatal(err)
	}
	if v.Note == nil || v.On == nil || v.Size == nil || v.List == nil || v.Words == nil {
		t.Errorf("present members got lost: %+v", v)
	}
	if err := v.Decode(jx.DecodeStr(`{"Note":null,"On":null,"Size":null,"List":null,"Words":null,"Inner":null,"At":null}`)); err != nil {
		t.Fatal(err)
	}
	if v.Note != nil || v.On != nil || v.Size != nil || v.List != nil || v.Words != nil || v.Inner != nil || !v.At.IsZero() {
		t.Errorf("null is no value: %+v", v)
	}
}

func TestDepthIsBounded(t *testing.T) {
	t.Parallel()
	const levels = 200_000
	for _, text := range []string{
		`{"X":` + strings.Repeat("[", levels), `{"X":` + strings.Repeat(`{"X":`, levels), strings.Repeat(`{"Inner":`, levels), strings.Repeat(`{"List":[`, levels),
	} {
		if err := new(thing).Decode(jx.DecodeStr(text)); err == nil {
			t.Errorf("%.10s… was read", text)
		}
	}
}

func FuzzAppendString(f *testing.F) {
	for _, s := range []string{"", "a", "\x00\x1f\x7f", `"\/`, "äöü\u2028😀", "\xff\xc3", "a\nb\tc\r", "\xed\xa0\x80"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := awsjson.AppendString([]byte("x"), s)[1:]
		var got string
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if want := string([]rune(s)); got != want {
			t.Fatalf("%q came back as %q", s, got)
		}
	})
}

func FuzzTime(f *testing.F) {
	f.Add("1481656459.257")
	f.Add("-0.1e5")
	f.Fuzz(func(t *testing.T, s string) {
		var v thing
		if err := v.Decode(jx.DecodeStr(`{"At":` + s + `}`)); err != nil || v.At.IsZero() {
			return
		}
		var n float64
		if err := json.Unmarshal(awsjson.AppendTime(nil, v.At), &n); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if d := float64(v.At.UnixMilli()) - n*1000; d > 1 || d < -1 {
			t.Fatalf("%q: %v is %f", s, v.At, n)
		}
	})
}
