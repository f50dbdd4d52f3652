package harness

import (
	"slices"
	"strings"
)

// RESTOperation is one operation of a RESTContract.
type RESTOperation struct {
	Name    string
	Method  string
	Path    string
	Callers []string // who may call it, as the contract says
	details node
}

// Binds reports whether policies can keep accounts from the operation: they bind members, of which some may ask.
func (o RESTOperation) Binds() bool {
	return o.calledBy("delegated_administrator", "member", "invited_account", "any_account")
}

// Outside reports whether accounts in no organization may ask.
func (o RESTOperation) Outside() bool {
	return o.calledBy("account_without_organization", "invited_account", "any_account")
}

func (o RESTOperation) calledBy(one ...string) bool {
	return slices.ContainsFunc(o.Callers, func(who string) bool { return slices.Contains(one, who) })
}

// Names reports whether the operation is about a thing by its id.
func (o RESTOperation) Names() bool { return strings.Contains(o.Path, "_id}") }

// Pages reports whether the operation takes the size of a page.
func (o RESTOperation) Pages() bool {
	return slices.ContainsFunc(list(o.details["parameters"]), func(p any) bool {
		ref, _ := p.(node)["$ref"].(string)
		return strings.Contains(ref, "Limit")
	})
}

// Takes reports whether the operation takes a page's size or a body: of the others the SDK sends nothing wrong.
func (o RESTOperation) Takes() bool { return o.Pages() || o.details["requestBody"] != nil }
