package inherit

import "strings"

// operators is a set of the three operators that set values.
type operators uint8

const (
	assign operators = 1 << iota
	add
	remove

	none operators = 0
	all            = assign | add | remove
)

// controls is the key that limits what lower levels may do at a node, and at that node only.
const controls = "@@operators_allowed_for_child_policies"

var operatorOf = map[string]operators{"@@assign": assign, "@@append": add, "@@remove": remove}

var controlOf = map[string]operators{"@@assign": assign, "@@append": add, "@@remove": remove, "@@all": all, "@@none": none}

// limit reads the value of a control. A name that stands for all or none of the operators stands alone: no source says what a mixture means.
func limit(v value, path []string) (operators, *flaw) {
	if v.kind != array || len(v.items) == 0 {
		return 0, flawAt(v.at, path, "%s takes a list of operators", controls)
	}
	allowed := none
	for _, item := range v.items {
		o, ok := controlOf[item.text]
		if item.kind != text || !ok {
			return 0, flawAt(item.at, path, "%s takes @@all, @@assign, @@append, @@remove or @@none", controls)
		}
		if (o == all || o == none) && len(v.items) > 1 {
			return 0, flawAt(item.at, path, "%s stands alone in %s", item.text, controls)
		}
		allowed |= o
	}
	return allowed, nil
}

func isOperator(key string) bool { return strings.HasPrefix(key, "@@") }
