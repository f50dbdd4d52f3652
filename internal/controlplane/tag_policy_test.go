package controlplane_test

import (
	"testing"
	"time"

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
		`"enforced_for":{"@@assign":["organizations:account","organizations:ou","organizations:policy","organizations:resourcepolicy","organizations:transfer"]}}}}`), string(e.root))
	other := e.stranger()
	if _, err := e.plane.CreateOrganization(t.Context(), other, org.AllFeatures); err != nil {
		t.Fatal(err)
	}
	invite := func(tags []org.Tag) error {
		_, err := e.plane.InviteAccount(t.Context(), e.admin, org.Offer{To: org.Party{Kind: org.PartyAccount, ID: "111122223333"}, Tags: tags})
		return err
	}
	offer := func(tags []org.Tag) error {
		q := org.TransferOffer{Name: "n", StartsAt: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)}
		q.To, q.Tags = org.Party{Kind: org.PartyAccount, ID: string(other.AccountID)}, tags
		_, err := e.plane.OfferTransfer(t.Context(), e.admin, q)
		return err
	}
	delegate := func(tags []org.Tag) error {
		_, err := e.plane.PutResourcePolicy(t.Context(), e.admin, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"`+string(a)+
			`"},"Action":"organizations:ListRoots","Resource":"*"}]}`, tags)
		return err
	}
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
		"an invitation": func() error { return invite(bad) }, "a transfer": func() error { return offer(bad) }, "the resource policy": func() error { return delegate(bad) },
	} {
		e.refused(says, org.TagPolicyBroken, deed)
	}
	for says, deed := range map[string]func() error{"an account": tag(string(a), good), "the root, of which nothing is said": tag(string(e.root), bad),
		"an invitation": func() error { return invite(good) }, "a transfer": func() error { return offer(good) }, "the resource policy": func() error { return delegate(good) },
	} {
		if err := deed(); err != nil {
			t.Errorf("%s: %v", says, err)
		}
	}
	own, err := e.plane.GetResourcePolicy(t.Context(), e.admin)
	if err != nil {
		t.Fatal(err)
	}
	transfers, err := e.plane.ListInboundTransfers(t.Context(), e.admin, "", onePage)
	if err != nil || len(transfers.Transfers) != 1 {
		t.Fatalf("%v %v", transfers, err)
	}
	e.refused("the resource policy that is there", org.TagPolicyBroken, tag(string(own.ID), bad))
	e.refused("the transfer that is there", org.TagPolicyBroken, tag(string(transfers.Transfers[0].ID), bad))
}
