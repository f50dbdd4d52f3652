package throttle_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/throttle"
)

type watch struct{ at time.Time }

func (w *watch) now() time.Time { return w.at }

func TestABurstGoesThroughAndThenTheRate(t *testing.T) {
	t.Parallel()
	w := &watch{time.Unix(1000, 0)}
	l := throttle.New(w.now)
	take := throttle.Take{Bucket: "b", Rate: throttle.Rate{PerSecond: 2, Burst: 3}}
	for i, c := range []struct {
		wait time.Duration
		want bool
	}{
		{0, true}, {0, true}, {0, true}, {0, false}, {0, false},
		{499 * time.Millisecond, false}, {time.Millisecond, true}, {0, false},
		{time.Second, true}, {0, true}, {0, false},
		{time.Hour, true}, {0, true}, {0, true}, {0, false},
	} {
		w.at = w.at.Add(c.wait)
		if got := l.Allow(take); got != c.want {
			t.Errorf("request %d: %v", i, got)
		}
	}
}

func TestBucketsAreTakenFromTogetherOrNotAtAll(t *testing.T) {
	t.Parallel()
	w := &watch{time.Unix(1000, 0)}
	l := throttle.New(w.now)
	account := func(name string) throttle.Take {
		return throttle.Take{Bucket: name, Rate: throttle.Rate{PerSecond: 1, Burst: 1}}
	}
	all := throttle.Take{Bucket: "all", Rate: throttle.Rate{PerSecond: 1, Burst: 2}}
	for i, c := range []struct {
		takes []throttle.Take
		want  bool
	}{
		{[]throttle.Take{account("a"), all}, true},
		{[]throttle.Take{account("a"), all}, false},
		{[]throttle.Take{account("b"), all}, true},
		{[]throttle.Take{account("c"), all}, false},
		{[]throttle.Take{account("c")}, true},
	} {
		if got := l.Allow(c.takes...); got != c.want {
			t.Errorf("request %d: %v", i, got)
		}
	}
}

func TestNothingIsHeldWithoutARateOrALimiter(t *testing.T) {
	t.Parallel()
	var none *throttle.Limiter
	l := throttle.New(time.Now)
	for range 100 {
		if !none.Allow(throttle.Take{Bucket: "b", Rate: throttle.Rate{PerSecond: 1, Burst: 1}}) || !l.Allow(throttle.Take{Bucket: "b"}) {
			t.Fatal("a request was held")
		}
	}
}

func TestFullBucketsAreForgottenAndEmptyOnesKept(t *testing.T) {
	t.Parallel()
	w := &watch{time.Unix(1000, 0)}
	l := throttle.New(w.now)
	slow := throttle.Take{Bucket: "slow", Rate: throttle.Rate{PerSecond: 0.001, Burst: 1}}
	l.Allow(slow)
	for i := range 10000 {
		w.at = w.at.Add(time.Millisecond)
		l.Allow(throttle.Take{Bucket: fmt.Sprint(i), Rate: throttle.Rate{PerSecond: 100, Burst: 1}})
	}
	if l.Allow(slow) {
		t.Error("an empty bucket was forgotten")
	}
	if n := l.Buckets(); n > 5000 {
		t.Errorf("%d buckets are kept", n)
	}
}
