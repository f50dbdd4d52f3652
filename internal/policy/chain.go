package policy

// A Level is a node of an organization's tree with the policies of one type that are attached to it.
type Level struct {
	Node     string
	Policies []*Compiled
}

// A Chain are the levels from the root down to an account. An empty chain stands for a policy type that is off, and lets everything pass.
type Chain []Level

// Decide decides by a chain (AWS Organizations User Guide, "SCP evaluation"). Policies on one level are a union and the levels an
// intersection: a Deny on any level decides, and a level without a matching Allow withholds. In the last case the decision is None and
// the index is that of the first such level. The decision of an empty chain is Allow by nobody.
func (c Chain) Decide(r *Request) (d Decision, level int) {
	held := -1
	best := Decision{Effect: Allow}
	for i := range c {
		d := Union(c[i].Policies, r)
		switch {
		case d.Effect == Deny:
			return d, i
		case d.Effect == None && held < 0:
			held = i
		default:
			best, level = d, i
		}
	}
	if held >= 0 {
		return Decision{}, held
	}
	return best, level
}

// decide is Decide with the answer in the words of a class of policies.
func (c Chain) decide(class Class, r *Request) Verdict {
	d, level := c.Decide(r)
	v := Verdict{Effect: d.Effect, Class: class, By: d.By}
	if level < len(c) {
		v.Node = c[level].Node
	}
	return v
}

// DryRun tells what a chain of service control policies that is only tried out would deny: one verdict for each policy with a Deny that matches, from the
// root down. Those whom service control policies never bind are never denied. Only a matching Deny counts: no source says whether Huawei Cloud's dry-run
// policies stand beside a FullAccess of their own, and a level without an Allow would deny everything.
func DryRun(p *Policies, tried Chain, r *Request) []Verdict {
	q := *p
	q.SCPs = tried
	if !q.underSCPs(r) {
		return nil
	}
	var out []Verdict
	for _, level := range tried {
		for _, c := range level.Policies {
			if d := c.Evaluate(r); d.Effect == Deny {
				out = append(out, Verdict{Effect: Deny, Class: ServiceControl, Node: level.Node, By: d.By})
			}
		}
	}
	return out
}
