package inherit

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Fault says in which way a document was refused.
type Fault string

// The faults.
const (
	Malformed   Fault = "malformed"    // it breaks the rules of JSON or of its type
	TooLarge    Fault = "too large"    // it is longer than SizeOf allows
	UnknownType Fault = "unknown type" // no such type of management policy
)

// A DocumentError says why and where a document was refused.
type DocumentError struct {
	Fault   Fault
	Path    string // the keys from the top, joined by slashes; empty for the document as a whole
	Line    int    // from 1; 0 when no place is to blame
	Column  int    // in characters, from 1
	Message string
}

func (e *DocumentError) Error() string {
	var b strings.Builder
	if e.Line > 0 {
		fmt.Fprintf(&b, "line %d, column %d: ", e.Line, e.Column)
	}
	if e.Path != "" {
		b.WriteString(e.Path + ": ")
	}
	return b.String() + e.Message
}

// A flaw is a DocumentError in the making: its place is still an offset.
type flaw struct {
	at      int
	path    []string
	message string
}

func flawAt(at int, path []string, format string, args ...any) *flaw {
	return &flaw{at: at, path: path, message: fmt.Sprintf(format, args...)}
}

func (f *flaw) locate(text string) *DocumentError {
	before := text[:min(f.at, len(text))]
	line := strings.LastIndexByte(before, '\n') + 1
	return &DocumentError{
		Fault:   Malformed,
		Path:    strings.Join(f.path, "/"),
		Line:    strings.Count(before, "\n") + 1,
		Column:  utf8.RuneCountInString(before[line:]) + 1,
		Message: f.message,
	}
}
