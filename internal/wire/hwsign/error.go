package hwsign

import "errors"

// Kind says what is wrong with a request. The gateway answers all of them with 401 and APIGW.0301, and tells them apart in the text.
type Kind string

// The kinds.
const (
	Missing     Kind = "missing"       // no Authorization
	Unsupported Kind = "unsupported"   // another algorithm than the two
	Incomplete  Kind = "incomplete"    // a part absent, given twice or unreadable
	WrongDate   Kind = "wrong date"    // V11: credential and request differ in their date
	Expired     Kind = "expired"       // signed before the window
	NotYetValid Kind = "not yet valid" // signed after the window
	Unsigned    Kind = "unsigned"      // date, or an unsigned payload's mark, outside the signed headers
	Mismatch    Kind = "mismatch"      // the signature or the payload hash differs
)

// Kinds lists all kinds, for tables that must have a row for each.
var Kinds = []Kind{Missing, Unsupported, Incomplete, WrongDate, Expired, NotYetValid, Unsigned, Mismatch}

// Error is a fault of the request. Detail is the text for the caller, as it follows "Incorrect IAM authentication information: "; it never
// holds a secret or a computed signature.
type Error struct {
	Kind   Kind
	Detail string
}

func (e *Error) Error() string { return "signature " + string(e.Kind) + ": " + e.Detail }

// IsKind says whether err is, or wraps, an Error of kind k.
func IsKind(err error, k Kind) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Kind == k
}

func incomplete(detail string) error { return &Error{Incomplete, detail} }

func mismatch() error { return &Error{Mismatch, "verify aksk signature fail"} }
