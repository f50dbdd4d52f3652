package policy

import (
	"cmp"
	"strings"
	"time"
)

// operators are those of one grammar, by name.
type operators map[string]operator

var (
	awsOperators    = newAWSOperators()
	huaweiOperators = newHuaweiOperators()
)

func common() operators {
	ip := inNetwork()
	t := operators{
		"StringEquals": equal, "StringNotEquals": equal.not(),
		"StringEqualsIgnoreCase": folds, "StringNotEqualsIgnoreCase": folds.not(),
		"Bool": isBool, "Null": absent, "IpAddress": ip, "NotIpAddress": ip.not(),
	}
	t.ordered("Date", dates)
	return t
}

func newAWSOperators() operators {
	t := common()
	t["StringLike"], t["StringNotLike"] = like, like.not()
	t["BinaryEquals"] = binary
	t["ArnEquals"], t["ArnNotEquals"] = named, named.not()
	t["ArnLike"], t["ArnNotLike"] = named, named.not()
	t.ordered("Numeric", numbers)
	return t
}

// newHuaweiOperators holds the set of IAM 5.0. The grammar has neither ARNs nor binary values.
func newHuaweiOperators() operators {
	t := common()
	t["StringMatch"], t["StringNotMatch"] = like, like.not()
	t["StringStartWith"], t["StringEndWith"] = startsWith, endsWith
	t.ordered("Number", numbers)
	return t
}

// quantifier says how many values of a request an operator must hold for.
type quantifier uint8

const (
	single quantifier = iota
	forAll
	forAny
)

// find reads an operator's name with its prefix and suffix. Names are compared with case.
func (t operators) find(name string) (op operator, q quantifier, ifExists, ok bool) {
	if rest, cut := strings.CutPrefix(name, "ForAllValues:"); cut {
		q, name = forAll, rest
	} else if rest, cut := strings.CutPrefix(name, "ForAnyValue:"); cut {
		q, name = forAny, rest
	}
	name, ifExists = strings.CutSuffix(name, "IfExists")
	op, ok = t[name]
	if op.null && (ifExists || q != single) {
		ok = false
	}
	return op, q, ifExists, ok
}

// ordered adds the six comparisons of a family under its names.
func (t operators) ordered(family string, order func(holds func(int) bool) operator) {
	for name, holds := range map[string]func(int) bool{
		"Equals":            func(c int) bool { return c == 0 },
		"LessThan":          func(c int) bool { return c < 0 },
		"LessThanEquals":    func(c int) bool { return c <= 0 },
		"GreaterThan":       func(c int) bool { return c > 0 },
		"GreaterThanEquals": func(c int) bool { return c >= 0 },
	} {
		t[family+name] = order(holds)
	}
	t[family+"NotEquals"] = t[family+"Equals"].not()
}

func numbers(holds func(int) bool) operator {
	return converted(number, func(a, b float64) bool { return holds(cmp.Compare(a, b)) })
}

func dates(holds func(int) bool) operator {
	return converted(instant, func(a, b time.Time) bool { return holds(a.Compare(b)) })
}
