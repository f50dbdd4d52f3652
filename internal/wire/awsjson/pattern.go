package awsjson

import (
	"regexp"
	"sync"
)

// A Pattern is an anchored regular expression that is compiled when a string is first held against it: contracts have more patterns than one run
// meets, and together they would take their time and memory from every start. Its zero value takes anything. It is safe for concurrent use.
type Pattern struct {
	Text string

	once     sync.Once
	compiled *regexp.Regexp
}

// Match tells whether the pattern takes s. It panics when Text is no regular expression; the generator of contracts lets none such pass.
func (p *Pattern) Match(s string) bool {
	if p.Text == "" {
		return true
	}
	p.once.Do(func() { p.compiled = regexp.MustCompile(p.Text) })
	return p.compiled.MatchString(s)
}
