package policy

// Principals are the values of one type in a Principal element. The type is empty for the bare "*".
type Principals struct {
	Type   string
	Values []Value
	At     Position
}

// A Condition is one operator on one key.
type Condition struct {
	Operator   string
	Key        string
	Values     []Value
	OperatorAt Position
	KeyAt      Position
}

func principals(m *member) ([]Principals, *Error) {
	switch v := &m.value; v.shape {
	case jsonText:
		return []Principals{{Values: []Value{{Text: v.text, At: v.span.Start}}, At: v.span.Start}}, nil
	case jsonObject:
		all := make([]Principals, len(v.members))
		for i := range v.members {
			values, err := v.members[i].texts()
			if err != nil {
				return nil, err
			}
			all[i] = Principals{Type: v.members[i].name, Values: values, At: v.members[i].at}
		}
		return all, nil
	default:
		return nil, broken(WrongType, v.span.Start, "%s is a text or an object, not %s", m.name, shapeNames[v.shape])
	}
}

func conditions(m *member) ([]Condition, *Error) {
	if m.value.shape != jsonObject {
		return nil, broken(WrongType, m.value.span.Start, "Condition is an object, not %s", shapeNames[m.value.shape])
	}
	var all []Condition
	for _, op := range m.value.members {
		if op.value.shape != jsonObject {
			return nil, broken(WrongType, op.value.span.Start, "an operator holds an object of keys, not %s", shapeNames[op.value.shape])
		}
		for i := range op.value.members {
			key := &op.value.members[i]
			values, err := key.scalars()
			if err != nil {
				return nil, err
			}
			all = append(all, Condition{Operator: op.name, Key: key.name, Values: values, OperatorAt: op.at, KeyAt: key.at})
		}
	}
	return all, nil
}

// scalars returns the values of a condition key. Numbers and booleans count as the texts that they are spelled with.
func (m *member) scalars() ([]Value, *Error) {
	items := []node{m.value}
	if m.value.shape == jsonList {
		items = m.value.items
	}
	values := make([]Value, len(items))
	for i, n := range items {
		if n.shape != jsonText && n.shape != jsonNumber && n.shape != jsonBool {
			return nil, broken(WrongType, n.span.Start, "the key %q takes texts, numbers and booleans, not %s", m.name, shapeNames[n.shape])
		}
		values[i] = Value{Text: n.text, At: n.span.Start}
	}
	return values, nil
}
