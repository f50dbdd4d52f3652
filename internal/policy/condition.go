package policy

import (
	"slices"
	"strings"
)

// A condition is one operator on one key, made ready.
type condition struct {
	op         operator
	quantifier quantifier
	ifExists   bool
	key        string // in lower case
	operands   []operand
	variables  bool // an operand holds one
}

func newCondition(op operator, q quantifier, ifExists bool, c *Condition, variables bool) condition {
	n := condition{op: op, quantifier: q, ifExists: ifExists, key: strings.ToLower(c.Key)}
	for _, v := range c.Values {
		o := op.operand(v.Text, variables && op.variables)
		n.variables = n.variables || o.hasVariables()
		n.operands = append(n.operands, o)
	}
	return n
}

// holds decides about a request (IAM User Guide, "Condition operators", and "Conditions with multiple context keys or values"). Several values in
// a policy are alternatives; under a negated operator none of them may match.
//
// A key without values counts as absent. A key with several values under an operator without a quantifier is left open by the
// documentation: here one match is enough, and a negated operator wants none at all.
func (n *condition) holds(c Context) bool {
	values := lookup(c, n.key)
	if n.op.null {
		return n.absence(len(values) == 0)
	}
	if len(values) == 0 || n.quantifier != single && blank(values) {
		return n.missing()
	}
	// "Differs from a text that nobody knows" holds for nobody.
	if n.op.negated && n.variables && !n.resolvable(c) {
		return false
	}
	all := n.quantifier == forAll || n.quantifier == single && n.op.negated
	for _, v := range values {
		if n.one(v, c) != all {
			return !all
		}
	}
	return all
}

func (n *condition) one(value string, c Context) bool {
	for i := range n.operands {
		if n.op.match(&n.operands[i], value, c) {
			return !n.op.negated
		}
	}
	return n.op.negated
}

// missing decides where there is nothing to compare. ForAnyValue comes before IfExists: of no values none is any.
func (n *condition) missing() bool {
	switch n.quantifier {
	case forAll:
		return true
	case forAny:
		return false
	default:
		return n.ifExists || n.op.negated
	}
}

// blank reports whether all values are empty, which quantifiers take for none (IAM User Guide, "Single-valued vs. multivalued context keys").
func blank(values []string) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return v != "" })
}

func (n *condition) absence(absent bool) bool {
	return slices.ContainsFunc(n.operands, func(o operand) bool {
		want, ok := o.value.(bool)
		return ok && want == absent
	})
}

func (n *condition) resolvable(c Context) bool {
	for i := range n.operands {
		if !n.operands[i].resolvable(c) {
			return false
		}
	}
	return true
}

func (o *operand) hasVariables() bool {
	return o.pattern.hasVariables() || slices.ContainsFunc(o.name.parts, func(p pattern) bool { return p.hasVariables() })
}

func (o *operand) resolvable(c Context) bool {
	for i := range o.name.parts {
		if !o.name.parts[i].resolvable(c) {
			return false
		}
	}
	return o.pattern.resolvable(c)
}
