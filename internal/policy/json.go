package policy

// The standard decoder keeps neither positions nor duplicate keys, and both belong to what is promised of a document; hence a reader
// of our own. It accepts exactly the texts of RFC 8259 that nest at most maxDepth deep and whose objects name no key twice.

const maxDepth = 16

type shape uint8

const (
	jsonNull shape = iota
	jsonBool
	jsonNumber
	jsonText
	jsonList
	jsonObject
)

var shapeNames = [...]string{"null", "a boolean", "a number", "a text", "a list", "an object"}

type node struct {
	shape   shape
	span    Span
	text    string // of a text its value, of a number or boolean its spelling
	items   []node
	members []member
}

type member struct {
	name  string
	at    Position
	value node
}

// readJSON reads the one value that text holds.
func readJSON(text string) (node, *Error) {
	s := scanner{text: text, at: Position{Line: 1, Column: 1}}
	s.space()
	n, err := s.value(1)
	if err != nil {
		return node{}, err
	}
	s.space()
	if s.off < len(s.text) {
		return node{}, broken(NotJSON, s.here(), "there is text behind the document")
	}
	return n, nil
}

func (s *scanner) value(depth int) (node, *Error) {
	if depth > maxDepth {
		return node{}, broken(TooDeep, s.here(), "the document nests deeper than %d levels", maxDepth)
	}
	n := node{span: Span{Start: s.here()}}
	var err *Error
	switch c := s.peek(); {
	case c == '{':
		n.shape = jsonObject
		n.members, err = s.object(depth)
	case c == '[':
		n.shape = jsonList
		n.items, err = s.list(depth)
	case c == '"':
		n.shape = jsonText
		n.text, err = s.quoted()
	case c == '-' || isDigit(c):
		n.shape = jsonNumber
		n.text, err = s.number()
	default:
		n.shape, n.text, err = s.word()
	}
	n.span.End = s.here()
	return n, err
}

func (s *scanner) object(depth int) ([]member, *Error) {
	var members []member
	names := map[string]bool{}
	err := s.sequence('}', func() *Error {
		at := s.here()
		if s.peek() != '"' {
			return broken(NotJSON, at, "an object's key is wanted here")
		}
		name, err := s.quoted()
		if err != nil {
			return err
		}
		if names[name] {
			return broken(DuplicateKey, at, "the key %q appears twice", name)
		}
		names[name] = true
		s.space()
		if !s.take(':') {
			return broken(NotJSON, s.here(), "a colon is wanted behind the key %q", name)
		}
		s.space()
		v, err := s.value(depth + 1)
		members = append(members, member{name: name, at: at, value: v})
		return err
	})
	return members, err
}

func (s *scanner) list(depth int) ([]node, *Error) {
	var items []node
	err := s.sequence(']', func() *Error {
		v, err := s.value(depth + 1)
		items = append(items, v)
		return err
	})
	return items, err
}

// sequence reads what stands between brackets, parted by commas.
func (s *scanner) sequence(end byte, item func() *Error) *Error {
	s.off++
	s.space()
	if s.take(end) {
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		s.space()
		if s.take(end) {
			return nil
		}
		if !s.take(',') {
			return broken(NotJSON, s.here(), "a comma or %q is wanted here", string(end))
		}
		s.space()
	}
}
