package controlplane

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// The deeds of this file are about an account, a unit, the root, a policy, the resource policy or a transfer; with kinds, about one of these kinds
// only. For anything else they fail with ResourceMissing.

// Tag adds tags to a resource and overwrites the values of keys that are there. It fails as CheckTags does, and with TagPolicyBroken; then no tag is added.
func (p *Plane) Tag(ctx context.Context, c org.Caller, id org.Resource, tags []org.Tag, kinds ...EntityKind) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:TagResource", onAny(string(id)), withTags(tags))
		if err != nil {
			return err
		}
		if err := taggable(ctx, tx, o, id, kinds); err != nil {
			return err
		}
		present, err := tx.Tags(ctx, o.ID, id)
		if err != nil {
			return err
		}
		if err := org.CheckTags(o.Rules(), present, tags); err != nil {
			return err
		}
		t := org.Thing{ID: string(id)}
		if err := readThing(ctx, tx, o, &t); err != nil {
			return err
		}
		if err := p.checkTagPolicy(ctx, tx, o, t.Kind, tags); err != nil {
			return err
		}
		if err := tx.PutTags(ctx, o.ID, id, tags); err != nil {
			return err
		}
		return p.record(ctx, tx, o, org.ResourceTagged, c, string(id), map[string]string{"keys": keysOf(tags)})
	})
}

// Untag removes the tags of the given keys. Keys that are not there are no error. It fails as CheckTagKeys does; then no tag is removed.
func (p *Plane) Untag(ctx context.Context, c org.Caller, id org.Resource, keys []string, kinds ...EntityKind) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:UntagResource", onAny(string(id)), withoutTags(keys))
		if err != nil {
			return err
		}
		if err := taggable(ctx, tx, o, id, kinds); err != nil {
			return err
		}
		if err := org.CheckTagKeys(o.Rules(), keys); err != nil {
			return err
		}
		if len(keys) > 0 { // for none it would delete all
			if err := tx.DeleteTags(ctx, o.ID, id, keys); err != nil {
				return err
			}
		}
		return p.record(ctx, tx, o, org.ResourceUntagged, c, string(id), map[string]string{"keys": strings.Join(keys, ",")})
	})
}

// ListTags lists the tags of a resource, by key.
func (p *Plane) ListTags(ctx context.Context, c org.Caller, id org.Resource, kinds ...EntityKind) ([]org.Tag, error) {
	found, err := p.PageTags(ctx, c, id, org.Page{Limit: math.MaxInt}, kinds...)
	return found.Tags, err
}

func taggable(ctx context.Context, r store.Reader, o org.Organization, id org.Resource, kinds []EntityKind) error {
	kind, err := kindOf(ctx, r, o, string(id))
	if org.ReasonOf(err) == org.AccountMissing {
		kind = PolicyEntity
		_, err = r.Policy(ctx, o.ID, org.PolicyID(id)) // the cloud's own are not to be tagged
	}
	if org.ReasonOf(err) == org.PolicyMissing {
		kind = ResourcePolicyEntity
		err = isResourcePolicy(ctx, r, o, org.ResourcePolicyID(id))
	}
	if org.ReasonOf(err) == org.ResourcePolicyMissing {
		kind = TransferEntity
		err = offered(ctx, r, o, org.TransferID(id))
	}
	if err != nil {
		return instead(err, org.TransferMissing, org.ResourceMissing)
	}
	if len(kinds) > 0 && !slices.Contains(kinds, kind) {
		return org.Errorf(org.ResourceMissing, "%s is of another kind", id)
	}
	return nil
}

// kindOf tells what a node of the tree is. It fails with AccountMissing for what is none.
func kindOf(ctx context.Context, r store.Reader, o org.Organization, id string) (EntityKind, error) {
	if u, err := r.Unit(ctx, o.ID, org.UnitID(id)); err == nil {
		return unitEntity(u).Kind, nil
	}
	_, err := member(ctx, r, o, org.AccountID(id))
	return AccountEntity, err
}

func keysOf(tags []org.Tag) string {
	keys := make([]string, len(tags))
	for i, t := range tags {
		keys[i] = t.Key
	}
	slices.Sort(keys)
	return strings.Join(keys, ",")
}
