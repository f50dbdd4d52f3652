package policy

import (
	"slices"
	"strings"
)

func (d *Dialect) checkActions(r *rules, s *Statement) *Error {
	if len(s.Actions) == 0 && s.Has(anyAction) && !(d.emptyActions && s.Has(ElementAction)) {
		return broken(EmptyElement, s.where(anyAction), "the list of actions is empty")
	}
	for _, v := range s.Actions {
		if err := d.checkAction(r, v); err != nil {
			return err
		}
	}
	return nil
}

func (d *Dialect) checkAction(r *rules, v Value) *Error {
	if v.Text == "*" && d.everyAction {
		return nil
	}
	service, rest, _ := strings.Cut(v.Text, ":")
	parts := strings.Count(v.Text, ":") + 1
	wild := strings.ContainsAny(v.Text, "*?")
	switch {
	case strings.ContainsFunc(v.Text, strange), service == "", rest == "" && v.Text != "*", strings.HasSuffix(v.Text, ":"):
		return broken(InvalidAction, v.At, "%q is not an action", v.Text)
	case parts > d.cloud.parts, parts < d.cloud.parts && !wild:
		return broken(InvalidAction, v.At, "the action %q has %d parts, not %d", v.Text, parts, d.cloud.parts)
	case strings.ContainsAny(service, "*?") && (service != "*" || d.cloud.oneService && rest != "*" && rest != ""):
		return broken(InvalidAction, v.At, "the action %q has a wildcard in its service", v.Text)
	case r.trailing && strings.ContainsAny(strings.TrimRight(v.Text, "*?"), "*?"):
		return broken(InvalidAction, v.At, "the action %q has a wildcard before its end", v.Text)
	case d.services != nil && !slices.ContainsFunc(d.services, func(s string) bool { return strings.EqualFold(s, service) }):
		return broken(ActionNotSupported, v.At, "a %s cannot hold the action %q", d.name, v.Text)
	case d.scope != nil:
		return d.scope.checkAction(v)
	}
	return nil
}

// strange reports whether a character belongs into no action.
func strange(r rune) bool { return !alphanumeric(r) && !strings.ContainsRune("*?:-_.", r) }

func alphanumeric(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

func (d *Dialect) checkResources(r *rules, s *Statement) *Error {
	if len(s.Resources) == 0 && s.Has(anyResource) {
		return broken(EmptyElement, s.where(anyResource), "the list of resources is empty")
	}
	for _, v := range s.Resources {
		if !d.cloud.resource(v.Text) {
			return broken(InvalidResource, v.At, "%q is not the name of a resource", v.Text)
		}
		if r.anyResource && v.Text != "*" {
			return broken(ResourceNotSupported, v.At, "the only resource of an Allow is *")
		}
		if d.scope != nil {
			if err := d.scope.checkResource(v); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *Dialect) checkPrincipals(_ *rules, s *Statement) *Error {
	if len(s.Principals) == 0 && s.Has(anyPrincipal) {
		return broken(EmptyElement, s.where(anyPrincipal), "the element names no principal")
	}
	for _, p := range s.Principals {
		if d.everyoneOnly && (p.Type != "" || p.Values[0].Text != "*") {
			return broken(InvalidPrincipal, p.At, "the only principal of a %s is *", d.name)
		}
		if p.Type != "" && !slices.Contains(d.cloud.principals, p.Type) {
			return broken(InvalidPrincipal, p.At, "there are no principals of type %q", p.Type)
		}
		if len(p.Values) == 0 {
			return broken(EmptyElement, p.At, "the list of principals is empty")
		}
		for _, v := range p.Values {
			if err := d.checkPrincipal(p.Type, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkPrincipal refuses partial wildcards: a principal is named in full, or it is everyone.
func (d *Dialect) checkPrincipal(kind string, v Value) *Error {
	if d.scope != nil {
		return d.scope.checkPrincipal(kind, v)
	}
	if v.Text == "*" {
		return nil
	}
	_, account := d.cloud.account(v.Text)
	if kind == "" || v.Text == "" || strings.ContainsAny(v.Text, "*?") ||
		kind == d.cloud.principals[0] && !account && !strings.Contains(v.Text, ":") {
		return broken(InvalidPrincipal, v.At, "%q is not a principal", v.Text)
	}
	return nil
}

func (d *Dialect) checkConditions(_ *rules, s *Statement) *Error {
	for i := range s.Conditions {
		c := &s.Conditions[i]
		if _, _, _, ok := d.cloud.operators.find(c.Operator); !ok {
			return broken(UnknownOperator, c.OperatorAt, "there is no operator %q", c.Operator)
		}
		if prefix, name, _ := strings.Cut(c.Key, ":"); prefix == "" || name == "" {
			return broken(InvalidConditionKey, c.KeyAt, "the condition key %q has no service in front", c.Key)
		}
		if d.scope != nil {
			if err := d.scope.checkCondition(c); err != nil {
				return err
			}
		}
	}
	return nil
}
