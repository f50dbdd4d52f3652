package hwrest_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/wire/hwrest"
	"github.com/polity-cloud/polity/internal/wire/hwrest/hwtest"
)

func TestTimesAreWrittenAsTheServicesWriteThem(t *testing.T) {
	t.Parallel()
	at := time.Date(2023, 11, 15, 15, 37, 15, 243_999_999, time.FixedZone("", 8*3600))
	for want, value := range map[string]any{
		`"2023-11-15T07:37:15Z"`:     hwrest.Time(at),
		`"2023-11-15T07:37:15.243Z"`: hwrest.MilliTime(at),
		`"2023-11-15T07:37:15.000Z"`: hwrest.MilliTime(at.Truncate(time.Second)),
		`{"at":null}`: struct {
			At *hwrest.Time `json:"at"`
		}{},
	} {
		if got, err := json.Marshal(value); err != nil || string(got) != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
	}
}

func TestTimesAreReadBack(t *testing.T) {
	t.Parallel()
	var a hwrest.Time
	var b hwrest.MilliTime
	if err := json.Unmarshal([]byte(`"2023-11-15T07:37:15Z"`), &a); err != nil || time.Time(a).Unix() != 1700033835 {
		t.Fatalf("got %v, %v", time.Time(a), err)
	}
	if err := json.Unmarshal([]byte(`"2023-11-15T07:37:15.243Z"`), &b); err != nil || time.Time(b).UnixMilli() != 1700033835243 {
		t.Fatalf("got %v, %v", time.Time(b), err)
	}
}

func TestLimitStaysInBounds(t *testing.T) {
	t.Parallel()
	if got := hwrest.Limit(nil); got != 200 {
		t.Errorf("without a limit: got %d", got)
	}
	for limit, want := range map[int]int{-1: 1, 0: 1, 1: 1, 200: 200, 2000: 2000, 2001: 2000} {
		if got := hwrest.Limit(&limit); got != want {
			t.Errorf("%d: got %d, want %d", limit, got, want)
		}
	}
}

func TestLanguageIsEnglishUnlessChineseIsAskedFor(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]hwrest.Language{
		"": hwrest.English, "en-us": hwrest.English, "zh-cn": hwrest.Chinese, "ZH-CN": hwrest.Chinese, "fr": hwrest.English,
	} {
		b := fresh()
		b.deed = func(_ http.ResponseWriter, r *http.Request) error {
			if got := hwrest.LanguageOf(r.Context()); got != want {
				t.Errorf("%q: got %s, want %s", header, got, want)
			}
			return nil
		}
		r := get("/v1/books/b7")
		r.Header.Set("X-Language", header)
		hwtest.Serve(b.handler(t), r)
		if b.reached != 1 {
			t.Fatal("not reached")
		}
	}
}
