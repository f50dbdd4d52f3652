package policy

// A Match is a statement that speaks about a request, whether or not it decided.
type Match struct {
	Class Class
	Node  string
	By    *Reference
}

// Explain lists every statement that matches the request among the policies that bind it, class by class in the order of Authorize, from
// the root down, and in the order of the text.
func Explain(p *Policies, r *Request) []Match {
	var all []Match
	add := func(class Class, node string, policies []*Compiled) {
		for _, c := range policies {
			for _, ref := range c.Matches(r) {
				all = append(all, Match{Class: class, Node: node, By: ref})
			}
		}
	}
	if p.underRCPs(r) {
		for _, l := range p.RCPs {
			add(ResourceControl, l.Node, l.Policies)
		}
	}
	if p.underSCPs(r) {
		for _, l := range p.SCPs {
			add(ServiceControl, l.Node, l.Policies)
		}
	}
	add(p.resourceClass(), "", p.Resource)
	add(IdentityBased, "", p.Identity)
	add(PermissionsBoundary, "", p.Boundary)
	add(SessionBased, "", p.Session)
	return all
}

// Matches lists the statements of the policy that match the request, in the order of the text.
func (c *Compiled) Matches(r *Request) []*Reference {
	var all []*Reference
	d, a := c.denies, c.allows
	for len(d) > 0 || len(a) > 0 {
		from := &a
		if len(a) == 0 || len(d) > 0 && d[0].ref.Index < a[0].ref.Index {
			from = &d
		}
		if s := &(*from)[0]; s.match(r) != unnamed {
			all = append(all, &s.ref)
		}
		*from = (*from)[1:]
	}
	return all
}
