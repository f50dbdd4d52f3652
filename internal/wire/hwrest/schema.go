package hwrest

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// schema is the part of an OpenAPI schema that the contracts use. A contract that uses more is not read, so that nothing is left unchecked.
type schema struct {
	Type       string             `json:"type"` // object, array, string, integer or boolean; empty takes anything but null
	Format     string             `json:"format"`
	Nullable   bool               `json:"nullable"`
	Enum       []string           `json:"enum"`
	MinLength  int                `json:"minLength"` // in characters, as MaxLength
	MaxLength  *int               `json:"maxLength"`
	Pattern    string             `json:"pattern"`
	Minimum    *int64             `json:"minimum"`
	Maximum    *int64             `json:"maximum"`
	MinItems   int                `json:"minItems"`
	MaxItems   *int               `json:"maxItems"`
	Items      *schema            `json:"items"`
	Properties map[string]*schema `json:"properties"`
	Required   []string           `json:"required"`

	names   []string       // of Properties, in order: of several problems always the same one is reported
	pattern *regexp.Regexp // nil allows everything
}

// prepare makes s and what is in it ready to check.
func (s *schema) prepare() (err error) {
	if s.Pattern != "" {
		if s.pattern, err = regexp.Compile(s.Pattern); err != nil {
			return err
		}
	}
	if s.Items != nil {
		if err := s.Items.prepare(); err != nil {
			return err
		}
	}
	s.names = slices.Sorted(maps.Keys(s.Properties))
	for _, name := range s.names {
		if err := s.Properties[name].prepare(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// fault is what is wrong with a value, and where in it: names of properties and numbers of items, joined by dots.
type fault struct{ at, reason string }

func wrong(format string, args ...any) *fault { return &fault{reason: fmt.Sprintf(format, args...)} }

// within returns f as seen from the value around its own.
func (f *fault) within(name string) *fault {
	at := name
	if f.at != "" {
		at += "." + f.at
	}
	return &fault{at, f.reason}
}

// String says in one sentence what is wrong with which parameter.
func (f *fault) String() string {
	if f.at == "" {
		return "Invalid request body: " + f.reason
	}
	return fmt.Sprintf("Invalid parameter %s: %s", f.at, f.reason)
}

// check holds a decoded JSON value against s. Numbers are json.Number.
func (s *schema) check(value any) *fault {
	if value == nil {
		if s.Nullable {
			return nil
		}
		return wrong("value must not be null")
	}
	if s.Type == "" {
		return nil
	}
	switch v := value.(type) {
	case map[string]any:
		if s.Type == "object" {
			return s.checkObject(v)
		}
	case []any:
		if s.Type == "array" {
			return s.checkArray(v)
		}
	case string:
		if s.Type == "string" {
			return s.checkString(v)
		}
	case json.Number:
		if n, err := strconv.ParseInt(v.String(), 10, 64); err == nil && s.Type == "integer" {
			return s.checkInteger(n)
		}
	case bool:
		if s.Type == "boolean" {
			return nil
		}
	}
	return wrong("value must be %s %s", article(s.Type), s.Type)
}

func article(noun string) string {
	if strings.ContainsAny(noun[:1], "aeiou") {
		return "an"
	}
	return "a"
}

func (s *schema) checkObject(v map[string]any) *fault {
	for _, name := range s.names {
		if value, ok := v[name]; ok {
			if f := s.Properties[name].check(value); f != nil {
				return f.within(name)
			}
		}
	}
	for _, name := range s.Required {
		if _, ok := v[name]; !ok {
			return wrong("property %q is missing", name).within(name)
		}
	}
	return nil
}

func (s *schema) checkArray(v []any) *fault {
	switch {
	case len(v) < s.MinItems:
		return wrong("minimum number of items is %d", s.MinItems)
	case s.MaxItems != nil && len(v) > *s.MaxItems:
		return wrong("maximum number of items is %d", *s.MaxItems)
	}
	for i, item := range v {
		if f := s.Items.check(item); f != nil {
			return f.within(strconv.Itoa(i))
		}
	}
	return nil
}

func (s *schema) checkString(v string) *fault {
	n := utf8.RuneCountInString(v)
	switch {
	case len(s.Enum) > 0 && !slices.Contains(s.Enum, v):
		return wrong(`value is not one of the allowed values ["%s"]`, strings.Join(s.Enum, `","`))
	case n < s.MinLength:
		return wrong("minimum string length is %d", s.MinLength)
	case s.MaxLength != nil && n > *s.MaxLength:
		return wrong("maximum string length is %d", *s.MaxLength)
	case s.pattern != nil && !s.pattern.MatchString(v):
		return wrong("string doesn't match the regular expression %q", s.Pattern)
	}
	return nil
}

func (s *schema) checkInteger(n int64) *fault {
	switch {
	case s.Minimum != nil && n < *s.Minimum:
		return wrong("number must be at least %d", *s.Minimum)
	case s.Maximum != nil && n > *s.Maximum:
		return wrong("number must be at most %d", *s.Maximum)
	}
	return nil
}
