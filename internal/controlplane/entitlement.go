package controlplane

import (
	"context"
	"strings"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
	"github.com/polity-cloud/polity/internal/store"
)

// entitled decides whether a member may ask for the action on everything that it names.
func (p *Plane) entitled(ctx context.Context, r store.Reader, o org.Organization, a org.Account, c org.Caller, w who, action string, about []aspect) error {
	b, err := p.bondsOf(ctx, r, o, a)
	if err != nil {
		return err
	}
	q, things, err := ask(ctx, r, o, about)
	if err != nil {
		return err
	}
	granted := w == anyMember || w == managementOrDelegate && b.delegated
	for _, t := range things {
		s := &circumstances{ctx: ctx, r: r, o: o, caller: c, bonds: b, q: &q, thing: t, now: p.now()}
		err := p.decide(ctx, s, action, granted)
		if s.err != nil {
			return s.err
		}
		if org.ReasonOf(err) == org.ManagementOnly && w == managementOrDelegate {
			return org.Errorf(org.DelegateOnly, "only the management account or a delegated administrator may do this")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// decide decides about one thing. It fails with ManagementOnly when neither the member's part in the organization nor the resource policy entitles it, and
// with NotPermitted when it is entitled but a policy is in the way.
func (p *Plane) decide(ctx context.Context, s *circumstances, action string, granted bool) error {
	req := requestOf(s, action)
	granted = granted || policy.Union(s.bonds.resource, req).Effect == policy.Allow
	if !granted {
		return org.Errorf(org.ManagementOnly, "only the management account may do this")
	}
	lang := languageOf(s.o.Rules())
	all := policy.Policies{SCPs: s.bonds.scps, Management: string(s.o.ManagementID), Resource: s.bonds.resource, Granted: true, Session: sessionPolicies(s.caller)}
	if s.caller.Admin {
		all.Identity = lang.administrator
	}
	v := policy.Authorize(&all, req)
	if v.Allowed() {
		if s.bonds.trial != nil {
			s.bonds.trial.try(s, &all, req)
		}
		return nil
	}
	text := lang.memberDenial
	if text == "" || !strings.HasPrefix(action, "organizations:") {
		text = lang.denial(v, req)
	}
	return p.deny(ctx, refusal{
		caller: s.caller, action: action, text: text, request: req, verdict: v, matches: policy.Explain(&all, req), keys: conditionKeys(s),
	})
}

// allowTagging asks for the right to tag beside that to make what the tags are for.
func (p *Plane) allowTagging(ctx context.Context, r store.Reader, o org.Organization, a org.Account, c org.Caller, w who, about []aspect) error {
	q := together(about)
	if !q.makes || len(q.tags) == 0 {
		return nil
	}
	return p.entitled(ctx, r, o, a, c, w, "organizations:TagResource", about)
}

var kindsOfPrincipal = map[org.PrincipalKind]policy.PrincipalKind{
	org.RootUser: policy.RootUser, org.User: policy.User, org.Role: policy.Session, org.ServiceRole: policy.Session,
}

func requestOf(s *circumstances, action string) *policy.Request {
	c := s.caller
	req := &policy.Request{
		Principal: policy.Principal{
			Kind: kindsOfPrincipal[c.Kind], Name: identity.Name(c), Role: identity.RoleName(c), Account: string(c.AccountID), ServiceLinked: c.Kind == org.ServiceRole,
		},
		Action: identity.Action(s.o.Partition, action), Resource: "*", Owner: string(s.owner()), Context: s,
	}
	switch {
	case s.q.role != "":
		req.Resource = s.q.role
	case s.thing != (org.Thing{}):
		req.Resource = identity.Thing(s.o, s.thing)
	}
	return req
}
