package policy

import (
	"unicode"
	"unicode/utf8"
)

// maxBytes bounds what is read at all, far above the largest policy of any kind (40,000 characters).
const maxBytes = 1 << 18

// A Document is the parsed text of a policy. It keeps the order, the spelling and the positions of what was written.
type Document struct {
	ID         string
	Version    string // empty when the text names none
	Statements []Statement

	characters int
	packed     int // characters that are not white space
	versionAt  Position
	idAt       Position
	hasID      bool
}

// Characters returns the length of the document's text, in characters.
func (d *Document) Characters() int { return d.characters }

// Parse reads a document. It promises the structure that all kinds of policy share: one JSON object in UTF-8 without duplicate keys, known
// element names, an Effect that is Allow or Deny, no element beside its own negation, texts and lists where they belong. What one kind of
// policy demands beyond is for Validate. Every error is an *Error.
func Parse(text string) (*Document, error) {
	d, err := parse(text)
	if err != nil {
		return nil, err
	}
	return d, nil
}

func parse(text string) (*Document, *Error) {
	start := Position{Line: 1, Column: 1}
	if len(text) > maxBytes {
		return nil, broken(TooLarge, start, "the document has %d bytes, more than any policy may have", len(text))
	}
	if !utf8.ValidString(text) {
		return nil, broken(NotJSON, start, "the document is not UTF-8")
	}
	root, err := readJSON(text)
	if err != nil {
		return nil, err
	}
	if root.shape != jsonObject {
		return nil, broken(NotOneObject, root.span.Start, "a policy is an object, not %s", shapeNames[root.shape])
	}
	d := &Document{versionAt: root.span.Start, characters: utf8.RuneCountInString(text)}
	for _, r := range text {
		if !unicode.IsSpace(r) {
			d.packed++
		}
	}
	return d, d.read(root)
}

func (d *Document) read(root node) *Error {
	found := false
	for _, m := range root.members {
		var err *Error
		switch m.name {
		case "Version":
			d.Version, err = m.text()
			d.versionAt = m.value.span.Start
		case "Id":
			d.ID, err = m.text()
			d.idAt, d.hasID = m.at, true
		case "Statement":
			found = true
			d.Statements, err = statements(m)
		default:
			err = broken(UnknownElement, m.at, "a policy has no element %q", m.name)
		}
		if err != nil {
			return err
		}
	}
	if !found {
		return broken(MissingElement, root.span.Start, "the element Statement is missing")
	}
	return nil
}

func statements(m member) ([]Statement, *Error) {
	items := []node{m.value}
	if m.value.shape == jsonList {
		items = m.value.items
	}
	if len(items) == 0 {
		return nil, broken(EmptyElement, m.value.span.Start, "the element Statement is empty")
	}
	all := make([]Statement, len(items))
	for i, n := range items {
		if err := all[i].read(n); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (m *member) text() (string, *Error) {
	if m.value.shape != jsonText {
		return "", broken(WrongType, m.value.span.Start, "the element %s is a text, not %s", m.name, shapeNames[m.value.shape])
	}
	return m.value.text, nil
}

// texts returns a text, or the texts of a list.
func (m *member) texts() ([]Value, *Error) {
	items := []node{m.value}
	if m.value.shape == jsonList {
		items = m.value.items
	}
	values := make([]Value, len(items))
	for i, n := range items {
		if n.shape != jsonText {
			return nil, broken(WrongType, n.span.Start, "%s holds texts, not %s", m.name, shapeNames[n.shape])
		}
		values[i] = Value{Text: n.text, At: n.span.Start}
	}
	return values, nil
}
