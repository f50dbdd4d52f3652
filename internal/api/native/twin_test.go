package native_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

func (h *house) showing(out map[string]any) time.Time {
	h.Helper()
	now, err := time.Parse(time.RFC3339Nano, out["now"].(string))
	if err != nil {
		h.Fatal(err)
	}
	return now
}

func TestTheClockIsMoved(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	out := h.ask(http.StatusOK, "POST", "/_polity/clock", `{"set":"2030-01-01T00:00:00Z","advance":"36h","freeze":true}`)
	want := time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC)
	if got := h.showing(out); got.Sub(want).Abs() > time.Minute || out["frozen"] != true {
		t.Errorf("%v", out)
	}
	stands := h.showing(h.ask(http.StatusOK, "GET", "/_polity/clock", ""))
	for text, d := range map[string]time.Duration{"91d": 91 * 24 * time.Hour, "-1d": -24 * time.Hour, "90m": 90 * time.Minute, "1h30m": 90 * time.Minute, "0d": 0, "": 0} {
		before := h.clock.Now()
		h.ask(http.StatusOK, "POST", "/_polity/clock", `{"advance":"`+text+`"}`)
		if got := h.clock.Now().Sub(before); got != d {
			t.Errorf("%q moves it by %s", text, got)
		}
	}
	if h.clock.Now().Equal(stands) {
		t.Error("it did not move")
	}
	if out := h.ask(http.StatusOK, "POST", "/_polity/clock", `{"freeze":false}`); out["frozen"] != false {
		t.Errorf("%v", out)
	}
	if _, ok := h.ask(http.StatusOK, "POST", "/_polity/clock", `{}`)["offset"]; !ok {
		t.Error("an empty request shows the clock")
	}
}

func TestWhatTheClockRefuses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	before := h.clock.State().Offset
	for _, body := range []string{
		``, `{`, `[]`, `{"advance":"soon"}`, `{"advance":"d"}`, `{"advance":"1h2d"}`, `{"advance":"1.5d"}`, `{"advance":"999999999d"}`, `{"advance":36}`,
		`{"set":"tomorrow"}`, `{"sett":"2030-01-01T00:00:00Z"}`, `{"set":"2030-01-01T00:00:00Z","advance":"soon"}`, `{"freeze":"yes"}`,
	} {
		h.refuses(http.StatusBadRequest, org.InputMalformed, "POST", "/_polity/clock", body)
	}
	if got := h.clock.State().Offset - before; got.Abs() > time.Second {
		t.Errorf("a refused request moved it by %s", got)
	}
}

func TestFaultsAreArmedAndDisarmed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first := h.ask(http.StatusOK, "POST", "/_polity/faults", `{"api":"awsorg","operation":"DescribeAccount","error":"Throttled","count":2}`)
	second := h.ask(http.StatusOK, "POST", "/_polity/faults", `{"failure":"EmailInUse"}`)
	if first["id"] == second["id"] || second["step"] != "reserve" {
		t.Errorf("%v %v", first, second)
	}
	list := func() []any { return h.ask(http.StatusOK, "GET", "/_polity/faults", "")["faults"].([]any) }
	if got := list(); len(got) != 2 || got[0].(map[string]any)["count"] != 2.0 {
		t.Errorf("%v", got)
	}
	if err := h.faults.Operation("awsorg", "DescribeAccount"); org.ReasonOf(err) != org.Throttled {
		t.Error(err)
	}
	if got := list(); got[0].(map[string]any)["count"] != 1.0 {
		t.Errorf("%v", got)
	}
	h.ask(http.StatusOK, "DELETE", "/_polity/faults/"+first["id"].(string), "")
	h.refuses(http.StatusNotFound, org.ResourceMissing, "DELETE", "/_polity/faults/"+first["id"].(string), "")
	if got := list(); len(got) != 1 {
		t.Errorf("%v", got)
	}
	h.ask(http.StatusOK, "DELETE", "/_polity/faults", "")
	if got := list(); len(got) != 0 {
		t.Errorf("%v", got)
	}
	for _, body := range []string{`{}`, `{"operation":"DescribeAccount"}`, `{"operation":"x","error":"NoSuchError"}`, `{"failure":"NoSuch"}`, `{"failures":"EmailInUse"}`} {
		h.refuses(http.StatusBadRequest, org.InputMalformed, "POST", "/_polity/faults", body)
	}
}
