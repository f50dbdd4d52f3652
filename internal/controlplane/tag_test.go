package controlplane_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

func (e *estate) tagged(id org.Resource, want ...org.Tag) {
	e.Helper()
	got, err := e.plane.ListTags(e.Context(), e.admin, id)
	if err != nil {
		e.Fatal(err)
	}
	if d := cmp.Diff(append([]org.Tag{}, want...), got); d != "" {
		e.Error(d)
	}
}

func TestTagsOfEverythingTaggable(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	for _, id := range []org.Resource{org.Resource(e.root), org.Resource(e.unit(e.root, "unit")), org.Resource(e.account("one")), org.Resource(e.admin.AccountID)} {
		e.tagged(id)
		version := e.version()
		if err := e.plane.Tag(t.Context(), e.admin, id, []org.Tag{{Key: "b", Value: "1"}, {Key: "a"}}); err != nil {
			t.Fatal(err)
		}
		e.recorded(version, org.Event{Name: org.ResourceTagged, Subject: string(id), By: e.admin, Detail: map[string]string{"keys": "a,b"}})
		if err := e.plane.Tag(t.Context(), e.admin, id, []org.Tag{{Key: "b", Value: "2"}, {Key: "B", Value: "3"}}); err != nil {
			t.Fatal(err)
		}
		e.tagged(id, org.Tag{Key: "B", Value: "3"}, org.Tag{Key: "a"}, org.Tag{Key: "b", Value: "2"})
		version = e.version()
		if err := e.plane.Untag(t.Context(), e.admin, id, []string{"b", "never there"}); err != nil {
			t.Fatal(err)
		}
		e.recorded(version, org.Event{Name: org.ResourceUntagged, Subject: string(id), By: e.admin, Detail: map[string]string{"keys": "b,never there"}})
		e.tagged(id, org.Tag{Key: "B", Value: "3"}, org.Tag{Key: "a"})
	}
}

func TestWhatTaggingRefuses(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := org.Resource(e.root)
	if err := e.plane.Tag(t.Context(), e.admin, id, numbered(49)); err != nil {
		t.Fatal(err)
	}
	good := []org.Tag{{Key: "k"}}
	for _, c := range []struct {
		says  string
		id    org.Resource
		tags  []org.Tag
		kinds []controlplane.EntityKind
		want  org.Reason
	}{
		{"nothing", "999999999999", good, nil, org.ResourceMissing},
		{"a stranger's account", org.Resource(e.stranger().AccountID), good, nil, org.ResourceMissing},
		{"nothing, with a bad tag", "999999999999", []org.Tag{{}}, nil, org.ResourceMissing},
		{"the organization", org.Resource(e.id), good, nil, org.ResourceMissing},
		{"a thing of another kind", id, good, []controlplane.EntityKind{controlplane.UnitEntity, controlplane.AccountEntity}, org.ResourceMissing},
		{"one bad tag among good ones", id, []org.Tag{{Key: "k"}, {Key: "aws:k"}}, nil, org.SystemTag},
		{"a key twice", id, []org.Tag{{Key: "k"}, {Key: "k"}}, nil, org.DuplicateTagKey},
		{"a fifty-first tag", id, []org.Tag{{Key: "k"}, {Key: "l"}}, nil, org.TagLimit},
	} {
		e.refused(c.says, c.want, func() error { return e.plane.Tag(t.Context(), e.admin, c.id, c.tags, c.kinds...) })
	}
	if err := e.plane.Tag(t.Context(), e.admin, id, good, controlplane.RootEntity); err != nil {
		t.Errorf("the fiftieth: %v", err)
	}
}

func numbered(n int) []org.Tag {
	out := make([]org.Tag, n)
	for i := range out {
		out[i].Key = fmt.Sprint("n", i)
	}
	return out
}
