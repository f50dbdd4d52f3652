package native_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

// decoders are words that only a programmer of this server would understand.
var decoders = regexp.MustCompile(`\bGo\b|json:|unmarshal|struct|\*|time\.Time|parsing|float64|uint64|EOF|\[\]`)

func TestARefusedRequestSaysWhichMemberAndWhatWasExpected(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const clock, faults, hindrances = "POST /_polity/clock", "POST /_polity/faults", "PUT /_polity/accounts/111111111111/hindrances"
	for _, c := range []struct{ call, body, want string }{
		{clock, `{"freeze":"yes"}`, "the member freeze is true or false, not a string"},
		{clock, `{"advance":36}`, "the member advance is a string, not a number"},
		{clock, `{"advance":"soon"}`, `the member advance is a duration such as 90m, 36h or 91d, not "soon"`},
		{clock, `{"set":1}`, "the member set is a string, not a number"},
		{clock, `{"set":"tomorrow"}`, `the member set is a time such as 2027-01-01T00:00:00Z, not "tomorrow"`},
		{clock, `{"set":"9999-01-01T00:00:00Z"}`, "the clock is moved to less than 100000 days from the present"},
		{clock, `{"set":"0001-01-01T00:00:00Z"}`, "the clock is moved to less than 100000 days from the present"},
		{clock, `{"set":"2200-01-01T00:00:00Z","advance":"90000d"}`, "the clock is moved to less than 100000 days from the present"},
		{clock, `{"sett":"x"}`, `there is no member "sett"; there are set, advance, freeze`},
		{clock, ``, "the body is empty, and a JSON object is expected"},
		{clock, `{`, "the body is not JSON: it ends too early"},
		{clock, `{"freeze":yes}`, "the body is not JSON: byte 11 is not expected there"},
		{clock, `[]`, "the body is a JSON object, not a list"},
		{clock, `"now"`, "the body is a JSON object, not a string"},
		{clock, `true`, "the body is a JSON object, not true or false"},
		{clock, `{} {}`, "something follows the JSON object"},
		{faults, `{"count":"2"}`, "the member count is a whole number, not a string"},
		{faults, `{"count":1.5}`, "the member count is a whole number, not 1.5"},
		{faults, `{"seed":-1}`, "the member seed is a whole number that is not negative, not -1"},
		{faults, `{"probability":"often"}`, "the member probability is a number, not a string"},
		{faults, `{"operation":{}}`, "the member operation is a string, not an object"},
		{faults, `{"steps":"x"}`, `there is no member "steps"; there are id, api, operation, error, reason, step, failure, count, probability, seed`},
		{hindrances, `{"hindrances":"no-phone"}`, "the member hindrances is a list, not a string"},
		{hindrances, `{"hindrances":[1]}`, "each of the member hindrances is a string, not a number"},
		{"POST /_polity/accounts", `{"partition":"aws","name":"\ud800"}`, `the body cannot be read: a \u escape is half a character`},
		{"POST /_polity/accounts", "{\"name\":\"\xff\"}", "the body cannot be read: the text is not UTF-8"},
		{"PUT /_polity/accounts/111111111111/state", `{"state":null,"status":1}`, `there is no member "status"; there are state`},
	} {
		method, path, _ := strings.Cut(c.call, " ")
		got := h.ask(http.StatusBadRequest, method, path, c.body)
		if got["error"] != string(org.InputMalformed) || got["message"] != c.want {
			t.Errorf("%s %s: %v, want %s", c.call, c.body, got, c.want)
		}
		if strange := decoders.FindString(got["message"].(string)); strange != "" {
			t.Errorf("%s %s says %q", c.call, c.body, strange)
		}
	}
	h.refuses(http.StatusBadRequest, org.InputTooLarge, "POST", "/_polity/clock", strings.Repeat(" ", 1<<20+1))
}

// What advance takes, offset shows.
func TestTheOffsetIsADuration(t *testing.T) {
	t.Parallel()
	for advance, want := range map[string]string{"91d": "91d", "36h": "36h", "90m": "1h30m", "24h": "1d", "-2d": "-2d", "1h30s": "1h0m30s", "250ms": "250ms", "0d": "0s", "-90s": "-1m30s"} {
		h := newHouse(t)
		if got := h.ask(http.StatusOK, "POST", "/_polity/clock", `{"advance":"`+advance+`"}`)["offset"]; got != want {
			t.Errorf("advanced by %s it shows %v, want %s", advance, got, want)
		}
		other := newHouse(t)
		if got := other.ask(http.StatusOK, "POST", "/_polity/clock", `{"advance":"`+want+`"}`)["offset"]; got != want {
			t.Errorf("%s becomes %v", want, got)
		}
	}
}
