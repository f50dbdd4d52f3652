package main

import "math"

// enum is a string type with its values.
type enum struct {
	Name   string
	Values []enumValue
}

type enumValue struct{ Name, Value string }

func newEnum(name string, values []string) enum {
	e := enum{Name: name}
	for _, v := range values {
		e.Values = append(e.Values, enumValue{constName(name, v), v})
	}
	return e
}

// rule is the literal of an awsjson.StringRule or an awsjson.IntRule.
type rule struct {
	Var, Shape string
	Int        bool
	Min, Max   int
	Pattern    string
	Enum       []string
	Reason     string
}

// newRule returns the rule of a scalar shape, nil if the contract demands nothing of it.
func newRule(name string, s shape, reason string) (*rule, error) {
	r := &rule{Var: ruleName(name), Shape: name, Enum: s.Enum, Reason: reason}
	switch s.Type {
	case "string":
		p, err := goPattern(s.Pattern)
		if err != nil {
			return nil, err
		}
		r.Pattern = p
	case "integer":
		r.Int, r.Min, r.Max = true, math.MinInt32, math.MaxInt32
	default:
		return nil, nil
	}
	if s.Min != nil {
		r.Min = *s.Min
	}
	if s.Max != nil {
		r.Max = *s.Max
	}
	if !r.Int && r.Min == 0 && r.Max == 0 && r.Pattern == "" && len(r.Enum) == 0 {
		return nil, nil
	}
	return r, nil
}
