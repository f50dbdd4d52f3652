package policy

// grade says how a statement came to speak about a principal. It decides what the allow of a policy on a resource is worth.
type grade uint8

const (
	unnamed  grade = iota
	account        // through its account, which hands the decision to the account's identity policies
	everyone       // as one of all
	byRole         // a session, through its role
	direct         // in person
)

type principalKind uint8

const (
	toEveryone principalKind = iota
	toAccount
	toName // of a user, session or role
	toService
	toFederated
)

type principalPattern struct {
	kind principalKind
	text string
}

func (c *cloud) principal(kind, text string) principalPattern {
	switch {
	case text == "*" && (kind == "" || kind == c.principals[0]):
		return principalPattern{kind: toEveryone}
	case kind == "Service":
		return principalPattern{kind: toService, text: text}
	case kind == "Federated":
		return principalPattern{kind: toFederated, text: text}
	}
	if id, ok := c.account(text); ok {
		return principalPattern{kind: toAccount, text: id}
	}
	return principalPattern{kind: toName, text: text}
}

func (p *principalPattern) grade(who *Principal) grade {
	switch {
	case p.kind == toEveryone:
		return everyone
	case p.text == "":
		return unnamed
	case p.kind == toAccount && who.identified() && p.text == who.Account:
		if who.Kind == RootUser {
			return direct
		}
		return account
	case p.kind == toName && who.identified() && p.text == who.Name,
		p.kind == toService && who.Kind == Service && p.text == who.Name,
		p.kind == toFederated && who.Kind == Federated && (p.text == who.Name || p.text == "*"):
		return direct
	case p.kind == toName && who.Kind == Session && p.text == who.Role:
		return byRole
	}
	return unnamed
}

// principalGrade returns the best grade that a statement gives the principal. A statement without principals is about whoever it is
// attached to. Under NotPrincipal everyone is meant who is not named.
func (s *statement) principalGrade(who *Principal) grade {
	if !s.aboutPrincipals {
		return direct
	}
	best := unnamed
	for i := range s.principals {
		best = max(best, s.principals[i].grade(who))
	}
	if s.notPrincipal {
		if best == unnamed {
			return everyone
		}
		return unnamed
	}
	return best
}
