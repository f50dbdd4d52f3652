package controlplane

import (
	"context"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// PolicyDeeds are the deeds with the policies of one space: those in force, which every Plane has, or those that are only tried out, which are its Trial.
// Both keep the same laws. A policy of the other space does not exist to them, and each space has actions and events of its own.
type PolicyDeeds struct {
	plane *Plane
	tried bool
}

// in returns the type of this space for a type as clients know it.
func (d PolicyDeeds) in(t org.PolicyType) org.PolicyType {
	if d.tried {
		return t.OnTrial()
	}
	return t
}

// action names an action on policies, such as organizations:CreatePolicy, as this space has it: organizations:CreateDryRunPolicy.
func (d PolicyDeeds) action(name string) string {
	if d.tried {
		return strings.Replace(name, "Polic", "DryRunPolic", 1)
	}
	return name
}

func (d PolicyDeeds) event(name org.EventName) org.EventName {
	if d.tried {
		return "DryRun" + name
	}
	return name
}

// policy returns a policy of the space. It fails with PolicyMissing.
func (d PolicyDeeds) policy(ctx context.Context, r store.Reader, o org.Organization, id org.PolicyID) (org.Policy, error) {
	found, err := policyOf(ctx, r, o, id)
	if err == nil && found.Type.Tried() != d.tried {
		return org.Policy{}, org.Errorf(org.PolicyMissing, "there is no policy %s", id)
	}
	return found, err
}

// attachable returns the rules of a type whose policies can be attached now. It fails with PolicyTypeDisabled.
func (d PolicyDeeds) attachable(ctx context.Context, r store.Reader, o org.Organization, t org.PolicyType) (*org.PolicyRule, error) {
	if !d.tried {
		return d.plane.settledRule(ctx, r, o, t)
	}
	run, err := r.DryRun(ctx, o.ID, t)
	if err == nil && (!run.On || d.plane.underway(o, run)) {
		return nil, org.Errorf(org.PolicyTypeDisabled, "policies are not tried out")
	}
	return o.Rules().PolicyRule(t), err
}
