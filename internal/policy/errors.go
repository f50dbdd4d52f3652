package policy

import (
	"fmt"
	"maps"
	"slices"
)

// Kind is what an API tells its caller about a refused document.
type Kind string

// The kinds of fault. AWS's CreatePolicy folds all but Oversize into MalformedPolicyDocumentException; its PutResourcePolicy has a reason
// for each.
const (
	Malformed     Kind = "malformed document"
	Oversize      Kind = "document too large"
	BadAction     Kind = "action not supported"
	BadResource   Kind = "resource not supported"
	BadPrincipal  Kind = "principal not supported"
	BadPolicyType Kind = "policy type not supported"
)

// Reason names the one law that a document breaks.
type Reason string

// The laws of documents.
const (
	NotJSON              Reason = "NotJSON"
	NotOneObject         Reason = "NotOneObject"
	DuplicateKey         Reason = "DuplicateKey"
	TooDeep              Reason = "TooDeep"
	TooLarge             Reason = "TooLarge"
	WrongType            Reason = "WrongType"      // a list where a text is wanted, and the like
	UnknownElement       Reason = "UnknownElement" // names are compared with case
	MissingElement       Reason = "MissingElement"
	RivalElements        Reason = "RivalElements" // an element and its negation in one statement
	EmptyElement         Reason = "EmptyElement"
	ElementNotSupported  Reason = "ElementNotSupported" // legal elsewhere, not in this kind of policy
	InvalidVersion       Reason = "InvalidVersion"
	InvalidEffect        Reason = "InvalidEffect"
	EffectNotSupported   Reason = "EffectNotSupported"
	InvalidSid           Reason = "InvalidSid"
	DuplicateSid         Reason = "DuplicateSid"
	InvalidAction        Reason = "InvalidAction"
	ActionNotSupported   Reason = "ActionNotSupported"
	InvalidResource      Reason = "InvalidResource"
	ResourceNotSupported Reason = "ResourceNotSupported"
	InvalidPrincipal     Reason = "InvalidPrincipal"
	UnknownOperator      Reason = "UnknownOperator"
	InvalidConditionKey  Reason = "InvalidConditionKey"
	PolicyTypeUnknown    Reason = "PolicyTypeUnknown" // a value of organizations:PolicyType
)

var kinds = map[Reason]Kind{
	NotJSON: Malformed, NotOneObject: Malformed, DuplicateKey: Malformed, TooDeep: Malformed, TooLarge: Oversize, WrongType: Malformed,
	UnknownElement: Malformed, MissingElement: Malformed, RivalElements: Malformed, EmptyElement: Malformed, ElementNotSupported: Malformed,
	InvalidVersion: Malformed, InvalidEffect: Malformed, EffectNotSupported: Malformed, InvalidSid: Malformed, DuplicateSid: Malformed,
	InvalidAction: BadAction, ActionNotSupported: BadAction, InvalidResource: BadResource, ResourceNotSupported: BadResource,
	InvalidPrincipal: BadPrincipal, UnknownOperator: Malformed, InvalidConditionKey: Malformed, PolicyTypeUnknown: BadPolicyType,
}

// Reasons lists every Reason, sorted.
func Reasons() []Reason { return slices.Sorted(maps.Keys(kinds)) }

// Error is the one error of this package: the law that a document breaks, where in its text, and a sentence for people.
type Error struct {
	Reason Reason
	At     Position
	Detail string
}

// Kind returns the kind of the error's Reason.
func (e *Error) Kind() Kind { return kinds[e.Reason] }

func (e *Error) Error() string { return fmt.Sprintf("%s at %s", e.Detail, e.At) }

// Is makes errors.Is(err, &policy.Error{Reason: r}) true for every error of that Reason.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Reason == e.Reason
}

func broken(r Reason, at Position, format string, args ...any) *Error {
	return &Error{Reason: r, At: at, Detail: fmt.Sprintf(format, args...)}
}
