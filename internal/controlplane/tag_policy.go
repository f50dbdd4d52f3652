package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy/inherit"
	"github.com/polity-cloud/polity/internal/store"
)

// checkTagPolicy fails with TagPolicyBroken for tags that a thing of that kind may not have. What an organization is made of belongs to the management account,
// so that account's effective tag policy decides; nothing does while tag policies are off.
func (p *Plane) checkTagPolicy(ctx context.Context, r store.Reader, o org.Organization, kind org.ThingKind, tags []org.Tag) error {
	name := o.Rules().TagPolicyNames[kind]
	if len(tags) == 0 || name == "" {
		return nil
	}
	h, err := p.heritageOf(ctx, r, o, org.TagPolicy)
	if on, err := had(err, org.EffectivePolicyMissing); !on {
		return err
	}
	a, err := member(ctx, r, o, o.ManagementID)
	if err != nil {
		return err
	}
	found, err := h.effective(ctx, a)
	if there, err := had(err, org.EffectivePolicyMissing); !there {
		return err
	}
	rules, err := inherit.TagRulesOf(found.Content)
	if err != nil {
		return nil // a text that was kept and cannot be read any more demands nothing
	}
	wanted := make(map[string]string, len(tags))
	for _, t := range tags {
		wanted[t.Key] = t.Value
	}
	if breaches := rules.Check(name, wanted); len(breaches) > 0 {
		return org.Errorf(org.TagPolicyBroken, "%s", breaches[0].Message)
	}
	return nil
}
