package policy

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestGlob(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"", "", true}, {"", "a", false}, {"*", "", true}, {"**", "abc", true}, {"?", "", false}, {"?", "é", true}, {"??", "é", false},
		{"*??", "日", false}, {"a*", "a", true}, {"a*", "ba", false}, {"*a", "ba", true}, {"*a", "ab", false}, {"a*b*c", "aXbYc", true},
		{"a*b*c", "aXbY", false}, {"*ab", "aab", true}, {"*abab", "ababab", true}, {"a?c", "abc", true}, {"a?c", "ac", false},
		{"*a*b?d*", "xxaxxbcdyy", true}, {"a*a", "a", false}, {"A", "a", false},
	} {
		p := syntax{wildcards: true}.pattern(c.pattern, false)
		if got := p.match(c.text, nil); got != c.want {
			t.Errorf("%q on %q: %v", c.pattern, c.text, got)
		}
	}
}

func TestCaseFoldsByCharacter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"S3:GetObject", "s3:getobject", true}, {"s3:Get*", "S3:GETx", true}, {"*OBJECT", "s3:GetObject", true},
		{"k*", "\u212aelvin", true}, {"*\u212a", "mk", true}, {"É*", "éa", true}, {"É", "e", false}, {"ab*", "a", false},
	} {
		p := syntax{wildcards: true}.pattern(c.pattern, true)
		if got := p.match(c.text, nil); got != c.want {
			t.Errorf("%q on %q: %v", c.pattern, c.text, got)
		}
	}
}

// The bound is generous: a matcher that tries every split would need longer than the age of the world.
func TestHostilePatternsCostNoMoreThanTheProductOfLengths(t *testing.T) {
	t.Parallel()
	p := syntax{wildcards: true}.pattern(strings.Repeat("*a", 500)+"*b", false)
	start := time.Now()
	if p.match(strings.Repeat("a", 20000), nil) {
		t.Error("there is no b")
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("took %v", d)
	}
}

func TestVariables(t *testing.T) {
	t.Parallel()
	keys := Keys{"aws:username": {"ann"}, "aws:tagkeys": {"a", "b"}, "x:star": {"*"}, "x:empty": {""}}
	for _, c := range []struct {
		name, pattern, text string
		want                bool
	}{
		{"a value stands in", "home/${aws:username}/*", "home/ann/x", true},
		{"names are compared without case", "${AWS:UserName}", "ann", true},
		{"space around the name is nothing", "${ aws:username }", "ann", true},
		{"a wildcard in a value is literal", "${x:star}", "ann", false},
		{"and matches itself", "${x:star}", "*", true},
		{"an empty value is a value", "a${x:empty}b", "ab", true},
		{"a key without a value matches nothing", "a${x:none}b", "ab", false},
		{"a default helps", "${x:none, 'd e'}", "d e", true},
		{"a default is not used for nothing", "${aws:username, 'bob'}", "bob", false},
		{"a default may hold a brace", "${x:none, 'a}b'}", "a}b", true},
		{"a wildcard in a default is literal", "${x:none, '*'}", "z", false},
		{"two quotes in a default are one", "${x:none, 'o''b}'''}", "o'b}'", true},
		{"a default of one quote", "${x:none, ''''}", "'", true},
		{"several values are none", "${aws:TagKeys}", "a", false},
		{"several values leave the default", "${aws:TagKeys, 'c'}", "c", true},
		{"an escaped star is a star", "a${*}", "a*", true},
		{"an escaped star is only a star", "a${*}", "ab", false},
		{"an escaped question mark", "${?}", "?", true},
		{"an escaped dollar", "${$}{x}", "${x}", true},
		{"an open brace is text", "${aws:username", "${aws:username", true},
		{"runs around a value", "*${aws:username}*", "joanna, ann", true},
		{"values side by side", "${aws:username}${aws:username}", "annann", true},
	} {
		p := syntax{wildcards: true, variables: true}.pattern(c.pattern, false)
		if got := p.match(c.text, keys); got != c.want {
			t.Errorf("%s: %q on %q: %v", c.name, c.pattern, c.text, got)
		}
	}
	p := syntax{wildcards: true}.pattern("${aws:username}", false)
	if p.match("ann", keys) || !p.match("${aws:username}", keys) {
		t.Error("without variables the text is literal")
	}
}

// FuzzGlob holds the matcher against the regular expression of the same meaning, which runs in linear time.
func FuzzGlob(f *testing.F) {
	for _, s := range [][2]string{{"a*b?c", "aXbYc"}, {"*é?", "xéz"}, {"**", ""}, {"K*", "kelvin"}, {"*aab", "aaaab"}} {
		f.Add(s[0], s[1], false)
		f.Add(s[0], s[1], true)
	}
	f.Fuzz(func(t *testing.T, pattern, text string, fold bool) {
		pattern, text = strings.ToValidUTF8(pattern, "_"), strings.ToValidUTF8(text, "_")
		if len(pattern)*len(text) > 1<<16 {
			return
		}
		x := regexp.QuoteMeta(pattern)
		x = strings.ReplaceAll(strings.ReplaceAll(x, `\*`, ".*"), `\?`, ".")
		flags := "(?s)"
		if fold {
			flags = "(?si)"
		}
		want := regexp.MustCompile(flags + "^(?:" + x + ")$").MatchString(text)
		p := syntax{wildcards: true}.pattern(pattern, fold)
		if got := p.match(text, nil); got != want {
			t.Fatalf("%q on %q (fold %v): %v", pattern, text, fold, got)
		}
	})
}
