package controlplane

import (
	"context"
	"slices"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// ListAllPolicies lists the policies of all types in force, in the order of the rulebook and within a type as ListPolicies does.
func (p *Plane) ListAllPolicies(ctx context.Context, c org.Caller, page org.Page) (Policies, error) {
	return view(ctx, p, func(r store.Reader) (Policies, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, "organizations:ListPolicies", page)
		if err != nil {
			return Policies{}, err
		}
		found, err := ofAllTypes(o, page, func(t org.PolicyType, page org.Page) (Policies, error) { return policies(ctx, r, o, t, page) })
		found.Next = cursor(o, found.Next)
		return found, err
	})
}

// ListAllAttachedPolicies lists the policies of all types in force that are attached directly to a target, in the order of the rulebook and within a type as
// ListAttachedPolicies does. It fails with TargetMissing.
func (p *Plane) ListAllAttachedPolicies(ctx context.Context, c org.Caller, target string, page org.Page) (Policies, error) {
	return view(ctx, p, func(r store.Reader) (Policies, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, "organizations:ListPoliciesForTarget", page, onAny(target))
		if err != nil {
			return Policies{}, err
		}
		if _, err := kindOf(ctx, r, o, target); err != nil {
			return Policies{}, instead(err, org.AccountMissing, org.TargetMissing)
		}
		found, err := ofAllTypes(o, page, func(t org.PolicyType, page org.Page) (Policies, error) {
			return attachedPolicies(ctx, r, o, t, target, page)
		})
		found.Next = cursor(o, found.Next)
		return found, err
	})
}

// ofAllTypes makes one list of the lists of each type. Its cursor is the type that it goes on with, and the cursor among that type's.
func ofAllTypes(o org.Organization, page org.Page, list func(org.PolicyType, org.Page) (Policies, error)) (Policies, error) {
	var types []org.PolicyType
	for _, rule := range o.Rules().Policies {
		if !rule.Type.Tried() {
			types = append(types, rule.Type)
		}
	}
	after := ""
	if page.After != "" {
		name, rest, _ := strings.Cut(page.After, ":")
		at := slices.Index(types, org.PolicyType(name))
		if at < 0 {
			return Policies{}, org.Errorf(org.PageTokenInvalid, "the page token is not one of this service")
		}
		types, after = types[at:], rest
	}
	var out Policies
	for _, t := range types {
		room := page.Limit - len(out.Policies)
		found, err := list(t, org.Page{After: after, Limit: max(room, 1)})
		if err != nil {
			return Policies{}, err
		}
		if room == 0 && len(found.Policies) > 0 { // whether anything follows decides whether this page is the last
			out.Next = string(t) + ":"
			return out, nil
		}
		out.Policies = append(out.Policies, found.Policies...)
		if found.Next != "" {
			out.Next = string(t) + ":" + found.Next
			return out, nil
		}
		after = ""
	}
	return out, nil
}
