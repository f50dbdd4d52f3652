package policy

import "strings"

// always is the one action that no policy can take away (STS API Reference, GetCallerIdentity).
const always = "sts:GetCallerIdentity"

// sides are the decisions of the classes that take part.
type sides struct {
	rcp, scp                              Verdict
	resource, identity, boundary, session Decision
}

// Authorize decides a request by all policies, in the order of the IAM User Guide, "Policy evaluation logic": an explicit deny anywhere,
// resource control, service control, resource, identity, boundary, session.
func Authorize(p *Policies, r *Request) Verdict {
	if strings.EqualFold(r.Action, always) {
		return Verdict{Effect: Allow}
	}
	var s sides
	if v, denied := s.gather(p, r); denied {
		return v
	}
	if s.rcp.Effect == None {
		return s.rcp
	}
	if s.scp.Effect == None {
		return s.scp
	}
	return s.combine(p, r)
}

// gather asks each class and stops at the first that denies, which changes only the class that is named.
func (s *sides) gather(p *Policies, r *Request) (Verdict, bool) {
	if s.rcp = p.resourceControl(r); s.rcp.Effect == Deny {
		return s.rcp, true
	}
	if s.scp = p.serviceControl(r); s.scp.Effect == Deny {
		return s.scp, true
	}
	for _, c := range [...]struct {
		class    Class
		policies []*Compiled
		into     *Decision
	}{
		{p.resourceClass(), p.Resource, &s.resource},
		{IdentityBased, p.Identity, &s.identity},
		{PermissionsBoundary, p.Boundary, &s.boundary},
		{SessionBased, p.Session, &s.session},
	} {
		if *c.into = Union(c.policies, r); c.into.Effect == Deny {
			return Verdict{Effect: Deny, Class: c.class, By: c.into.By}, true
		}
	}
	return Verdict{}, false
}

// combine decides where nothing is denied.
func (s *sides) combine(p *Policies, r *Request) Verdict {
	cross := r.crossAccount()
	byResource := Verdict{Effect: s.resource.Effect, Class: p.resourceClass(), By: s.resource.By}
	if s.resource.Effect != Allow && !p.Granted && (cross || p.Trust || !r.Principal.identified()) {
		return byResource
	}
	if !r.Principal.identified() {
		return byResource
	}
	// In one account an allow for the principal in person is final, past all that the boundary and the session do not allow.
	if !cross && s.resource.grade == direct {
		return byResource
	}
	v := Verdict{Effect: s.identity.Effect, Class: IdentityBased, By: s.identity.By}
	switch {
	case s.identity.Effect == Allow:
	case r.Principal.Kind == RootUser:
		v = Verdict{Effect: Allow, Class: NoPolicy}
	case !cross && s.resource.grade > account:
		v = byResource
	default:
		return v
	}
	if len(p.Boundary) > 0 && s.boundary.Effect != Allow {
		return Verdict{Class: PermissionsBoundary}
	}
	if len(p.Session) > 0 && s.session.Effect != Allow {
		return Verdict{Class: SessionBased}
	}
	return v
}
