package aws_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

const handshakeConstraint = "HandshakeConstraintViolationException"

func accountParty(id string) *types.HandshakeParty {
	return &types.HandshakeParty{Id: &id, Type: types.HandshakePartyTypeAccount}
}

func (h *house) invite(t *testing.T, to *types.HandshakeParty, tags ...types.Tag) *types.Handshake {
	t.Helper()
	in := &organizations.InviteAccountToOrganizationInput{Target: to, Notes: aws.String("please join"), Tags: tags}
	return harness.Try(h.InviteAccountToOrganization(t.Context(), in)).Or(t).Handshake
}

func (h *house) tryInvite(t *testing.T, to *types.HandshakeParty) error {
	t.Helper()
	_, err := h.InviteAccountToOrganization(t.Context(), &organizations.InviteAccountToOrganizationInput{Target: to})
	return err
}

func tryAccept(t *testing.T, c *organizations.Client, id *string) error {
	t.Helper()
	_, err := c.AcceptHandshake(t.Context(), &organizations.AcceptHandshakeInput{HandshakeId: id})
	return err
}

func accept(t *testing.T, c *organizations.Client, id *string) {
	t.Helper()
	if err := tryAccept(t, c, id); err != nil {
		t.Fatal(err)
	}
}

func (h *house) state(t *testing.T, id *string) types.HandshakeState {
	t.Helper()
	return harness.Try(h.DescribeHandshake(t.Context(), &organizations.DescribeHandshakeInput{HandshakeId: id})).Or(t).Handshake.State
}

func (h *house) handshakes(t *testing.T, f *types.HandshakeFilter) []types.Handshake {
	t.Helper()
	var all []types.Handshake
	pages := organizations.NewListHandshakesForOrganizationPaginator(h, &organizations.ListHandshakesForOrganizationInput{Filter: f, MaxResults: aws.Int32(3)})
	for pages.HasMorePages() {
		all = append(all, harness.Try(pages.NextPage(t.Context())).Or(t).Handshakes...)
	}
	return all
}

func received(t *testing.T, c *organizations.Client, action types.ActionType) []types.Handshake {
	t.Helper()
	var all []types.Handshake
	in := &organizations.ListHandshakesForAccountInput{Filter: &types.HandshakeFilter{ActionType: action}}
	pages := organizations.NewListHandshakesForAccountPaginator(c, in)
	for pages.HasMorePages() {
		all = append(all, harness.Try(pages.NextPage(t.Context())).Or(t).Handshakes...)
	}
	return all
}

func TestInvitationByAddress(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, mail := newHouse(t, s), address()
		guest := s.MintNamed(t, harness.AWS, "", *mail)
		client := s.Organizations(guest)
		sent := h.invite(t, &types.HandshakeParty{Id: mail, Type: types.HandshakePartyTypeEmail}, tag("stage", "prod"))
		if want := h.arn("handshake", h.id+"/invite/"+*sent.Id); *sent.Arn != want || sent.State != types.HandshakeStateOpen {
			t.Errorf("the handshake is %s, %s, want %s", *sent.Arn, sent.State, want)
		}
		if days := sent.ExpirationTimestamp.Sub(*sent.RequestedTimestamp).Hours() / 24; days != 15 {
			t.Errorf("the invitation lives %v days", days)
		}
		got := received(t, client, types.ActionTypeInviteAccountToOrganization)
		if len(got) != 1 || *got[0].Id != *sent.Id || len(h.handshakes(t, nil)) != 1 {
			t.Fatalf("the account received %v", got)
		}
		accept(t, client, sent.Id)
		if got := h.state(t, sent.Id); got != types.HandshakeStateAccepted {
			t.Errorf("the handshake is %s", got)
		}
		seen := h.describe(t, guest.Account)
		if seen.JoinedMethod != types.AccountJoinedMethodInvited || h.parent(t, guest.Account) != h.root {
			t.Errorf("the account joined as %s under %s", seen.JoinedMethod, h.parent(t, guest.Account))
		}
		if got := h.tags(t, guest.Account); !maps.Equal(got, map[string]string{"stage": "prod"}) {
			t.Errorf("the account's tags are %v", got)
		}
		harness.WantAWS(t, tryAccept(t, client, sent.Id), "HandshakeAlreadyInStateException", "")
	})
}

