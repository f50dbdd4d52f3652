package policy

import "strings"

// Element is a set of the elements that a statement can hold.
type Element uint16

// The elements of a statement.
const (
	ElementSid Element = 1 << iota
	ElementEffect
	ElementPrincipal
	ElementNotPrincipal
	ElementAction
	ElementNotAction
	ElementResource
	ElementNotResource
	ElementCondition
)

const (
	anyPrincipal = ElementPrincipal | ElementNotPrincipal
	anyAction    = ElementAction | ElementNotAction
	anyResource  = ElementResource | ElementNotResource
)

var elementNames = [...]string{"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"}

func elementNamed(name string) (Element, bool) {
	for i, n := range elementNames {
		if n == name {
			return 1 << i, true
		}
	}
	return 0, false
}

func (e Element) String() string { return e.list(" or ") }

func (e Element) list(between string) string {
	var names []string
	for i, n := range elementNames {
		if e&(1<<i) != 0 {
			names = append(names, n)
		}
	}
	return strings.Join(names, between)
}
