package history

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
)

const document = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`

var policyDeeds = []*deed{
	{says: "create policy", changes: true, weight: 2, step: createPolicy,
		draw: func(c *caller) ask { return ask{name: c.name()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			p, err := c.plane.CreatePolicy(ctx, c.admin, org.ServiceControl, a.name, "", document, nil)
			if err == nil {
				c.known.policies.add(string(p.ID))
			}
			return refusal(err, answer{id: string(p.ID), version: p.Organization.Version})
		}},
	{says: "delete policy", changes: true, weight: 2, step: deletePolicy,
		draw: func(c *caller) ask { return ask{id: c.policy()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			return refusal(c.plane.DeletePolicy(ctx, c.admin, org.PolicyID(a.id)), answer{})
		}},
}

func createPolicy(s state, a ask, given answer) (state, answer) {
	for _, name := range s.policies {
		if name == a.name {
			return s, answer{reason: org.PolicyNameTaken}
		}
	}
	s.policies = with(s.policies, given.id, a.name)
	return s, answer{id: given.id}
}

func deletePolicy(s state, a ask, _ answer) (state, answer) {
	switch {
	case a.id == own:
		return s, answer{reason: org.PolicyImmutable}
	case !s.policy(a.id):
		return s, answer{reason: org.PolicyMissing}
	}
	for target := range s.attached {
		if s.isOn(a.id, target) {
			return s, answer{reason: org.PolicyInUse}
		}
	}
	s.policies, s.tags = without(s.policies, a.id), without(s.tags, a.id)
	return s, answer{}
}
