package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// model is the contract in Go's words, as the templates want it.
type model struct {
	Package    string
	Structs    []*structure // by name
	Enums      []enum
	Rules      []rule
	Operations []operationRow
	Exceptions []exceptionRow

	c       *contract
	reasons map[string]string
	tokens  map[string]bool
	in, out map[string]bool // the shapes that requests and answers consist of
}

// structure is one Go struct.
type structure struct {
	Name, Doc string
	In, Out   bool // occurs in requests, in answers
	Sensitive bool
	Fields    []field
}

// field is one member of a structure.
type field struct {
	Name, Wire string
	Type       string // in Go
	Kind       string // String, Int, Bool, Time, Date, Struct, Strings or Structs
	Opt        bool   // a pointer to a scalar
	Enum       bool
	Required   bool
	Always     bool // written even when it is zero
	Bit        int
	Rule       string // the rule's variable; empty if there is nothing to check
}

type operationRow struct {
	operation
	Name string
}

type exceptionRow struct {
	Name    string
	Status  int
	Reasons []string
}

func newModel(c *contract, pkg string, reasons map[string]string) (*model, error) {
	m := &model{Package: pkg, c: c, reasons: reasons, tokens: c.tokens(), in: map[string]bool{}, out: map[string]bool{}}
	errs := map[string]bool{}
	for _, name := range sorted(c.Operations) {
		op := c.Operations[name]
		m.Operations = append(m.Operations, operationRow{operation: op, Name: name})
		c.reach(op.Input, m.in)
		c.reach(op.Output, m.out)
		for _, e := range op.Errors {
			c.reach(e, errs)
		}
	}
	for shape := range reasons {
		if !m.in[shape] {
			return nil, fmt.Errorf("a reason is given for %s, which no request holds", shape)
		}
	}
	for _, name := range sorted(c.Shapes) {
		if !m.in[name] && !m.out[name] && !errs[name] {
			continue
		}
		if err := m.add(name); err != nil {
			return nil, fmt.Errorf("shape %s: %w", name, err)
		}
	}
	return m, nil
}

// add takes one shape into the model.
func (m *model) add(name string) error {
	s := m.c.Shapes[name]
	switch {
	case s.Exception:
		m.Exceptions = append(m.Exceptions, exceptionRow{name, s.HTTPStatus, m.c.Shapes[s.Members["Reason"]].Enum})
		return nil
	case s.Type == "structure":
		st, err := m.structure(name, s)
		m.Structs = append(m.Structs, st)
		return err
	case len(s.Enum) > 0:
		m.Enums = append(m.Enums, newEnum(name, s.Enum))
	}
	if !m.in[name] {
		return nil
	}
	r, err := newRule(name, s, m.reasons[name])
	if r != nil {
		m.Rules = append(m.Rules, *r)
	}
	return err
}

func (m *model) structure(name string, s shape) (*structure, error) {
	st := &structure{Name: name, Doc: m.doc(name), In: m.in[name], Out: m.out[name], Sensitive: m.sensitive(name)}
	used := map[string]bool{}
	for bit, member := range sorted(s.Members) {
		f, err := m.field(member, s.Members[member])
		if err != nil {
			return nil, fmt.Errorf("member %s: %w", member, err)
		}
		f.Bit, f.Required = bit, slices.Contains(s.Required, member)
		f.Opt = f.Opt && !f.Required
		if f.Opt {
			f.Type = "*" + f.Type
		}
		f.Always = f.Required && f.Kind != "Struct" || m.answers(name) && strings.HasPrefix(f.Type, "[]")
		if used[f.Name] {
			return nil, fmt.Errorf("two members are called %s in Go", f.Name)
		}
		used[f.Name] = true
		st.Fields = append(st.Fields, f)
	}
	return st, nil
}

// field describes a member of the given shape, as if it were optional.
func (m *model) field(member, of string) (field, error) {
	s := m.c.Shapes[of]
	f := field{Name: goName(member), Wire: member, Enum: len(s.Enum) > 0}
	switch s.Type {
	case "structure":
		f.Kind, f.Type = "Struct", "*"+of
	case "list":
		elem := m.c.Shapes[s.Of]
		if elem.Type == "structure" {
			f.Kind, f.Type = "Structs", "[]"+s.Of
			return f, nil
		}
		f.Kind, f.Type, of, s = "Strings", "[]"+scalarType(s.Of, elem), s.Of, elem
	case "timestamp":
		f.Kind, f.Type = "Time", "time.Time"
		if s.TimestampFormat == "iso8601" {
			f.Kind = "Date"
		}
		if f.Kind == "Date" && m.in[of] {
			return f, fmt.Errorf("a timestamp in ISO 8601 is not supported in requests")
		}
	case "boolean":
		f.Kind, f.Type, f.Opt = "Bool", "bool", true
	case "integer":
		f.Kind, f.Type = "Int", "int"
		f.Opt = (s.Min == nil || *s.Min <= 0) && (s.Max == nil || *s.Max >= 0)
	case "string":
		empty, err := allowsEmpty(s)
		if err != nil {
			return f, err
		}
		f.Kind, f.Type, f.Opt = "String", scalarType(of, s), empty && !m.tokens[of]
	}
	if m.in[of] && (s.Type == "string" || s.Type == "integer") {
		r, err := newRule(of, s, m.reasons[of])
		if err != nil {
			return f, err
		}
		if r != nil {
			f.Rule = r.Var
		}
	}
	return f, nil
}

func scalarType(name string, s shape) string {
	if len(s.Enum) > 0 {
		return name
	}
	return "string"
}

// allowsEmpty tells whether "" obeys the shape.
func allowsEmpty(s shape) (bool, error) {
	if len(s.Enum) > 0 || s.Min != nil && *s.Min > 0 {
		return false, nil
	}
	p, err := goPattern(s.Pattern)
	if err != nil || p == "" {
		return true, err
	}
	return regexp.MustCompile(p).MatchString(""), nil
}

// answers tells whether the shape is the whole output of an operation.
func (m *model) answers(name string) bool {
	for _, op := range m.Operations {
		if op.Output == name {
			return true
		}
	}
	return false
}

// sensitive tells whether the shape holds a sensitive member, on any level.
func (m *model) sensitive(name string) bool {
	inside := map[string]bool{}
	m.c.reach(name, inside)
	for shape := range inside {
		if m.c.Shapes[shape].Sensitive {
			return true
		}
	}
	return false
}

func (m *model) doc(name string) string {
	for _, op := range m.Operations {
		switch name {
		case op.Input:
			return "is the input of " + op.Name + "."
		case op.Output:
			return "is the output of " + op.Name + "."
		}
	}
	return map[[2]bool]string{
		{true, true}: "occurs in requests and answers.", {true, false}: "occurs in requests.", {false, true}: "occurs in answers.",
	}[[2]bool{m.in[name], m.out[name]}]
}
