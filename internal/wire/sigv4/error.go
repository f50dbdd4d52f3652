package sigv4

import "errors"

// Kind says what is wrong with a request. Each kind is one row of the error tables of the JSON and the Query protocol.
type Kind string

// The kinds, with the code that the Query protocol (STS, IAM) answers.
const (
	Missing         Kind = "missing"          // nothing to authenticate with: MissingAuthenticationToken, 403
	Unsupported     Kind = "unsupported"      // another algorithm than AWS4-HMAC-SHA256: MissingAuthenticationToken, 403
	Incomplete      Kind = "incomplete"       // a part absent, given twice or unreadable: IncompleteSignature, 400
	WrongTerminator Kind = "wrong terminator" // scope does not end in aws4_request: SignatureDoesNotMatch, 403
	WrongService    Kind = "wrong service"    // scope names another service: SignatureDoesNotMatch, 400
	WrongDate       Kind = "wrong date"       // scope and request differ in their date: SignatureDoesNotMatch, 400
	Expired         Kind = "expired"          // signed before the window: SignatureDoesNotMatch, 403
	NotYetValid     Kind = "not yet valid"    // signed after the window: SignatureDoesNotMatch, 403
	Unsigned        Kind = "unsigned"         // host, date or token outside the signed headers: SignatureDoesNotMatch, 403
	Mismatch        Kind = "mismatch"         // the signature or the payload hash differs: SignatureDoesNotMatch, 403
)

// Kinds lists all kinds, for tables that must have a row for each.
var Kinds = []Kind{
	Missing, Unsupported, Incomplete, WrongTerminator, WrongService, WrongDate, Expired, NotYetValid, Unsigned, Mismatch,
}

// Error is a fault of the request. Detail is a sentence for the caller; it never holds a secret or a computed signature.
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

func mismatch() error {
	return &Error{Mismatch, "The request signature we calculated does not match the signature you provided. " +
		"Check your AWS Secret Access Key and signing method. Consult the service documentation for details."}
}
