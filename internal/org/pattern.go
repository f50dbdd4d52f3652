package org

import (
	"regexp"
	"sync"
)

// A Pattern is a regular expression that is compiled when it is first asked for: a run meets the rules of few partitions, and all of them together
// would take their time and memory from every start.
type Pattern func() *regexp.Regexp

func pattern(expression string) Pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
