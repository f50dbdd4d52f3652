package inherit

import (
	"fmt"
	"slices"
	"strings"
)

// A Code names what is wrong with an effective policy.
type Code string

// The documented codes (API Reference, ListEffectivePolicyValidationErrors).
const (
	TooMany     Code = "ELEMENTS_TOO_MANY"
	TooFew      Code = "ELEMENTS_TOO_FEW"
	KeyRequired Code = "KEY_REQUIRED"
)

// A ValidationError says what is wrong with an effective policy. Each policy may be sound by itself.
type ValidationError struct {
	Code     Code
	Message  string
	Path     string   // keys of the effective policy, joined by slashes: plans/<plan>/rules/<rule>
	Policies []string // the ids of the policies that made the place what it is, sorted
}

// unreadable tells of policies whose texts say nothing that the vocabulary knows: what they lack is the key that they begin with.
func unreadable(words *vocabulary, policies []string) []ValidationError {
	var out []ValidationError
	for _, id := range policies {
		out = append(out, ValidationError{
			Code: KeyRequired, Message: fmt.Sprintf("The policy cannot be read: it has no key %s.", words.top.name), Path: words.top.name, Policies: []string{id},
		})
	}
	return out
}

type validator struct{ errors []ValidationError }

func validate(words *vocabulary, top *branch, text string) []ValidationError {
	v := &validator{}
	if top.visible {
		v.walk(top, []string{top.key})
	}
	if words.check != nil {
		v.errors = append(v.errors, words.check(top, text)...)
	}
	return v.errors
}

// walk looks at a visible branch.
func (v *validator) walk(b *branch, path []string) {
	if count := b.count(); b.element.atMost > 0 && count > b.element.atMost {
		v.add(TooMany, path, b.contributors(), "There are %d elements, and at most %d are allowed.", count, b.element.atMost)
	}
	if b.element.leaf != nil {
		return
	}
	v.demands(b, path)
	for _, kid := range b.kids {
		if kid.visible {
			v.walk(kid, append(slices.Clip(path), kid.key))
		}
	}
}

// demands asks for the members that a group has to have.
func (v *validator) demands(b *branch, path []string) {
	if b.element.oneOf && b.shown() > 1 {
		v.add(TooMany, path, b.contributors(), "Only one of the keys %s is allowed.", names(b.element))
	}
	for _, m := range b.element.members {
		kid := b.kid(m.name)
		if kid != nil && kid.visible {
			continue
		}
		below := append(slices.Clip(path), m.name)
		switch {
		case m.atLeast > 0:
			v.add(TooFew, below, blame(kid, b), "There are 0 elements, and at least %d is required.", m.atLeast)
		case m.required && m.oneOf:
			v.add(KeyRequired, below, blame(kid, b), "One of the keys %s is required.", names(m))
		case m.required:
			v.add(KeyRequired, path, b.contributors(), "The key %s is required.", m.name)
		}
	}
}

func (v *validator) add(code Code, path []string, policies []string, format string, args ...any) {
	v.errors = append(v.errors, ValidationError{
		Code:     code,
		Message:  fmt.Sprintf(format, args...),
		Path:     strings.Join(path, "/"),
		Policies: policies,
	})
}

// blame returns those who made a branch, and where nobody did, those who made the one above.
func blame(b, above *branch) []string {
	if b != nil {
		if ids := b.contributors(); len(ids) > 0 {
			return ids
		}
	}
	return above.contributors()
}

// count returns how many items or keys the effective policy shows here.
func (b *branch) count() int {
	if b.element.leaf != nil {
		return len(b.items)
	}
	if !b.element.deep {
		return b.shown()
	}
	sum := 0
	for _, kid := range b.kids {
		sum += kid.shown()
	}
	return sum
}

func (b *branch) shown() int {
	n := 0
	for _, kid := range b.kids {
		if kid.visible {
			n++
		}
	}
	return n
}

func names(e *element) string {
	keys := make([]string, len(e.members))
	for i, m := range e.members {
		keys[i] = m.name
	}
	return strings.Join(keys, ", ")
}
