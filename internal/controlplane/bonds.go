package controlplane

import (
	"context"
	"crypto/sha256"
	"strconv"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
	"github.com/polity-cloud/polity/internal/store"
)

// bonds are what binds and what entitles the principals of one member.
type bonds struct {
	path      []org.UnitID
	scps      policy.Chain       // empty while service control policies are off
	resource  []*policy.Compiled // the organization's resource policy, or none
	delegated bool               // the member administers some service
	trial     *trial             // of policies that are only tried out; nil while there is none
}

// bondsOf returns the bonds of a member. They are remembered for as long as the organization's version stands, but only from states that are
// durable: inside of a transaction the version is one that may never come to be.
func (p *Plane) bondsOf(ctx context.Context, r store.Reader, o org.Organization, a org.Account) (*bonds, error) {
	read := func() (*bonds, error) { return p.readBonds(ctx, r, o, a) }
	if _, writing := r.(store.Tx); writing {
		return read()
	}
	return p.bonds.get(string(o.ID)+" "+strconv.FormatInt(o.Version, 36)+" "+string(a.ID), read)
}

func (p *Plane) readBonds(ctx context.Context, r store.Reader, o org.Organization, a org.Account) (*bonds, error) {
	b := &bonds{}
	var err error
	if b.path, err = paths(r, o).to(ctx, a.ParentID); err != nil {
		return nil, err
	}
	if b.scps, err = p.serviceControl(ctx, r, o, b.path, a.ID); err != nil {
		return nil, err
	}
	if b.trial, err = p.trialOf(ctx, r, o, b.path, a.ID); err != nil {
		return nil, err
	}
	if b.delegated, err = p.delegatedTo(ctx, r, o, a.ID); err != nil {
		return nil, err
	}
	own, err := r.ResourcePolicy(ctx, o.ID)
	there, err := had(err, org.ResourcePolicyMissing)
	if err != nil || !there {
		return b, err
	}
	b.resource = []*policy.Compiled{p.compiled(languageOf(o.Rules()).delegation, string(own.ID), own.Content)}
	return b, nil
}

// serviceControl returns the service control policies from the root down to an account, level by level.
func (p *Plane) serviceControl(ctx context.Context, r store.Reader, o org.Organization, path []org.UnitID, a org.AccountID) (policy.Chain, error) {
	rule, err := p.enabledRule(ctx, r, o, org.ServiceControl)
	if on, err := had(err, org.PolicyTypeDisabled); !on {
		return nil, err
	}
	return p.chain(ctx, r, o, rule, path, a)
}

// chain returns the authorization policies of a type from the root down to an account, level by level.
func (p *Plane) chain(ctx context.Context, r store.Reader, o org.Organization, rule *org.PolicyRule, path []org.UnitID, a org.AccountID) (policy.Chain, error) {
	nodes := make([]string, 0, len(path)+1)
	for _, u := range path {
		nodes = append(nodes, string(u))
	}
	var chain policy.Chain
	for _, node := range append(nodes, string(a)) {
		level := policy.Level{Node: node}
		attached, err := attachedTo(ctx, r, o, rule, node)
		if err != nil {
			return nil, err
		}
		for _, id := range attached {
			found, err := policyOf(ctx, r, o, id)
			if err != nil {
				return nil, err
			}
			dialect := dialects[rule.Grammar]
			if found.BuiltIn() {
				dialect = dialect.Managed()
			}
			level.Policies = append(level.Policies, p.compiled(dialect, string(id), found.Content))
		}
		chain = append(chain, level)
	}
	return chain, nil
}

// compiled makes a policy ready that was checked when it was written. It is remembered by its text, so that it matters to nobody whether the
// transaction that wrote it has come to be.
func (p *Plane) compiled(d *policy.Dialect, id, content string) *policy.Compiled {
	sum := sha256.Sum256([]byte(content))
	return p.policies.of(id+" "+string(sum[:]), func() *policy.Compiled { return policy.Load(d, policy.Stored(content), id) })
}
