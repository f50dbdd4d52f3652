package controlplane_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestTagsKeepTheTagPolicy(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	a, u := e.account("a"), e.unit(e.root, "u")
	bad, good := []org.Tag{{Key: "team", Value: "red"}}, []org.Tag{{Key: "Team", Value: "blue"}, {Key: "other", Value: "x"}}
	tag := func(id string, tags []org.Tag) func() error {
		return func() error { return e.plane.Tag(t.Context(), e.admin, org.Resource(id), tags) }
	}
	e.enable(org.TagPolicy)
	if err := tag(string(a), bad)(); err != nil {
		t.Errorf("without a policy: %v", err)
	}
	e.attach(e.policy(org.TagPolicy, "t", `{"tags":{"team":{"tag_key":{"@@assign":"Team"},"tag_value":{"@@assign":["blue"]},`+
		`"enforced_for":{"@@assign":["organizations:account","organizations:ou","organizations:policy"]}}}}`), string(e.root))
	for says, deed := range map[string]func() error{
		"an account": tag(string(a), bad), "a unit": tag(string(u), bad), "the right key with a wrong value": tag(string(u), []org.Tag{{Key: "Team", Value: "x"}}),
		"a new unit": func() error {
			_, err := e.plane.CreateUnit(t.Context(), e.admin, e.root, "v", bad)
			return err
		},
		"a new account": func() error {
			_, err := e.plane.CreateAccount(t.Context(), e.admin, org.AccountRequest{Name: "b", Email: "b@corp.example", Tags: bad})
			return err
		},
		"a new policy": func() error {
			_, err := e.plane.CreatePolicy(t.Context(), e.admin, org.TagPolicy, "p", "", `{"tags":{}}`, bad)
			return err
		},
	} {
		e.refused(says, org.TagPolicyBroken, deed)
	}
	for says, deed := range map[string]func() error{"an account": tag(string(a), good), "the root, of which nothing is said": tag(string(e.root), bad)} {
		if err := deed(); err != nil {
			t.Errorf("%s: %v", says, err)
		}
	}
}
