package policy

// Effect is what a statement does, or what a policy decides.
type Effect uint8

// The effects. None is no statement's: it is the decision of a policy in which nothing matches.
const (
	None Effect = iota
	Allow
	Deny
)

func (e Effect) String() string { return [...]string{"None", "Allow", "Deny"}[e] }

// A Value is a text with its place.
type Value struct {
	Text string
	At   Position
}

// A Statement is one rule of a document, as written.
type Statement struct {
	Sid        string
	Effect     Effect
	Principals []Principals // of Principal or NotPrincipal
	Actions    []Value      // of Action or NotAction
	Resources  []Value      // of Resource or NotResource
	Conditions []Condition
	Span       Span

	elements Element
	at       [len(elementNames)]Position
}

// Has reports whether the statement holds any of the elements.
func (s *Statement) Has(e Element) bool { return s.elements&e != 0 }

func (s *Statement) read(n node) *Error {
	if n.shape != jsonObject {
		return broken(WrongType, n.span.Start, "a statement is an object, not %s", shapeNames[n.shape])
	}
	s.Span = n.span
	for i := range n.members {
		m := &n.members[i]
		e, ok := elementNamed(m.name)
		if !ok {
			return broken(UnknownElement, m.at, "a statement has no element %q", m.name)
		}
		s.elements |= e
		s.place(e, m.at)
		if err := s.element(e, m); err != nil {
			return err
		}
	}
	if !s.Has(ElementEffect) {
		return broken(MissingElement, s.Span.Start, "the statement has no Effect")
	}
	for _, rivals := range [...]Element{anyPrincipal, anyAction, anyResource} {
		if s.elements&rivals == rivals {
			return broken(RivalElements, s.Span.Start, "the statement holds both %s", rivals.list(" and "))
		}
	}
	return nil
}

func (s *Statement) element(e Element, m *member) (err *Error) {
	switch e {
	case ElementSid:
		s.Sid, err = m.text()
	case ElementEffect:
		s.Effect, err = effect(m)
	case ElementPrincipal, ElementNotPrincipal:
		s.Principals, err = principals(m)
	case ElementAction, ElementNotAction:
		s.Actions, err = m.texts()
	case ElementResource, ElementNotResource:
		s.Resources, err = m.texts()
	case ElementCondition:
		s.Conditions, err = conditions(m)
	}
	return err
}

func (s *Statement) place(e Element, at Position) {
	for i := range s.at {
		if e == 1<<i {
			s.at[i] = at
		}
	}
}

// where returns the place of the first of the elements that the statement holds, or its own.
func (s *Statement) where(e Element) Position {
	for i, at := range s.at {
		if e&s.elements&(1<<i) != 0 {
			return at
		}
	}
	return s.Span.Start
}

func effect(m *member) (Effect, *Error) {
	if m.value.shape == jsonText {
		switch m.value.text {
		case "Allow":
			return Allow, nil
		case "Deny":
			return Deny, nil
		}
	}
	return None, broken(InvalidEffect, m.value.span.Start, "an Effect is Allow or Deny")
}
