package awsquery

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxDepth is the number of dots a parameter's name may have; the deepest of STS and IAM, in the policy simulator, have five.
const maxDepth = 12

// Form holds the parameters of a request, or of one structure in it. Its getters return the zero value for what is absent or wrong; what is
// wrong with all of them is collected and comes out of Err. Members that nobody asks for are ignored.
type Form struct {
	value    string
	given    bool
	children map[string]*Form
	path     string // for messages, such as "tags.1.member."
	faults   *[]string
}

func newForm() *Form { return &Form{faults: &[]string{}} }

// ParseForm builds the tree of the dotted names. Of a name that is given more than once the last value of the last set counts. It refuses
// names that nest beyond reason; the form is then empty, not nil.
func ParseForm(sets ...url.Values) (*Form, error) {
	root := newForm()
	for _, set := range sets {
		for name, values := range set {
			if strings.Count(name, ".") > maxDepth {
				return newForm(), malformedQuery
			}
			f := root
			for part := range strings.SplitSeq(name, ".") {
				f = f.child(part)
			}
			f.value, f.given = values[len(values)-1], true
		}
	}
	return root, nil
}

func (f *Form) child(part string) *Form {
	if c := f.children[part]; c != nil {
		return c
	}
	if f.children == nil {
		f.children = map[string]*Form{}
	}
	c := &Form{faults: f.faults}
	f.children[part] = c
	return c
}

// text returns the value of a scalar.
func (f *Form) text(name string) string {
	if c := f.children[name]; c != nil {
		return c.value
	}
	return ""
}

// Has tells whether the member is there, a scalar or anything with members of its own.
func (f *Form) Has(name string) bool { return f.children[name] != nil }

// Struct returns the structure of that name, empty if it is absent.
func (f *Form) Struct(name string) *Form {
	c := f.children[name]
	if c == nil {
		c = &Form{faults: f.faults}
	}
	c.path = f.path + lowerFirst(name) + "."
	return c
}

// Structs returns the elements Name.member.1, Name.member.2, … in the order of their numbers; gaps close.
func (f *Form) Structs(name string) []*Form {
	elements := f.elements(name)
	for i, e := range elements {
		e.path = f.path + lowerFirst(name) + "." + strconv.Itoa(i+1) + ".member."
	}
	return elements
}

// Strings returns a list of strings in the same order. Each obeys rule; its Required has no meaning here.
func (f *Form) Strings(name string, rule Text) []string {
	var list []string
	for i, e := range f.elements(name) {
		f.check(lowerFirst(name)+"."+strconv.Itoa(i+1)+".member", e.value, rule)
		list = append(list, e.value)
	}
	return list
}

func (f *Form) elements(name string) []*Form {
	list := f.children[name]
	if list == nil || list.children["member"] == nil {
		return nil
	}
	type element struct {
		at   int
		form *Form
	}
	var found []element
	for key, e := range list.children["member"].children {
		if n, err := strconv.Atoi(key); err == nil && n > 0 {
			found = append(found, element{n, e})
		}
	}
	slices.SortFunc(found, func(a, b element) int { return cmp.Compare(a.at, b.at) })
	forms := make([]*Form, len(found))
	for i, e := range found {
		forms[i] = e.form
	}
	return forms
}

// lowerFirst spells a member as validation messages do.
func lowerFirst(name string) string { return strings.ToLower(name[:1]) + name[1:] }
