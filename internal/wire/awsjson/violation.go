package awsjson

// Violation is a constraint of the contract that a request violates. Reason is one of InvalidInputException's in AWS Organizations
// (API Reference, InvalidInputException), the service whose contract tells violations apart most finely; services with one code for all of
// them ignore it. The offending value is never part of it, as it may be sensitive.
type Violation struct {
	Reason string
	Member string // the path to the member, such as "Tags[2].Key"
	Detail string // a sentence
}

// Error returns the detail and the member.
func (v *Violation) Error() string { return v.Detail + " Member: " + v.Member + "." }

// The reasons that hold for any member. A rule may name a finer one for its pattern or enum.
const (
	InputRequired     = "INPUT_REQUIRED"
	InvalidEnum       = "INVALID_ENUM"
	InvalidListMember = "INVALID_LIST_MEMBER"
	InvalidPattern    = "INVALID_PATTERN"
	MaxLength         = "MAX_LENGTH_EXCEEDED"
	MinLength         = "MIN_LENGTH_EXCEEDED"
	MaxValue          = "MAX_VALUE_EXCEEDED"
	MinValue          = "MIN_VALUE_EXCEEDED"
)

const (
	saysRequired  = "You must include a value for all required parameters."
	saysEnum      = "You specified a value that is not valid for that parameter."
	saysList      = "You provided a list to a parameter that contains at least one invalid value."
	saysPattern   = "You provided a value that does not match the required pattern."
	saysMaxLength = "You provided a string parameter that is longer than allowed."
	saysMinLength = "You provided a string parameter that is shorter than allowed."
	saysMaxValue  = "You provided a numeric parameter that has a larger value than allowed."
	saysMinValue  = "You provided a numeric parameter that has a smaller value than allowed."
)
