package policy

import (
	"strings"
	"testing"
)

// sample is an operator with a value of a policy, a value of a request that equals or fits it, and one that does not.
type sample struct{ operator, want, fits, differs string }

var awsSamples = []sample{
	{"StringEquals", "a*", "a*", "ab"}, {"StringNotEquals", "a*", "A*", "a*"},
	{"StringEqualsIgnoreCase", "Ab", "aB", "abc"}, {"StringNotEqualsIgnoreCase", "Ab", "abc", "aB"},
	{"StringLike", "a?c*", "abcd", "ac"}, {"StringNotLike", "a?c*", "ac", "abcd"},
	{"NumericEquals", "10", "10.0", "11"}, {"NumericNotEquals", "10", "11", "10.0"},
	{"NumericLessThan", "10", "9.5", "10"}, {"NumericLessThanEquals", "10", "10", "10.1"},
	{"NumericGreaterThan", "10", "10.1", "10"}, {"NumericGreaterThanEquals", "10", "10", "9"},
	{"DateEquals", "2026-01-01", "2026-01-01T00:00:00Z", "2026-01-02"}, {"DateNotEquals", "2026-01-01", "2026-01-02", "2026-01-01T00:00Z"},
	{"DateLessThan", "2026-01-01", "2025-12-31", "2026-01-01"}, {"DateLessThanEquals", "2026-01-01", "2026-01-01", "2026-01-02"},
	{"DateGreaterThan", "2026-01-01", "1767225601", "2026-01-01"}, {"DateGreaterThanEquals", "2026-01-01", "2026-01-01", "2025-12-31"},
	{"Bool", "true", "True", "false"}, {"BinaryEquals", "QQ==", "QQ==", "qq=="},
	{"IpAddress", "10.0.0.0/8", "10.1.1.1", "11.1.1.1"}, {"NotIpAddress", "10.0.0.0/8", "11.1.1.1", "10.1.1.1"},
	{"ArnEquals", "arn:aws:s3:::a*", "arn:aws:s3:::ab", "arn:aws:s3::1:ab"}, {"ArnNotEquals", "arn:aws:s3:::a*", "arn:aws:s3:::b", "arn:aws:s3:::ab"},
	{"ArnLike", "arn:aws:*:::a", "arn:aws:s3:::a", "arn:aws:s3:x:y:z:a"}, {"ArnNotLike", "arn:aws:*:::a", "arn:aws:s3:::b", "arn:aws:s3:::a"},
}

var huaweiSamples = []sample{
	{"StringEquals", "a*", "a*", "ab"}, {"StringNotEquals", "a*", "A*", "a*"},
	{"StringEqualsIgnoreCase", "Ab", "aB", "abc"}, {"StringNotEqualsIgnoreCase", "Ab", "abc", "aB"},
	{"StringMatch", "a?c*", "abcd", "ac"}, {"StringNotMatch", "a?c*", "ac", "abcd"},
	{"StringStartWith", "a*", "a*b", "ab"}, {"StringEndWith", "?b", "a?b", "ab"},
	{"NumberEquals", "10", "10.0", "11"}, {"NumberNotEquals", "10", "11", "10.0"},
	{"NumberLessThan", "10", "9.5", "10"}, {"NumberLessThanEquals", "10", "10", "10.1"},
	{"NumberGreaterThan", "10", "10.1", "10"}, {"NumberGreaterThanEquals", "10", "10", "9"},
	{"DateEquals", "2026-01-01", "2026-01-01T00:00:00Z", "2026-01-02"}, {"DateNotEquals", "2026-01-01", "2026-01-02", "2026-01-01T00:00Z"},
	{"DateLessThan", "2026-01-01", "2025-12-31", "2026-01-01"}, {"DateLessThanEquals", "2026-01-01", "2026-01-01", "2026-01-02"},
	{"DateGreaterThan", "2026-01-01", "1767225601", "2026-01-01"}, {"DateGreaterThanEquals", "2026-01-01", "2026-01-01", "2025-12-31"},
	{"Bool", "true", "True", "false"},
	{"IpAddress", "10.0.0.0/8", "10.1.1.1", "11.1.1.1"}, {"NotIpAddress", "10.0.0.0/8", "11.1.1.1", "10.1.1.1"},
}

func TestEveryOperatorInEveryForm(t *testing.T) {
	t.Parallel()
	for cloud, c := range map[string]struct {
		table   operators
		samples []sample
	}{"AWS": {awsOperators, awsSamples}, "Huawei": {huaweiOperators, huaweiSamples}} {
		if len(c.samples) != len(c.table)-1 {
			t.Errorf("%s: %d samples for the %d operators beside Null", cloud, len(c.samples), len(c.table)-1)
		}
		for _, s := range c.samples {
			negated := strings.Contains(s.operator, "Not")
			// The last column is the verdict on a request without the key.
			for _, form := range []struct {
				name                   string
				fits, differs, missing bool
			}{
				{s.operator, true, false, negated},
				{s.operator + "IfExists", true, false, true},
				{"ForAllValues:" + s.operator, true, false, true},
				{"ForAnyValue:" + s.operator, true, false, false},
				{"ForAllValues:" + s.operator + "IfExists", true, false, true},
				{"ForAnyValue:" + s.operator + "IfExists", true, false, false},
			} {
				op, q, ifExists, ok := c.table.find(form.name)
				if !ok {
					t.Errorf("%s: no operator %s", cloud, form.name)
					continue
				}
				n := newCondition(op, q, ifExists, &Condition{Key: "X:y", Values: []Value{{Text: s.want}}}, true)
				if !n.holds(Keys{"x:y": {s.fits}}) || n.holds(Keys{"x:y": {s.differs}}) {
					t.Errorf("%s %s: %q fits %v, %q fits %v", cloud, form.name, s.fits, n.holds(Keys{"x:y": {s.fits}}), s.differs, n.holds(Keys{"x:y": {s.differs}}))
				}
				if n.holds(nil) != form.missing || n.holds(Keys{"x:y": nil}) != form.missing {
					t.Errorf("%s %s: a missing key is %v, want %v", cloud, form.name, n.holds(nil), form.missing)
				}
			}
		}
	}
}

