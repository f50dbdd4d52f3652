package inherit

import (
	"cmp"
	"strings"
)

// An element is one place in a vocabulary: a group of fixed keys, a table of free keys that are all shaped alike, or a leaf.
type element struct {
	name string // the key; empty below a table, where the document chooses it
	rank int    // its place among the group's members, which is the order of rendering

	members []*element        // a group's
	each    *element          // a table's
	key     check             // what a table's keys look like
	fold    bool              // a table's keys ignore case, and are rendered in lower case
	rule    func(*node) wrong // a law of the document about this place as a whole
	named   []string          // members that every document names

	leaf *leaf

	required bool // the effective policy has this key wherever it has the one above
	oneOf    bool // the effective policy has exactly one of the members
	atLeast  int  // items or keys in the effective policy
	atMost   int
	deep     bool // atMost counts the keys below the keys
	written  int  // items or keys in one document
}

// wrong is what a rule objects to: where, as a key below the place that was asked about, and why. The zero value is no objection.
type wrong struct {
	below   string
	message string
}

func group(name string, members ...*element) *element {
	for i, m := range members {
		m.rank = i
	}
	return &element{name: name, members: members}
}

func table(name string, key check, each *element) *element {
	return &element{name: name, key: key, each: each}
}

// shape is what lies below a free key.
func shape(members ...*element) *element { return group("", members...) }

func (e *element) folded() *element                 { e.fold = true; return e }
func (e *element) mustBeThere() *element            { e.required = true; return e }
func (e *element) exactlyOne() *element             { e.oneOf = true; return e }
func (e *element) min(n int) *element               { e.atLeast = n; return e }
func (e *element) max(n int) *element               { e.atMost, e.written = n, n; return e }
func (e *element) maxMerged(n int) *element         { e.atMost = n; return e }
func (e *element) maxBelow(n int) *element          { e.atMost, e.deep = n, true; return e }
func (e *element) names(keys ...string) *element    { e.named = keys; return e }
func (e *element) law(f func(*node) wrong) *element { e.rule = f; return e }

// find returns the element of a key and the key as it is compared and rendered.
func (e *element) find(key string) (*element, string) {
	if e.each != nil {
		if e.fold {
			key = strings.ToLower(key)
		}
		return e.each, key
	}
	for _, m := range e.members {
		if m.name == key {
			return m, key
		}
	}
	return nil, key
}

// order sorts the keys of one group or table: fixed ones as the vocabulary lists them, free ones by their bytes.
func order(a *element, aKey string, b *element, bKey string) int {
	return cmp.Or(cmp.Compare(a.rank, b.rank), strings.Compare(aKey, bKey))
}
