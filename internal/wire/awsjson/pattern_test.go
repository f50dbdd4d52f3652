package awsjson_test

import (
	"sync"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/awsjson"
)

func TestPatterns(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		pattern, s string
		want       bool
	}{
		"no pattern takes anything":        {"", "what\never", true},
		"no pattern takes nothing at all":  {"", "", true},
		"a pattern takes what it is":       {`^(?:\d{12})$`, "111111111111", true},
		"a pattern takes nothing else":     {`^(?:\d{12})$`, "11111111111x", false},
		"a pattern does not take an empty": {`^(?:\d{12})$`, "", false},
	} {
		p := &awsjson.Pattern{Text: c.pattern}
		for range 2 {
			if got := p.Match(c.s); got != c.want {
				t.Errorf("%s: got %t", name, got)
			}
		}
	}
}

func TestAPatternIsFirstMetByManyAtOnce(t *testing.T) {
	t.Parallel()
	p := &awsjson.Pattern{Text: `^a+$`}
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if !p.Match("aaa") || p.Match("b") {
				t.Error("the pattern judges wrongly")
			}
		})
	}
	all.Wait()
}
