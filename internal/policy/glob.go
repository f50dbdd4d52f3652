package policy

import (
	"strings"
	"unicode/utf8"
)

type form uint8

const (
	general form = iota
	everything
	exact
	prefix
)

// A pattern is a text with wildcards and variables, taken apart once. What a variable stands for is always literal: wildcards in it
// mean nothing.
type pattern struct {
	form   form
	fold   bool // case does not count
	lead   byte // what a text must begin with, in lower case; zero when that is not known
	text   string
	tokens []token
}

func (x syntax) pattern(text string, fold bool) pattern {
	return fromTokens(x.tokens(text), fold)
}

func fromTokens(tokens []token, fold bool) pattern {
	p := pattern{fold: fold, tokens: tokens}
	if len(tokens) > 0 && tokens[0].kind == literal && tokens[0].text[0] < utf8.RuneSelf {
		p.lead = lower(tokens[0].text[0])
	}
	switch {
	case len(tokens) == 0:
		p.form = exact
	case len(tokens) == 1 && tokens[0].kind == run:
		p.form = everything
	case len(tokens) == 1 && tokens[0].kind == literal:
		p.form, p.text = exact, tokens[0].text
	case len(tokens) == 2 && tokens[0].kind == literal && tokens[1].kind == run:
		p.form, p.text = prefix, tokens[0].text
	}
	return p
}

func (p *pattern) match(s string, c Context) bool {
	switch p.form {
	case everything:
		return true
	case exact:
		if p.fold {
			return strings.EqualFold(s, p.text)
		}
		return s == p.text
	case prefix:
		_, ok := p.cut(s, p.text)
		return ok
	}
	return p.walk(s, c)
}

// walk matches from left to right and goes back to the last run only: what stands before a run never needs another try, because the
// leftmost match leaves the most text. The cost is at most the product of the two lengths.
func (p *pattern) walk(s string, c Context) bool {
	next, after, retry := 0, -1, ""
	for {
		if next < len(p.tokens) && p.tokens[next].kind == run {
			next++
			if next == len(p.tokens) {
				return true
			}
			after, retry = next, s
			continue
		}
		if next < len(p.tokens) {
			if rest, ok := p.step(&p.tokens[next], s, c); ok {
				s = rest
				next++
				continue
			}
		} else if s == "" {
			return true
		}
		if after < 0 || retry == "" {
			return false
		}
		_, size := utf8.DecodeRuneInString(retry)
		retry = retry[size:]
		next, s = after, retry
	}
}

func (p *pattern) step(t *token, s string, c Context) (rest string, ok bool) {
	switch t.kind {
	case literal:
		return p.cut(s, t.text)
	case one:
		if s == "" {
			return "", false
		}
		_, size := utf8.DecodeRuneInString(s)
		return s[size:], true
	default:
		value, ok := t.resolve(c)
		if !ok {
			return "", false
		}
		return p.cut(s, value)
	}
}

func (p *pattern) cut(s, text string) (rest string, ok bool) {
	if p.fold {
		return cutFold(s, text)
	}
	return strings.CutPrefix(s, text)
}

// excludes tells most texts apart by their first byte. Letters beyond ASCII fold to letters within, so they are left to match.
func (p *pattern) excludes(s string) bool {
	return p.lead != 0 && (s == "" || lower(s[0]) != p.lead && s[0] < utf8.RuneSelf)
}

// resolvable reports whether each variable has a value in the request.
func (p *pattern) resolvable(c Context) bool {
	for i := range p.tokens {
		if p.tokens[i].kind == variable {
			if _, ok := p.tokens[i].resolve(c); !ok {
				return false
			}
		}
	}
	return true
}

func (p *pattern) hasVariables() bool {
	for i := range p.tokens {
		if p.tokens[i].kind == variable {
			return true
		}
	}
	return false
}

// cutFold cuts a prefix whose case does not count. Characters fold one to one, but not always to the same number of bytes.
func cutFold(s, text string) (rest string, ok bool) {
	i := 0
	for i < len(text) && i < len(s) && s[i]|text[i] < utf8.RuneSelf {
		if lower(s[i]) != lower(text[i]) {
			return "", false
		}
		i++
	}
	if i == len(text) {
		return s[i:], true
	}
	n := i
	for range text[i:] {
		_, size := utf8.DecodeRuneInString(s[n:])
		n += size
	}
	return s[n:], strings.EqualFold(s[i:n], text[i:])
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
