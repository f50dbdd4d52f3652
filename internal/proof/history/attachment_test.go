package history

import (
	"context"
	"slices"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
)

var attachmentDeeds = []*deed{
	{says: "attach policy", changes: true, weight: 6, step: attach,
		draw: func(c *caller) ask { return ask{id: c.policy(), to: c.target()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			return refusal(c.plane.AttachPolicy(ctx, c.admin, org.PolicyID(a.id), a.to), answer{})
		}},
	{says: "detach policy", changes: true, weight: 6, step: detach,
		draw: func(c *caller) ask { return ask{id: c.policy(), from: c.target()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			return refusal(c.plane.DetachPolicy(ctx, c.admin, org.PolicyID(a.id), a.from), answer{})
		}},
	{says: "list attached", weight: 3, step: listAttached,
		draw: func(c *caller) ask { return ask{id: c.target()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			found, err := c.plane.ListAttachedPolicies(ctx, c.admin, org.ServiceControl, a.id, page)
			var ids []string
			version := int64(0)
			for _, p := range found.Policies {
				ids, version = append(ids, string(p.ID)), p.Organization.Version
			}
			return refusal(err, answer{seen: strings.Join(ids, " "), version: version})
		}},
}

func (s state) isOn(policy, target string) bool { return slices.Contains(s.on(target), policy) }

func attach(s state, a ask, _ answer) (state, answer) {
	switch {
	case !s.policy(a.id):
		return s, answer{reason: org.PolicyMissing}
	case !s.node(a.to):
		return s, answer{reason: org.TargetMissing}
	case s.isOn(a.id, a.to):
		return s, answer{reason: org.PolicyAttached}
	case len(s.on(a.to)) >= mostOfType:
		return s, answer{reason: org.AttachmentLimit}
	}
	s.attached = with(s.attached, a.to, s.attached[a.to]+" "+a.id)
	return s, answer{}
}

func detach(s state, a ask, _ answer) (state, answer) {
	switch {
	case !s.policy(a.id):
		return s, answer{reason: org.PolicyMissing}
	case !s.node(a.from):
		return s, answer{reason: org.TargetMissing}
	case !s.isOn(a.id, a.from):
		return s, answer{reason: org.PolicyNotAttached}
	case len(s.on(a.from)) <= 1:
		return s, answer{reason: org.AttachmentLeast}
	}
	rest := slices.DeleteFunc(s.on(a.from), func(id string) bool { return id == a.id })
	s.attached = with(s.attached, a.from, strings.Join(rest, " "))
	return s, answer{}
}

func listAttached(s state, a ask, _ answer) (state, answer) {
	if !s.node(a.id) {
		return s, answer{reason: org.TargetMissing}
	}
	return s, answer{seen: s.attached[a.id]}
}
