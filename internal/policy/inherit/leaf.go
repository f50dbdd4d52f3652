package inherit

import (
	"fmt"
	"strconv"
)

// A leaf is a setting: what its values look like and how they are rendered.
type leaf struct {
	list    bool
	value   check
	plain   kind // a kind of JSON value that is accepted beside strings
	empty   bool // an assigned empty list is rendered; otherwise an empty list is as good as none
	account bool // $account stands for the account that inherits
}

// A check returns what is wrong with a value, and else nothing.
type check func(string) string

// one is a single string.
func one(name string, c check) *element {
	return &element{name: name, leaf: &leaf{value: c}}
}

// list is a list of strings.
func list(name string, c check) *element {
	return &element{name: name, leaf: &leaf{list: true, value: c}}
}

// choice is one word out of a few. Case counts.
func choice(name string, words ...string) *element { return one(name, oneOf(words...)) }

// number is an integer written as a string.
func number(name string, low, high int64) *element {
	return one(name, func(s string) string {
		n, err := strconv.ParseInt(s, 10, 64)
		switch {
		case err != nil || strconv.FormatInt(n, 10) != s:
			return fmt.Sprintf("%q is not an integer", s)
		case n < low || n > high:
			return fmt.Sprintf("%s is not between %d and %d", s, low, high)
		}
		return ""
	})
}

// flag is true or false, as a string or bare; it is rendered as a string (User Guide, "Backup policy examples", example 5).
func flag(name string) *element {
	e := choice(name, "true", "false")
	e.leaf.plain = boolean
	return e
}

func (e *element) orNumber() *element     { e.leaf.plain = numeral; return e }
func (e *element) keepsEmpty() *element   { e.leaf.empty = true; return e }
func (e *element) namesAccount() *element { e.leaf.account = true; return e }

// values reads what stands behind an operator. Duplicates are dropped. A lenient reading takes any words, and leaves out items that are none.
func (l *leaf) values(v value, path []string, lenient bool) ([]string, *flaw) {
	if !l.list {
		s, f := l.scalar(v, path, lenient)
		if f != nil {
			return nil, f
		}
		return []string{s}, nil
	}
	if v.kind != array {
		return nil, flawAt(v.at, path, "a list is expected here, not %s", v.kind)
	}
	items := make([]string, 0, len(v.items))
	seen := make(map[string]bool, len(v.items))
	for _, item := range v.items {
		s, f := l.scalar(item, path, lenient)
		switch {
		case f != nil && lenient:
			continue
		case f != nil:
			return nil, f
		}
		if !seen[s] {
			seen[s] = true
			items = append(items, s)
		}
	}
	return items, nil
}

func (l *leaf) scalar(v value, path []string, lenient bool) (string, *flaw) {
	if v.kind != text && (l.plain == "" || v.kind != l.plain) {
		return "", flawAt(v.at, path, "a string is expected here, not %s", v.kind)
	}
	if message := l.value(v.text); message != "" && !lenient {
		return "", flawAt(v.at, path, "%s", message)
	}
	return v.text, nil
}
