package policy

import "slices"

// A Dialect says what one kind of policy may hold. It is data: Validate reads it against a document, and evaluation takes from it what
// decides about meaning. Dialects are never changed; the methods that vary one return a copy.
type Dialect struct {
	name     string
	cloud    *cloud
	size     int
	packed   bool // white space does not count towards the size
	versions []string
	optional bool // Version may be left out
	allow    rules
	deny     rules

	plainSids    bool     // letters and digits only, each Sid once
	services     []string // the only prefixes that actions may have; nil for any
	everyAction  bool     // an action may be the bare "*"
	everyoneOnly bool     // a principal is "*" and nothing else
	emptyActions bool     // a list of actions may be empty
	scope        *Scope   // of a delegation policy
}

// rules are those for the statements of one effect.
type rules struct {
	legal       Element   // elements that a statement may hold, beside Sid and Effect
	needs       []Element // of each set, it must hold one
	trailing    bool      // wildcards in actions only alone or at the end
	anyResource bool      // Resource is "*" and nothing else
}

// cloud is what all kinds of policy of one cloud share.
type cloud struct {
	operators  operators
	variables  []string // versions in which variables work
	ids        bool     // documents may have an Id
	parts      int      // of an action, parted by colons
	oneService bool     // an action is of one service, or every action of all
	resource   func(text string) bool
	principals []string // types of principal
	account    func(principal string) (id string, ok bool)
}

// Name returns what kind of policy the dialect is for.
func (d *Dialect) Name() string { return d.name }

// Size returns how many characters a document may have.
func (d *Dialect) Size() int { return d.size }

// WithSize returns the dialect with another limit of size.
func (d *Dialect) WithSize(characters int) *Dialect {
	c := *d
	c.size = characters
	return &c
}

// WithOptionalVersion returns the dialect with documents that may leave Version out, as fragments of the AWS Organizations user guide do.
func (d *Dialect) WithOptionalVersion() *Dialect {
	c := *d
	c.optional = true
	return &c
}

// Managed returns the dialect for policies that the cloud itself writes, to which some laws for its customers do not apply: an Allow may
// stand where customers may only deny.
func (d *Dialect) Managed() *Dialect {
	c := *d
	if c.allow.legal == 0 {
		c.allow = rules{legal: d.deny.legal | ElementAction | ElementResource, needs: []Element{ElementAction}}
	}
	c.everyAction, c.services = true, nil
	return &c
}

// WithNegations returns the dialect with NotAction and NotResource legal. AWS takes them in delegation policies until 30 June 2026.
func (d *Dialect) WithNegations() *Dialect {
	c := *d
	for _, r := range []*rules{&c.allow, &c.deny} {
		r.needs = slices.Clone(r.needs)
		for i, e := range r.needs {
			if e&anyAction != 0 {
				r.needs[i] = anyAction
			}
			if e&anyResource != 0 {
				r.needs[i] = anyResource
			}
		}
		r.legal |= ElementNotAction | ElementNotResource
	}
	return &c
}

func (d *Dialect) rules(e Effect) *rules {
	if e == Allow {
		return &d.allow
	}
	return &d.deny
}

func (d *Dialect) variables(version string) bool { return slices.Contains(d.cloud.variables, version) }
