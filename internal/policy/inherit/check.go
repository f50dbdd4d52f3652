package inherit

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

func oneOf(words ...string) check {
	return func(s string) string {
		if slices.Contains(words, s) {
			return ""
		}
		return fmt.Sprintf("%q is not one of %s", s, strings.Join(words, ", "))
	}
}

// length accepts strings of so many characters.
func length(low, high int) check {
	return func(s string) string {
		if n := utf8.RuneCountInString(s); n < low || n > high {
			return fmt.Sprintf("%d to %d characters are expected, not %d", low, high, n)
		}
		return ""
	}
}

// pattern accepts what the expression is all of. It is compiled when it is first met: few runs meet many.
func pattern(what, expression string) check {
	re := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:` + expression + `)$`) })
	return func(s string) string {
		if re().MatchString(s) {
			return ""
		}
		return fmt.Sprintf("%q is not %s", s, what)
	}
}

// both accepts what each of the checks accepts.
func both(checks ...check) check {
	return func(s string) string {
		for _, c := range checks {
			if message := c(s); message != "" {
				return message
			}
		}
		return ""
	}
}

func except(word string, c check) check {
	return func(s string) string {
		if s == word {
			return ""
		}
		return c(s)
	}
}

func atMostOneStar(s string) string {
	if strings.Count(s, "*") > 1 {
		return fmt.Sprintf("%q has more than one *", s)
	}
	return ""
}

var (
	anything = length(1, 2048)
	tagKey   = length(1, 128)
	tagValue = length(0, 256)
	region   = pattern("the code of a region", `[a-z]{2,3}(?:-[a-z]+)+-[0-9]{1,2}`)
	// allRegions is how the security services say "wherever there are any".
	allRegions = except("ALL_SUPPORTED", region)
	arn        = pattern("an ARN", `arn:[a-z-]+:[^:\s]*:[^:\s]*:[^:\s]*:\S+`)
)

// enablement is the pair of lists by which the security services are switched on and off. An empty list says something there: nowhere.
func enablement() []*element {
	return []*element{
		list("enable_in_regions", allRegions).keepsEmpty(),
		list("disable_in_regions", allRegions).keepsEmpty(),
	}
}
