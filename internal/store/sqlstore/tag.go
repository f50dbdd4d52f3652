package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
)

func (r *reader) Tags(ctx context.Context, o org.OrganizationID, id org.Resource) ([]org.Tag, error) {
	rows, err := r.db.ListTags(ctx, string(o), string(id))
	if err != nil {
		return nil, r.fault(err, "list tags of", id)
	}
	out := make([]org.Tag, len(rows))
	for i, row := range rows {
		out[i] = org.Tag{Key: row.Key, Value: row.Value}
	}
	return out, nil
}

func (r *reader) TagsOf(ctx context.Context, o org.OrganizationID, k org.ThingKind) ([]org.ResourceTag, error) {
	var out []org.ResourceTag
	var err error
	switch k {
	case org.UnitThing:
		rows, fault := r.db.ListUnitTags(ctx, string(o))
		out, err = resourceTags(rows), fault
	case org.AccountThing:
		rows, fault := r.db.ListAccountTags(ctx, string(o))
		out, err = resourceTags(rows), fault
	case org.PolicyThing:
		rows, fault := r.db.ListPolicyTags(ctx, string(o))
		out, err = resourceTags(rows), fault
	}
	return out, r.fault(err, "list tags in", o)
}

// resourceTags takes the rows of three queries, which have types of their own.
func resourceTags[R ~struct{ Resource, Key, Value string }](rows []R) []org.ResourceTag {
	out := make([]org.ResourceTag, len(rows))
	for i, r := range rows {
		row := struct{ Resource, Key, Value string }(r)
		out[i] = org.ResourceTag{Resource: org.Resource(row.Resource), Tag: org.Tag{Key: row.Key, Value: row.Value}}
	}
	return out
}

func (t *tx) PutTags(ctx context.Context, o org.OrganizationID, id org.Resource, tags []org.Tag) error {
	for _, g := range tags {
		if err := t.db.PutTag(ctx, string(o), string(id), g.Key, g.Value); err != nil {
			return t.fault(err, "tag", id)
		}
	}
	return nil
}

func (t *tx) DeleteTags(ctx context.Context, o org.OrganizationID, id org.Resource, keys []string) error {
	if keys == nil {
		return t.fault(t.db.DeleteTags(ctx, string(o), string(id)), "untag", id)
	}
	for _, k := range keys {
		if err := t.db.DeleteTag(ctx, string(o), string(id), k); err != nil {
			return t.fault(err, "untag", id)
		}
	}
	return nil
}
