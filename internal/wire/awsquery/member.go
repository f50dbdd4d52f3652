package awsquery

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const maxFaults = 10

// Text is what the contract demands of a string. Lengths count Unicode characters.
type Text struct {
	Required bool
	Min, Max int            // Max 0 is no bound
	Pattern  *regexp.Regexp // anchored; nil takes anything
	Enum     []string       // empty takes anything
	Secret   bool           // the value is not repeated in the message
}

// Number is what the contract demands of an integer; both bounds are included, Max 0 is no bound.
type Number struct {
	Required bool
	Default  int // the value of an absent one
	Min, Max int
}

// String returns a string member, "" if it is absent.
func (f *Form) String(name string, rule Text) string {
	c := f.children[name]
	if c == nil || !c.given {
		f.require(name, rule.Required)
		return ""
	}
	f.check(lowerFirst(name), c.value, rule)
	return c.value
}

// Int returns an integer member.
func (f *Form) Int(name string, rule Number) int {
	c := f.children[name]
	if c == nil || !c.given {
		f.require(name, rule.Required)
		return rule.Default
	}
	n, err := strconv.Atoi(c.value)
	switch {
	case err != nil:
		f.wrong(name, c.value, "Member must be an integer")
	case n < rule.Min:
		f.wrong(name, c.value, fmt.Sprintf("Member must have value greater than or equal to %d", rule.Min))
	case rule.Max > 0 && n > rule.Max:
		f.wrong(name, c.value, fmt.Sprintf("Member must have value less than or equal to %d", rule.Max))
	default:
		return n
	}
	return rule.Default
}

// Bool returns a boolean member, false if it is absent.
func (f *Form) Bool(name string) bool {
	switch v := strings.ToLower(f.text(name)); v {
	case "true":
		return true
	case "false", "":
	default:
		f.wrong(name, v, "Member must be a boolean")
	}
	return false
}

// Refuse adds a fault of the caller's own, for a constraint that the getters have no words for.
func (f *Form) Refuse(name, constraint string) {
	f.wrong(name, f.text(name), constraint)
}

// Err returns the ValidationError of everything the getters found wrong, nil if nothing was.
func (f *Form) Err() error {
	n := len(*f.faults)
	if n == 0 {
		return nil
	}
	noun := "errors"
	if n == 1 {
		noun = "error"
	}
	return Fault{
		Status: http.StatusBadRequest, Code: "ValidationError",
		Message: fmt.Sprintf("%d validation %s detected: %s", n, noun, strings.Join(*f.faults, "; ")),
	}
}

func (f *Form) require(name string, required bool) {
	if required && len(*f.faults) < maxFaults {
		*f.faults = append(*f.faults, fmt.Sprintf("Value null at '%s%s' failed to satisfy constraint: Member must not be null", f.path, lowerFirst(name)))
	}
}

func (f *Form) check(at, value string, rule Text) {
	shown, n := value, utf8.RuneCountInString(value)
	if rule.Secret {
		shown = "***"
	}
	switch {
	case len(rule.Enum) > 0 && !slices.Contains(rule.Enum, value):
		f.wrong(at, shown, "Member must satisfy enum value set: ["+strings.Join(rule.Enum, ", ")+"]")
	case n < rule.Min:
		f.wrong(at, shown, fmt.Sprintf("Member must have length greater than or equal to %d", rule.Min))
	case rule.Max > 0 && n > rule.Max:
		f.wrong(at, shown, fmt.Sprintf("Member must have length less than or equal to %d", rule.Max))
	case rule.Pattern != nil && !rule.Pattern.MatchString(value):
		f.wrong(at, shown, "Member must satisfy regular expression pattern: "+rule.Pattern.String())
	}
}

// wrong notes one fault. A long value is cut, and faults beyond a few are dropped: the message is for reading.
func (f *Form) wrong(name, value, constraint string) {
	const most = 100
	if len(*f.faults) == maxFaults {
		return
	}
	if utf8.RuneCountInString(value) > most {
		value = string([]rune(value)[:most]) + "…"
	}
	*f.faults = append(*f.faults, fmt.Sprintf("Value '%s' at '%s%s' failed to satisfy constraint: %s", value, f.path, lowerFirst(name), constraint))
}
