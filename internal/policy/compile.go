package policy

import "slices"

// A Compiled policy is ready to be evaluated, by any number of goroutines at once.
type Compiled struct {
	id      string
	dialect *Dialect
	denies  []statement
	allows  []statement
	keys    []string
}

// A Reference names a statement of a policy and its place in the text.
type Reference struct {
	Policy string // the id it was compiled under
	Sid    string
	Index  int // counts from zero
	Effect Effect
	Span   Span
}

type statement struct {
	ref             Reference
	never           bool // an Allow that is not understood
	aboutPrincipals bool
	notPrincipal    bool
	principals      []principalPattern
	everyAction     bool
	notAction       bool
	actions         []pattern
	everyResource   bool
	notResource     bool
	resources       []pattern
	variables       bool // the resources hold some
	conditions      []condition
}

// Compile makes a document ready under the policy's id. It fails as Validate does.
func Compile(d *Dialect, doc *Document, id string) (*Compiled, error) {
	if err := Validate(d, doc); err != nil {
		return nil, err
	}
	return Load(d, doc, id), nil
}

// Load makes a document ready that was validated when it was written, by whatever laws held then. It never fails: a Deny with something
// unknown in it reads as if that part matched, an Allow as if it did not.
func Load(d *Dialect, doc *Document, id string) *Compiled {
	c := &Compiled{id: id, dialect: d}
	for i := range doc.Statements {
		s := d.statement(doc, i, id)
		if s.ref.Effect == Deny {
			c.denies = append(c.denies, s)
		} else if !s.never {
			c.allows = append(c.allows, s)
		}
		c.keys = append(c.keys, s.keys()...)
	}
	slices.Sort(c.keys)
	c.keys = slices.Compact(c.keys)
	return c
}

// ID returns the id that the policy was compiled under.
func (c *Compiled) ID() string { return c.id }

// Dialect returns the dialect that the policy was compiled in.
func (c *Compiled) Dialect() *Dialect { return c.dialect }

// Keys returns the condition keys that the policy asks for, in lower case and sorted.
func (c *Compiled) Keys() []string { return slices.Clone(c.keys) }

func (d *Dialect) statement(doc *Document, index int, id string) statement {
	from := &doc.Statements[index]
	variables := d.variables(doc.Version)
	s := statement{
		ref:             Reference{Policy: id, Sid: from.Sid, Index: index, Effect: from.Effect, Span: from.Span},
		aboutPrincipals: from.Has(anyPrincipal),
		notPrincipal:    from.Has(ElementNotPrincipal),
		notAction:       from.Has(ElementNotAction),
		everyResource:   !from.Has(anyResource),
		notResource:     from.Has(ElementNotResource),
	}
	if (d.allow.legal|d.deny.legal)&anyPrincipal != 0 && !s.aboutPrincipals {
		s.never = from.Effect == Allow // in such a dialect it would else be for everyone
	}
	for _, p := range from.Principals {
		for _, v := range p.Values {
			s.principals = append(s.principals, d.cloud.principal(p.Type, v.Text))
		}
	}
	s.compileActions(d, from)
	for _, v := range from.Resources {
		p := syntax{wildcards: true, variables: variables}.pattern(v.Text, false)
		s.variables = s.variables || p.hasVariables()
		s.everyResource = s.everyResource || p.form == everything && !s.notResource
		s.resources = append(s.resources, p)
	}
	for i := range from.Conditions {
		s.compileCondition(d, &from.Conditions[i], variables)
	}
	return s
}

func (s *statement) compileActions(d *Dialect, from *Statement) {
	if !from.Has(anyAction) {
		s.everyAction = true
		s.never = s.never || from.Effect == Allow
	}
	for _, v := range from.Actions {
		p := syntax{wildcards: true}.pattern(v.Text, true)
		s.everyAction = s.everyAction || p.form == everything && !s.notAction
		s.actions = append(s.actions, p)
	}
	if d.scope != nil {
		s.actions = delegated(s.actions, s.notAction || !from.Has(anyAction))
		s.everyAction, s.notAction = false, false
	}
}

func (s *statement) compileCondition(d *Dialect, c *Condition, variables bool) {
	op, q, ifExists, ok := d.cloud.operators.find(c.Operator)
	if ok {
		s.conditions = append(s.conditions, newCondition(op, q, ifExists, c, variables))
		return
	}
	s.never = s.never || s.ref.Effect == Allow
}

// keys returns what the statement asks of a request's context.
func (s *statement) keys() []string {
	var keys []string
	add := func(tokens []token) {
		for _, t := range tokens {
			if t.kind == variable {
				keys = append(keys, t.key)
			}
		}
	}
	for _, p := range s.resources {
		add(p.tokens)
	}
	for _, c := range s.conditions {
		keys = append(keys, c.key)
		for _, o := range c.operands {
			add(o.pattern.tokens)
			for _, p := range o.name.parts {
				add(p.tokens)
			}
		}
	}
	return keys
}