func TestInvitationIsAnswered(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, guest, third := newHouse(t, s), s.Mint(t, harness.AWS), s.Mint(t, harness.AWS)
		client := s.Organizations(guest)
		first := h.invite(t, accountParty(guest.Account))
		harness.WantAWS(t, h.tryInvite(t, accountParty(guest.Account)), "DuplicateHandshakeException", "")
		harness.WantAWS(t, tryAccept(t, s.Organizations(third), first.Id), "HandshakeNotFoundException", "")
		harness.WantAWS(t, tryAccept(t, h.Client, first.Id), "AccessDeniedException", "")
		harness.Try(client.DeclineHandshake(t.Context(), &organizations.DeclineHandshakeInput{HandshakeId: first.Id})).Or(t)
		const already, transition = "HandshakeAlreadyInStateException", "InvalidHandshakeTransitionException"
		decline := func(id *string) error {
			return second(client.DeclineHandshake(t.Context(), &organizations.DeclineHandshakeInput{HandshakeId: id}))
		}
		cancel := func(id *string) error {
			return second(h.CancelHandshake(t.Context(), &organizations.CancelHandshakeInput{HandshakeId: id}))
		}
		harness.WantAWS(t, tryAccept(t, client, first.Id), transition, "")
		harness.WantAWS(t, decline(first.Id), already, "")
		harness.WantAWS(t, cancel(first.Id), transition, "")
		again := h.invite(t, accountParty(guest.Account))
		harness.WantAWS(t, cancel(again.Id), "", "")
		harness.WantAWS(t, cancel(again.Id), already, "")
		harness.WantAWS(t, decline(again.Id), transition, "")
		manager := newHouse(t, s)
		wanted := h.invite(t, accountParty(manager.key.Account))
		harness.WantAWS(t, tryAccept(t, manager.Client, wanted.Id), "MasterCannotLeaveOrganizationException", "")
		harness.WantAWS(t, h.tryInvite(t, accountParty(h.key.Account)), handshakeConstraint, "ALREADY_IN_AN_ORGANIZATION")
	})
}

func TestInvitationIsRefused(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		for name, c := range map[string]struct {
			to     types.HandshakeParty
			reason string
		}{
			"an organization":   {types.HandshakeParty{Id: &h.id, Type: types.HandshakePartyTypeOrganization}, "INVALID_PARTY_TYPE_TARGET"},
			"no address":        {types.HandshakeParty{Id: aws.String("nobody"), Type: types.HandshakePartyTypeEmail}, "INVALID_EMAIL_ADDRESS_TARGET"},
			"no account's id":   {types.HandshakeParty{Id: aws.String("12"), Type: types.HandshakePartyTypeAccount}, "INVALID_PATTERN"},
			"no kind of target": {types.HandshakeParty{Id: address(), Type: "FAX"}, "INVALID_ENUM"},
		} {
			if code, reason := harness.AWSError(h.tryInvite(t, &c.to)); code != invalid || reason != c.reason {
				t.Errorf("%s: the invitation ends with %s %s, want %s", name, code, reason, c.reason)
			}
		}
		both := &types.HandshakeFilter{ActionType: types.ActionTypeInviteAccountToOrganization, ParentHandshakeId: aws.String("h-0123456789")}
		_, err := h.ListHandshakesForOrganization(t.Context(), &organizations.ListHandshakesForOrganizationInput{Filter: both})
		harness.WantAWS(t, err, invalid, "MAX_LIMIT_EXCEEDED_FILTER")
	})
}

