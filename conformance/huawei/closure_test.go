package huawei_test

import (
	"testing"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

func (h *house) closings(t *testing.T, states ...model.ListCloseAccountStatusesRequestStates) []model.CloseAccountStatusDto {
	t.Helper()
	in := &model.ListCloseAccountStatusesRequest{}
	if len(states) > 0 {
		in.States = &states
	}
	return *harness.Try(h.ListCloseAccountStatuses(in)).Or(t).CloseAccountStatuses
}

func TestAccountCloses(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		id := h.account(t).AccountId
		if got := h.closings(t); len(got) != 0 {
			t.Errorf("without a closing there are %v", got)
		}
		out := harness.Try(h.CloseAccount(&model.CloseAccountRequest{AccountId: id})).Or(t)
		if out.HttpStatusCode != 200 {
			t.Errorf("CloseAccount answers %d", out.HttpStatusCode)
		}
		_, err := h.CloseAccount(&model.CloseAccountRequest{AccountId: id})
		harness.WantHuawei(t, err, 400, "Organizations.1325")
		suspended := model.GetListCloseAccountStatusesRequestStatesEnum().SUSPENDED
		harness.Until(t, "the account is suspended", func() bool { return len(h.closings(t, suspended)) == 1 })
		ended := h.closings(t)[0]
		if ended.AccountId != id || ended.OrganizationId != h.id || ended.UpdatedAt == nil || ended.CreatedAt == nil {
			t.Errorf("the closing is %+v", ended)
		}
		if a := harness.Try(h.ShowAccount(&model.ShowAccountRequest{AccountId: id})).Or(t).Account; a.Status != "suspended" {
			t.Errorf("the closed account is %+v", a)
		}
		_, err = h.CloseAccount(&model.CloseAccountRequest{AccountId: id})
		harness.WantHuawei(t, err, 400, "Organizations.1325")
		_, err = h.CloseAccount(&model.CloseAccountRequest{AccountId: h.key.Account})
		if status, code := harness.HuaweiError(err); status != 400 || code == "" {
			t.Errorf("closing the management account ends with %d %s", status, code)
		}
	})
}
