package policy

import "strings"

// Policies are all that speak about a request. Whoever gathers them leaves a chain empty when its type is off.
type Policies struct {
	SCPs       Chain  // along the path of the principal's account
	RCPs       Chain  // along the path of the account that owns the resource
	Management string // the organization's management account, whose principals SCPs and whose resources RCPs leave alone

	Resource []*Compiled // policies on the resource
	Trust    bool        // Resource are the trust policies of a role, without whose allow nothing goes
	Granted  bool        // the owner's side is settled by a rule of the service, such as what delegated administrators may read

	Identity []*Compiled // inline, attached and of groups
	Boundary []*Compiled // one, or none where there is no boundary
	Session  []*Compiled // of the session; none where it was made without
}

// Class is a class of policies.
type Class uint8

// The classes. NoPolicy stands for what is decided without any: the root user's own account, and what nobody is refused.
const (
	NoPolicy Class = iota
	ServiceControl
	ResourceControl
	ResourceBased
	RoleTrust
	IdentityBased
	PermissionsBoundary
	SessionBased
)

// A Verdict is a decision with its reason: which class of policies decided, at which node of the tree, by which statement. None is a
// denial too, for want of an allow, and has no statement.
type Verdict struct {
	Effect Effect
	Class  Class
	Node   string
	By     *Reference
}

// Allowed reports whether the request may go on.
func (v Verdict) Allowed() bool { return v.Effect == Allow }

// Guard decides by resource control policies alone. They also bind callers of whom their owner's organization knows nothing else.
func Guard(p *Policies, r *Request) Verdict { return p.resourceControl(r) }

func (p *Policies) serviceControl(r *Request) Verdict {
	if !p.underSCPs(r) {
		return Verdict{Effect: Allow, Class: ServiceControl}
	}
	return p.SCPs.decide(ServiceControl, r)
}

// underSCPs leaves out those whom service control policies never bind.
func (p *Policies) underSCPs(r *Request) bool {
	return len(p.SCPs) > 0 && !r.Principal.ServiceLinked && !p.manages(r.Principal.Account) && r.Principal.identified()
}

func (p *Policies) resourceControl(r *Request) Verdict {
	if !p.underRCPs(r) {
		return Verdict{Effect: Allow, Class: ResourceControl}
	}
	return p.RCPs.decide(ResourceControl, r)
}

// underRCPs looks at the account that owns the resource, and at the service: only some take part in resource control (AWS Organizations
// User Guide, "RCPs").
func (p *Policies) underRCPs(r *Request) bool {
	owner := r.Owner
	if owner == "" {
		owner = r.Principal.Account
	}
	return len(p.RCPs) > 0 && !r.Principal.ServiceLinked && !p.manages(owner) && underResourceControl(r.Action)
}

func underResourceControl(action string) bool {
	service, name, _ := strings.Cut(action, ":")
	for _, s := range rcpServices {
		if strings.EqualFold(s, service) {
			return s != "kms" || !strings.EqualFold(name, "RetireGrant")
		}
	}
	return false
}

func (p *Policies) manages(account string) bool { return p.Management != "" && p.Management == account }

func (p *Policies) resourceClass() Class {
	if p.Trust {
		return RoleTrust
	}
	return ResourceBased
}
