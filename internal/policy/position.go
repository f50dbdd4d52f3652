package policy

import "fmt"

// A Position is a place in a document's text. Lines and columns count from one, columns in characters.
type Position struct {
	Line   int
	Column int
}

func (p Position) String() string { return fmt.Sprintf("line %d, column %d", p.Line, p.Column) }

// A Span is a piece of a document's text, from its first character to the place behind its last.
type Span struct {
	Start Position
	End   Position
}
