package inherit

import (
	"fmt"
	"slices"
)

// A Policy is a document that keeps the rules of its type, or kept those of its time. It never changes.
type Policy struct {
	typ Type
	top *node // nil for a text that could not be read
}

// Type returns the type of the policy.
func (p *Policy) Type() Type { return p.typ }

// A node is what one policy says at one place.
type node struct {
	element *element
	key     string // as it is compared and rendered
	written string // as the document has it
	at      int
	lenient bool // what is not understood is left out

	limited bool
	limit   operators // what lower levels may do here, when limited

	set                 operators // the operators that are used here
	assign, add, remove []string
	kids                []*node // in the order of rendering
}

// Parse reads a document. It returns a *DocumentError with the first fault that it meets; the size is looked at before anything else.
func Parse(t Type, document string) (*Policy, error) {
	v := vocabularyOf(t)
	if v == nil {
		return nil, &DocumentError{Fault: UnknownType, Message: fmt.Sprintf("%q is no type of management policy", t)}
	}
	if !v.size.holds(document) {
		return nil, &DocumentError{Fault: TooLarge, Message: fmt.Sprintf("a document has at most %d %s", v.size.Max, v.size.unit())}
	}
	top, f := compile(v, document)
	if f != nil {
		return nil, f.locate(document)
	}
	return &Policy{typ: t, top: top}, nil
}

func compile(v *vocabulary, document string) (*node, *flaw) {
	json, f := read(document, true)
	if f != nil {
		return nil, f
	}
	if json.kind != object {
		return nil, flawAt(json.at, nil, "a policy is one JSON object, not %s", json.kind)
	}
	for _, m := range json.members {
		if m.key != v.top.name {
			return nil, flawAt(m.at, []string{m.key}, "a policy of this type has the key %q alone", v.top.name)
		}
	}
	if len(json.members) == 0 {
		return nil, flawAt(json.at, nil, "a policy of this type has the key %q", v.top.name)
	}
	return compileNode(v.top, json.members[0], v.top.name, []string{v.top.name}, false)
}

func compileNode(e *element, m member, key string, path []string, lenient bool) (*node, *flaw) {
	n := &node{element: e, key: key, written: m.key, at: m.at, lenient: lenient}
	if m.value.kind != object {
		return nil, flawAt(m.value.at, path, "an object is expected here, not %s", m.value.kind)
	}
	for _, below := range m.value.members {
		if f := n.take(below, append(slices.Clip(path), below.key)); f != nil && !lenient {
			return nil, f
		}
	}
	slices.SortFunc(n.kids, func(a, b *node) int { return order(a.element, a.key, b.element, b.key) })
	if lenient {
		return n, nil
	}
	return n, n.lawful(path)
}

// take adds one member: a control, an operator or a key.
func (n *node) take(m member, path []string) *flaw {
	switch {
	case m.key == controls:
		to, f := limit(m.value, path)
		if f == nil {
			n.limited, n.limit = true, to
		}
		return f
	case isOperator(m.key):
		return n.operate(m, path)
	case n.element.leaf != nil:
		return flawAt(m.at, path, "a setting holds operators, and no keys")
	}
	return n.descend(m, path)
}

func (n *node) operate(m member, path []string) *flaw {
	o, known := operatorOf[m.key]
	switch {
	case !known:
		return flawAt(m.at, path, "%s is no operator", m.key)
	case n.element.leaf == nil:
		return flawAt(m.at, path, "%s stands where only settings are", m.key)
	case o != assign && !n.element.leaf.list:
		return flawAt(m.at, path, "%s works on lists, and this is a single value", m.key)
	}
	values, f := n.element.leaf.values(m.value, path, n.lenient)
	if f != nil {
		return f
	}
	n.set |= o
	switch o {
	case assign:
		n.assign = values
	case add:
		n.add = values
	case remove:
		n.remove = values
	}
	if most := n.element.written; most > 0 && o != remove && len(values) > most && !n.lenient {
		return flawAt(m.value.at, path, "%d items are more than %d", len(values), most)
	}
	return nil
}

func (n *node) descend(m member, path []string) *flaw {
	e, key := n.element.find(m.key)
	if e == nil {
		return flawAt(m.at, path, "the key %q is not known here", m.key)
	}
	if n.element.key != nil && !n.lenient {
		if message := n.element.key(m.key); message != "" {
			return flawAt(m.at, path, "%s", message)
		}
	}
	if n.kid(key) != nil {
		return flawAt(m.at, path, "the key %q appears twice: its case does not count", m.key)
	}
	kid, f := compileNode(e, m, key, path, n.lenient)
	if f != nil {
		return f
	}
	n.kids = append(n.kids, kid)
	return nil
}

// lawful asks for what the members make of the place together.
func (n *node) lawful(path []string) *flaw {
	for _, name := range n.element.named {
		if n.kid(name) == nil {
			return flawAt(n.at, path, "the key %q is required", name)
		}
	}
	if most := n.element.written; most > 0 && len(n.kids) > most {
		return flawAt(n.at, path, "%d keys are more than %d", len(n.kids), most)
	}
	if n.element.rule == nil {
		return nil
	}
	w := n.element.rule(n)
	switch {
	case w.message == "":
		return nil
	case w.below == "":
		return flawAt(n.at, path, "%s", w.message)
	}
	return flawAt(n.kid(w.below).at, append(slices.Clip(path), w.below), "%s", w.message)
}

func (n *node) kid(key string) *node {
	for _, k := range n.kids {
		if k.key == key {
			return k
		}
	}
	return nil
}
