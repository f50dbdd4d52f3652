package policy

import "net/netip"

// An operand is a value of a policy, made ready for its operator. A value that its operator cannot read matches nothing.
type operand struct {
	pattern pattern
	name    arnPattern
	value   any // of a type the operator knows; nil when it cannot read the value
}

// An operator compares one value of a request with one of a policy. A negated operator holds when none of the policy's values match.
type operator struct {
	negated   bool
	null      bool // asks whether the key is there, and nothing about its values
	variables bool
	operand   func(text string, variables bool) operand
	match     func(o *operand, value string, c Context) bool
}

func (o operator) not() operator {
	o.negated = true
	return o
}

func texts(read func(text string, variables bool) pattern) operator {
	return operator{
		variables: true,
		operand:   func(text string, variables bool) operand { return operand{pattern: read(text, variables)} },
		match:     func(o *operand, value string, c Context) bool { return o.pattern.match(value, c) },
	}
}

var (
	equal      = texts(func(text string, v bool) pattern { return syntax{variables: v}.pattern(text, false) })
	folds      = texts(func(text string, v bool) pattern { return syntax{variables: v}.pattern(text, true) })
	like       = texts(func(text string, v bool) pattern { return syntax{variables: v, wildcards: true}.pattern(text, false) })
	startsWith = texts(func(text string, v bool) pattern {
		return fromTokens(append(syntax{variables: v}.tokens(text), token{kind: run}), false)
	})
	endsWith = texts(func(text string, v bool) pattern {
		return fromTokens(append([]token{{kind: run}}, syntax{variables: v}.tokens(text)...), false)
	})
	named = operator{
		variables: true,
		operand:   func(text string, v bool) operand { return operand{name: newARNPattern(text, v)} },
		match:     func(o *operand, value string, c Context) bool { return o.name.match(value, c) },
	}
	// The text is compared as it stands, undecoded: that is what the service does.
	binary = texts(func(text string, _ bool) pattern { return syntax{}.pattern(text, false) }).plain()
	isBool = converted(truth, func(a, b bool) bool { return a == b })
	absent = converted(truth, nil).absence()
)

func (o operator) plain() operator {
	o.variables = false
	return o
}

func (o operator) absence() operator {
	o.null = true
	return o
}

// converted makes an operator on values that both sides are read as.
func converted[T any](read func(string) (T, bool), test func(a, b T) bool) operator {
	return operator{
		operand: func(text string, _ bool) operand {
			if v, ok := read(text); ok {
				return operand{value: v}
			}
			return operand{}
		},
		match: func(o *operand, value string, _ Context) bool {
			want, ok := o.value.(T)
			if !ok {
				return false
			}
			got, ok := read(value)
			return ok && test(got, want)
		},
	}
}

// inNetwork differs from the other converted operators in that the two sides are of two types.
func inNetwork() operator {
	o := converted[netip.Prefix](network, nil)
	o.match = func(o *operand, value string, _ Context) bool {
		p, ok := o.value.(netip.Prefix)
		if !ok {
			return false
		}
		a, ok := address(value)
		return ok && p.Contains(a)
	}
	return o
}
