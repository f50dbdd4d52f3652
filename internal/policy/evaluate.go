package policy

// A Decision is what one policy, or several in union, say about a request. By names the statement that decided; it is nil for None.
type Decision struct {
	Effect Effect
	By     *Reference

	grade grade
}

// Evaluate decides by one policy. A Deny that matches decides; else an Allow that matches; else the policy says nothing. The order of
// statements does not change the effect, only which of several equals is named: the first.
func (c *Compiled) Evaluate(r *Request) Decision {
	for i := range c.denies {
		if g := c.denies[i].match(r); g != unnamed {
			return Decision{Effect: Deny, By: &c.denies[i].ref, grade: g}
		}
	}
	var d Decision
	for i := range c.allows {
		if g := c.allows[i].match(r); g > d.grade {
			d = Decision{Effect: Allow, By: &c.allows[i].ref, grade: g}
			if g == direct {
				break
			}
		}
	}
	return d
}

// Union decides by policies that stand side by side: a Deny in any decides, else an Allow in any.
func Union(policies []*Compiled, r *Request) Decision {
	var best Decision
	for _, c := range policies {
		d := c.Evaluate(r)
		if d.Effect == Deny {
			return d
		}
		if d.grade > best.grade {
			best = d
		}
	}
	return best
}

// match returns how the statement speaks about the request: unnamed if it does not.
func (s *statement) match(r *Request) grade {
	if !s.matchAction(r.Action) {
		return unnamed
	}
	g := s.principalGrade(&r.Principal)
	if g == unnamed || !s.matchResource(r) {
		return unnamed
	}
	for i := range s.conditions {
		if !s.conditions[i].holds(r.Context) {
			return unnamed
		}
	}
	return g
}

func (s *statement) matchAction(action string) bool {
	return s.everyAction || matchesAny(s.actions, action, nil) != s.notAction
}

// matchResource takes an element with a variable that has no value for one that does not match, negated or not.
func (s *statement) matchResource(r *Request) bool {
	if s.everyResource {
		return true
	}
	if s.notResource && s.variables {
		for i := range s.resources {
			if !s.resources[i].resolvable(r.Context) {
				return false
			}
		}
	}
	return matchesAny(s.resources, r.Resource, r.Context) != s.notResource
}

func matchesAny(patterns []pattern, s string, c Context) bool {
	for i := range patterns {
		if p := &patterns[i]; !p.excludes(s) && p.match(s, c) {
			return true
		}
	}
	return false
}
