package policy

import "unicode/utf8"

// Stored reads a document that Parse took when it was written, by the laws of that time. It never fails: what cannot be read grants nothing and denies all
// that it may have denied. An Allow with something unreadable in it matches nothing, any other statement denies everything, and so does a text that is no policy.
func Stored(text string) *Document {
	if d, err := Parse(text); err == nil {
		return d
	}
	d := &Document{characters: utf8.RuneCountInString(text)}
	root, err := readJSON(text)
	if err == nil {
		d.readLeniently(root)
	}
	if len(d.Statements) == 0 {
		d.Statements = []Statement{{Effect: Deny, Span: root.span}}
	}
	return d
}

func (d *Document) readLeniently(root node) {
	for i := range root.members {
		switch m := &root.members[i]; m.name {
		case "Version":
			d.Version, _ = m.text()
		case "Statement":
			items := []node{m.value}
			if m.value.shape == jsonList {
				items = m.value.items
			}
			for _, n := range items {
				d.Statements = append(d.Statements, storedStatement(n))
			}
		}
	}
}

// storedStatement returns a statement as it stands, or one of its effect without any elements: such an Allow matches nothing, such a Deny everything.
func storedStatement(n node) Statement {
	var s Statement
	if err := s.read(n); err == nil {
		return s
	}
	for i := range n.members {
		if m := &n.members[i]; m.name == "Effect" {
			if e, err := effect(m); err == nil && e == Allow {
				return Statement{Effect: Allow, Span: n.span}
			}
		}
	}
	return Statement{Effect: Deny, Span: n.span}
}