func TestNullAsksWhetherTheKeyIsThere(t *testing.T) {
	t.Parallel()
	op, q, ifExists, _ := awsOperators.find("Null")
	for _, c := range []struct {
		values          string
		absent, present bool
	}{{"true", true, false}, {"false", false, true}, {"TRUE", true, false}, {"true,false", true, true}, {"maybe", false, false}, {"", false, false}} {
		cond := Condition{Key: "a:b"}
		for _, v := range strings.Split(c.values, ",") {
			cond.Values = append(cond.Values, Value{Text: v})
		}
		n := newCondition(op, q, ifExists, &cond, true)
		if n.holds(nil) != c.absent || n.holds(Keys{"a:b": {""}}) != c.present {
			t.Errorf("%q: absent %v, present %v", c.values, n.holds(nil), n.holds(Keys{"a:b": {""}}))
		}
	}
}

// A key whose values are all empty holds nothing that a quantifier could speak about, but it is there.
func TestEmptyValuesAreNoMembersOfASet(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"ForAllValues:StringEquals": true, "ForAllValues:StringNotEquals": true, "ForAllValues:StringLikeIfExists": true,
		"ForAnyValue:StringEquals": false, "ForAnyValue:StringNotEquals": false, "ForAnyValue:StringLikeIfExists": false,
		"StringEquals": false, "StringNotEquals": true, "StringEqualsIfExists": false,
	} {
		for _, values := range [][]string{{""}, {"", ""}} {
			op, q, ifExists, _ := awsOperators.find(name)
			n := newCondition(op, q, ifExists, &Condition{Key: "a:b", Values: []Value{{Text: "x"}}}, true)
			if got := n.holds(Keys{"a:b": values}); got != want {
				t.Errorf("%s on %q: %v", name, values, got)
			}
		}
	}
}

func TestSeveralValuesUnderAnOperatorWithoutQuantifier(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		operator string
		want     bool
	}{
		"one that fits is enough":                   {"StringEquals", true},
		"one that is excluded is enough to exclude": {"StringNotEquals", false},
	} {
		op, q, ifExists, _ := awsOperators.find(c.operator)
		n := newCondition(op, q, ifExists, &Condition{Key: "a:b", Values: []Value{{Text: "x"}}}, true)
		if got := n.holds(Keys{"a:b": {"y", "x"}}); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestUnknownOperatorsAreReadAgainstTheCaller(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		statement string
		want      Effect
	}{
		"a deny matches": {`{"Effect":"Deny","Action":"*","Condition":{"StringSounds":{"a:b":"c"}}}`, Deny},
		"a deny with a known condition that fails":    {`{"Effect":"Deny","Action":"*","Condition":{"StringSounds":{"a:b":"c"},"Bool":{"a:b":"true"}}}`, None},
		"an allow does not match":                     {`{"Effect":"Allow","Action":"*","Condition":{"StringSounds":{"a:b":"c"}}}`, None},
		"an allow does not, whatever else holds":      {`{"Effect":"Allow","Action":"*","Condition":{"StringSounds":{"a:b":"c"},"Null":{"a:b":"true"}}}`, None},
		"an allow without an action does not match":   {`{"Effect":"Allow"}`, None},
		"another cloud's operator is unknown as well": {`{"Effect":"Deny","Action":"*","Condition":{"StringMatch":{"a:b":"c"}}}`, Deny},
	} {
		doc, err := Parse(`{"Version":"2012-10-17","Statement":` + c.statement + `}`)
		if err != nil {
			t.Fatal(err)
		}
		if got := Load(SCP, doc, "p").Evaluate(&Request{Action: "a:b"}).Effect; got != c.want {
			t.Errorf("%s: %s", name, got)
		}
		if _, err := Compile(SCP, doc, "p"); err == nil {
			t.Errorf("%s: Compile takes it", name)
		}
	}
}

// FuzzCondition looks for a panic and for conditions that break their own algebra: with one value in the request and one in the policy, an
// operator and its negation never agree, and the quantifiers say the same as none about a value that is not empty.
func FuzzCondition(f *testing.F) {
	for _, s := range awsSamples {
		f.Add(s.want, s.fits, false)
		f.Add(s.want, s.differs, true)
	}
	f.Add("${x:v, 'a'}*", "aa", true)
	f.Fuzz(func(t *testing.T, want, got string, variables bool) {
		c := Condition{Key: "x:y", Values: []Value{{Text: want}}}
		keys := Keys{"x:y": {got}, "x:v": {got}}
		for _, table := range []operators{awsOperators, huaweiOperators} {
			for name, op := range table {
				one := newCondition(op, single, false, &c, variables)
				for _, q := range []quantifier{forAll, forAny} {
					if other := newCondition(op, q, false, &c, variables); !op.null && got != "" && other.holds(keys) != one.holds(keys) {
						t.Fatalf("%s %q on %q: a quantifier changes the answer", name, want, got)
					}
				}
				if !op.negated && !op.null && one.resolvable(keys) {
					not := newCondition(op.not(), single, false, &c, variables)
					if not.holds(keys) == one.holds(keys) {
						t.Fatalf("%s %q on %q: the negation agrees", name, want, got)
					}
				}
			}
		}
	})
}