// Each organization has members that the other invites, and all accept at once: whoever locked the two in another order would wait for ever.
func TestOrganizationsExchangeAccountsAtOnce(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		sides := [2]*house{newHouse(t, s), newHouse(t, s)}
		const each = 6
		keys := [2][]harness.Key{}
		for i, h := range sides {
			for range each {
				k := s.Mint(t, harness.AWS)
				accept(t, s.Organizations(k), h.invite(t, accountParty(k.Account)).Id)
				keys[i] = append(keys[i], k)
			}
		}
		for round := range 2 {
			exchange(t, s, sides, keys)
			keys[0], keys[1] = keys[1], keys[0]
			for i, h := range sides {
				want := []string{h.key.Account}
				for _, k := range keys[i] {
					want = append(want, k.Account)
				}
				var got []string
				for _, a := range h.accounts(t, 20) {
					got = append(got, *a.Id)
				}
				slices.Sort(want)
				slices.Sort(got)
				if !slices.Equal(want, got) {
					t.Errorf("after round %d side %d has %v, want %v", round, i, got, want)
				}
			}
		}
	})
}

func exchange(t *testing.T, s *harness.Server, sides [2]*house, keys [2][]harness.Key) {
	t.Helper()
	var wait sync.WaitGroup
	failed := make(chan error, 100)
	for i := range sides {
		for _, k := range keys[1-i] {
			wait.Go(func() { failed <- moveOver(t, s, sides[i], k) })
		}
	}
	wait.Wait()
	close(failed)
	for err := range failed {
		if err != nil {
			t.Error(err)
		}
	}
}

func moveOver(t *testing.T, s *harness.Server, to *house, k harness.Key) error {
	out, err := to.InviteAccountToOrganization(t.Context(), &organizations.InviteAccountToOrganizationInput{Target: accountParty(k.Account)})
	if err != nil {
		return fmt.Errorf("invite %s: %w", k.Account, err)
	}
	client := s.Organizations(k)
	for range 20 {
		_, err = client.AcceptHandshake(t.Context(), &organizations.AcceptHandshakeInput{HandshakeId: out.Handshake.Id})
		if busy := (*types.ConcurrentModificationException)(nil); !errors.As(err, &busy) {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("accept by %s: %w", k.Account, err)
	}
	return nil
}

func TestAllFeaturesAreAgreedOn(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := begin(t, s, types.OrganizationFeatureSetConsolidatedBilling)
		h.account(t) // is not asked: it has the service's role
		guest := s.Mint(t, harness.AWS)
		client := s.Organizations(guest)
		accept(t, client, h.invite(t, accountParty(guest.Account)).Id)
		pending := h.invite(t, &types.HandshakeParty{Id: address(), Type: types.HandshakePartyTypeEmail})
		parent := harness.Try(h.EnableAllFeatures(t.Context(), &organizations.EnableAllFeaturesInput{})).Or(t).Handshake
		if parent.Action != types.ActionTypeEnableAllFeatures || parent.State != types.HandshakeStateRequested {
			t.Errorf("the migration is %s, %s", parent.Action, parent.State)
		}
		if got := h.state(t, pending.Id); got != types.HandshakeStateCanceled {
			t.Errorf("an open invitation is %s", got)
		}
		children := h.handshakes(t, &types.HandshakeFilter{ParentHandshakeId: parent.Id})
		if len(children) != 1 || children[0].Action != types.ActionTypeApproveAllFeatures {
			t.Fatalf("the members are asked %v", children)
		}
		harness.WantAWS(t, h.tryInvite(t, accountParty(s.Mint(t, harness.AWS).Account)), handshakeConstraint, "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES")
		_, err := h.EnableAllFeatures(t.Context(), &organizations.EnableAllFeaturesInput{})
		harness.WantAWS(t, err, handshakeConstraint, "ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION")
		harness.WantAWS(t, tryAccept(t, h.Client, parent.Id), "InvalidHandshakeTransitionException", "")
		accept(t, client, children[0].Id)
		accept(t, h.Client, parent.Id)
		o := harness.Try(h.DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})).Or(t).Organization
		if o.FeatureSet != types.OrganizationFeatureSetAll || len(o.AvailablePolicyTypes) != 1 {
			t.Errorf("the organization has %s with %v", o.FeatureSet, o.AvailablePolicyTypes)
		}
	})
}
