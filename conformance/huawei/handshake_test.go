package huawei_test

import (
	"testing"
	"time"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

// invite invites an account by its id, as the Terraform provider does: with notes that are empty.
func (h *house) invite(t *testing.T, account string) model.HandshakeDto {
	t.Helper()
	out := harness.Try(h.InviteAccount(&model.InviteAccountRequest{Body: &model.InviteAccountReqBody{
		Target: &model.TargetDto{Type: "account", Entity: account}, Tags: &[]model.TagDto{{Key: "team", Value: "red"}},
	}})).Or(t)
	return *out.Handshake
}

func TestInvitedAccountJoinsAndLeaves(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, key := newHouse(t, s), s.Mint(t, harness.Huawei)
		guest := s.HuaweiOrganizations(t, key)
		i := h.invite(t, key.Account)
		life := time.Time(*i.ExpiredAt).Sub(time.Time(*i.CreatedAt))
		if i.Status != "pending" || i.Target.Entity != key.Account || i.OrganizationId != h.id || life != 14*24*time.Hour {
			t.Errorf("the invitation is %+v, for %s", i, life)
		}
		received := *harness.Try(guest.ListReceivedHandshakes(&model.ListReceivedHandshakesRequest{})).Or(t).Handshakes
		if len(received) != 1 || received[0].Id != i.Id {
			t.Fatalf("the guest received %v", received)
		}
		harness.Try(guest.AcceptHandshake(&model.AcceptHandshakeRequest{HandshakeId: i.Id})).Or(t)
		if now := harness.Try(guest.ShowHandshake(&model.ShowHandshakeRequest{HandshakeId: i.Id})).Or(t).Handshake; now.Status != "accepted" {
			t.Errorf("the guest reads %+v", now)
		}
		a := harness.Try(h.ShowAccount(&model.ShowAccountRequest{AccountId: key.Account})).Or(t).Account
		if a.JoinMethod != "invited" || a.Status != "active" {
			t.Errorf("the guest is %+v", a)
		}
		tags := *harness.Try(h.ListTagsForResource(&model.ListTagsForResourceRequest{ResourceId: key.Account})).Or(t).Tags
		if len(tags) != 1 || tags[0].Key != "team" {
			t.Errorf("the guest's tags are %v", tags)
		}
		_, err := h.CloseAccount(&model.CloseAccountRequest{AccountId: key.Account})
		if status, code := harness.HuaweiError(err); status != 400 || code == "" {
			t.Errorf("closing an invited account ends with %d %s", status, code)
		}
		harness.Try(guest.LeaveOrganization(&model.LeaveOrganizationRequest{})).Or(t)
		_, err = guest.ShowOrganization(&model.ShowOrganizationRequest{})
		harness.WantHuawei(t, err, 401, "Organizations.1015")
		_, err = h.ShowAccount(&model.ShowAccountRequest{AccountId: key.Account})
		if status, _ := harness.HuaweiError(err); status != 404 {
			t.Errorf("an account that left is read with %d", status)
		}
	})
}

func TestAManagementAccountSeesWhoElseInvitesIt(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		i := h.invite(t, other.key.Account)
		received := *harness.Try(other.ListReceivedHandshakes(&model.ListReceivedHandshakesRequest{})).Or(t).Handshakes
		if len(received) != 1 || received[0].Id != i.Id {
			t.Fatalf("it received %v", received)
		}
		harness.Try(other.ShowHandshake(&model.ShowHandshakeRequest{HandshakeId: i.Id})).Or(t)
		_, err := other.AcceptHandshake(&model.AcceptHandshakeRequest{HandshakeId: i.Id})
		harness.WantHuawei(t, err, 409, "Organizations.1101")
		harness.Try(other.DeclineHandshake(&model.DeclineHandshakeRequest{HandshakeId: i.Id})).Or(t)
	})
}

func TestInvitationsThatComeToNothing(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, key := newHouse(t, s), s.Mint(t, harness.Huawei)
		guest := s.HuaweiOrganizations(t, key)
		declined := h.invite(t, key.Account).Id
		harness.Try(guest.DeclineHandshake(&model.DeclineHandshakeRequest{HandshakeId: declined})).Or(t)
		cancelled := h.invite(t, key.Account).Id
		cancel := func() error {
			_, err := h.CancelHandshake(&model.CancelHandshakeRequest{HandshakeId: cancelled})
			return err
		}
		harness.WantHuawei(t, cancel(), 0, "")
		harness.WantHuawei(t, cancel(), 400, "Organizations.1401")
		_, err := guest.AcceptHandshake(&model.AcceptHandshakeRequest{HandshakeId: cancelled})
		harness.WantHuawei(t, err, 400, "Organizations.1401")
		got := map[string]string{}
		for _, i := range *harness.Try(h.ListHandshakes(&model.ListHandshakesRequest{})).Or(t).Handshakes {
			got[i.Id] = i.Status
		}
		if len(got) != 2 || got[declined] != "declined" || got[cancelled] != "cancelled" {
			t.Errorf("the invitations are %v", got)
		}
	})
}

func TestInvitationByName(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, called := newHouse(t, s), name()
		key := s.MintNamed(t, harness.Huawei, called, "")
		guest := s.HuaweiOrganizations(t, key)
		i := harness.Try(h.InviteAccount(&model.InviteAccountRequest{Body: &model.InviteAccountReqBody{Target: &model.TargetDto{Type: "name", Entity: called}}})).Or(t).Handshake
		if i.Target.Type != "name" || i.Target.Entity != called || i.Notes != "" {
			t.Errorf("the invitation is %+v", i)
		}
		again := &model.InviteAccountReqBody{Target: &model.TargetDto{Type: "account", Entity: key.Account}}
		harness.WantHuawei(t, failure(h.InviteAccount(&model.InviteAccountRequest{Body: again})), 409, "Organizations.1404")
		harness.Try(guest.AcceptHandshake(&model.AcceptHandshakeRequest{HandshakeId: i.Id})).Or(t)
		harness.WantHuawei(t, failure(guest.AcceptHandshake(&model.AcceptHandshakeRequest{HandshakeId: i.Id})), 400, "Organizations.1403")
		harness.WantHuawei(t, failure(guest.DeclineHandshake(&model.DeclineHandshakeRequest{HandshakeId: i.Id})), 400, "Organizations.1403")
		if a := harness.Try(h.ShowAccount(&model.ShowAccountRequest{AccountId: key.Account})).Or(t).Account; a.Name != called || a.JoinMethod != "invited" {
			t.Errorf("the guest is %+v", a)
		}
	})
}
