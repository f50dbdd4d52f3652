package awsjson

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"
)

// StringRule is what the contract demands of a string. Lengths count Unicode characters.
type StringRule struct {
	Min, Max int // Max 0 is no bound
	Pattern  Pattern
	Enum     []string // empty takes anything
	Reason   string   // why Pattern or Enum refuse; empty for the general reason
}

func (r *StringRule) check(member, s string) *Violation {
	n := utf8.RuneCountInString(s)
	switch {
	case len(r.Enum) > 0 && !slices.Contains(r.Enum, s):
		return &Violation{Reason: cmp.Or(r.Reason, InvalidEnum), Member: member, Detail: saysEnum}
	case r.Max > 0 && n > r.Max:
		return &Violation{Reason: MaxLength, Member: member, Detail: saysMaxLength}
	case n < r.Min:
		return &Violation{Reason: MinLength, Member: member, Detail: saysMinLength}
	case !r.Pattern.Match(s):
		return &Violation{Reason: cmp.Or(r.Reason, InvalidPattern), Member: member, Detail: saysPattern}
	}
	return nil
}

// IntRule is what the contract demands of an integer; both bounds are included.
type IntRule struct{ Min, Max int }

func (r *IntRule) check(member string, n int) *Violation {
	switch {
	case n > r.Max:
		return &Violation{Reason: MaxValue, Member: member, Detail: saysMaxValue}
	case n < r.Min:
		return &Violation{Reason: MinValue, Member: member, Detail: saysMinValue}
	}
	return nil
}

// Check collects the first violation of a shape. Members that the request did not carry are not checked, except by Require.
type Check struct {
	seen  Seen
	found *Violation
}

// NewCheck starts the check of a shape.
func NewCheck(seen Seen) Check { return Check{seen: seen} }

// Violation returns what was found first, or nil.
func (c *Check) Violation() *Violation { return c.found }

func (c *Check) skips(bit int) bool { return c.found != nil || !c.seen.Has(bit) }

// Require demands that the member is present.
func (c *Check) Require(bit int, member string) {
	if c.found == nil && !c.seen.Has(bit) {
		c.found = &Violation{Reason: InputRequired, Member: member, Detail: saysRequired}
	}
}

// String checks a string member.
func (c *Check) String(bit int, member, s string, r *StringRule) {
	if !c.skips(bit) {
		c.found = r.check(member, s)
	}
}

// Int checks an integer member.
func (c *Check) Int(bit int, member string, n int, r *IntRule) {
	if !c.skips(bit) {
		c.found = r.check(member, n)
	}
}

// Struct checks a member that is a shape itself.
func (c *Check) Struct(bit int, member string, v Input) {
	if c.skips(bit) {
		return
	}
	if c.found = v.Validate(); c.found != nil {
		c.found.Member = member + "." + c.found.Member
	}
}

// CheckStructs checks the elements of a list of shapes. What an element violates keeps its own reason, which tells more than
// INVALID_LIST_MEMBER does.
func CheckStructs[T any, P shape[T]](c *Check, bit int, member string, list []T) {
	for i := range list {
		if c.skips(bit) {
			return
		}
		if c.found = P(&list[i]).Validate(); c.found != nil {
			c.found.Member = fmt.Sprintf("%s[%d].%s", member, i, c.found.Member)
		}
	}
}

// CheckStrings checks the elements of a list of strings; the reason is INVALID_LIST_MEMBER.
func CheckStrings[T ~string](c *Check, bit int, member string, list []T, r *StringRule) {
	for i, s := range list {
		if c.skips(bit) {
			return
		}
		if r.check("", string(s)) != nil {
			c.found = &Violation{Reason: InvalidListMember, Member: fmt.Sprintf("%s[%d]", member, i), Detail: saysList}
		}
	}
}

// Value returns what p points to, or the zero value.
func Value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
