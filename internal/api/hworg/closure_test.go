package hworg

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

const closings = "/v1/organizations/close-account-status"

// finish carries a closing out as the workflow would.
func (h *house) finish(account string) {
	h.t.Helper()
	ctx := h.t.Context()
	o, err := h.plane.GetOrganization(ctx, org.Caller{Partition: org.Huawei, AccountID: manager, Kind: org.RootUser})
	if err != nil {
		h.t.Fatal(err)
	}
	err = h.plane.Store.Update(ctx, func(tx store.Tx) error { return h.plane.FinishClosure(ctx, tx, o.ID, org.AccountID(account)) })
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) closings(query string) []CloseAccountStatusDto {
	h.t.Helper()
	var out ListCloseAccountStatusesResult
	h.do("ListCloseAccountStatuses", manager, "GET", closings+query, "", &out)
	return out.CloseAccountStatuses
}

// relaxed makes a managed house without the vendor's quotas.
func relaxed(t *testing.T) *house {
	t.Helper()
	h := managed(t)
	h.plane.Quotas = func(r *org.Rules) org.Quotas { return r.Relaxed }
	return h
}

func TestCloseAccount(t *testing.T) {
	t.Parallel()
	h := relaxed(t)
	one, two := h.member("member-one"), h.member("member-two")
	same(t, h.closings(""), []CloseAccountStatusDto{})
	for _, id := range []string{one, two} {
		rec := h.ask("CloseAccount", manager, "POST", accounts+"/"+id+"/close", "")
		if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
			t.Fatalf("got %d %s", rec.Code, rec.Body)
		}
	}
	h.refused("CloseAccount", manager, "POST", accounts+"/"+one+"/close", "", http.StatusBadRequest, "Organizations.1325")
	pending := h.closings("")[0]
	if pending.AccountID != one || pending.State != CloseAccountStatePendingClosure || pending.UpdatedAt != pending.CreatedAt || pending.FailureReason != nil {
		t.Errorf("got %+v", pending)
	}
	h.later(time.Minute)
	h.finish(one)
	h.refused("CloseAccount", manager, "POST", accounts+"/"+one+"/close", "", http.StatusBadRequest, "Organizations.1325")
	for query, want := range map[string]string{
		"": one + two, "?states=suspended": one, "?states=pending_closure": two, "?states=suspended&states=pending_closure": one + two,
	} {
		got := ""
		for _, s := range h.closings(query) {
			got += s.AccountID
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", query, got, want)
		}
	}
	ended := h.closings("?states=suspended")[0]
	if ended.CreatedAt != pending.CreatedAt || !time.Time(ended.UpdatedAt).After(time.Time(ended.CreatedAt)) || ended.OrganizationID != pending.OrganizationID {
		t.Errorf("got %+v", ended)
	}
	for id, want := range map[string]AccountStatus{one: AccountStatusSuspended, two: AccountStatusPendingClosure} {
		var seen ShowAccountResult
		h.do("ShowAccount", manager, "GET", accounts+"/"+id, "", &seen)
		if seen.Account.Status != want {
			t.Errorf("%s is %s, want %s", id, seen.Account.Status, want)
		}
	}
	h.later(90 * 24 * time.Hour)
	h.refused("ShowAccount", manager, "GET", accounts+"/"+one, "", http.StatusNotFound, "Organizations.1301")
}

func TestRefusedClosings(t *testing.T) {
	t.Parallel()
	h := relaxed(t)
	h.joined()
	one := h.member("member-one")
	for id, want := range map[string]struct {
		status int
		code   string
	}{
		"none":   {http.StatusNotFound, "Organizations.1301"},
		manager:  {http.StatusBadRequest, "Organizations.1321"},
		stranger: {http.StatusBadRequest, "Organizations.1322"},
	} {
		h.refused("CloseAccount", manager, "POST", accounts+"/"+id+"/close", "", want.status, want.code)
	}
	h.plane.Quotas = func(r *org.Rules) org.Quotas { return r.Vendor }
	h.refused("CloseAccount", manager, "POST", accounts+"/"+one+"/close", "", http.StatusBadRequest, "Organizations.1324")
	h.plane.Quotas = func(*org.Rules) org.Quotas { return org.Quotas{Closing: 1} }
	h.do("CloseAccount", manager, "POST", accounts+"/"+one+"/close", "", nil)
	h.refused("CloseAccount", manager, "POST", accounts+"/"+h.member("member-two")+"/close", "", http.StatusBadRequest, "Organizations.1323")
	h.refused("ListCloseAccountStatuses", manager, "GET", closings+"?states=active", "", http.StatusBadRequest, "Organizations.1000")
}

func TestATenthOfTheActiveMembersMayBeClosed(t *testing.T) {
	t.Parallel()
	h := relaxed(t)
	var ids []string
	for i := range 29 {
		ids = append(ids, h.member(fmt.Sprintf("member-%02d", i)))
	}
	for _, id := range ids[:10] { // they are listed for 90 days, and no longer active
		h.do("CloseAccount", manager, "POST", accounts+"/"+id+"/close", "", nil)
		h.finish(id)
	}
	h.later(31 * 24 * time.Hour)
	h.plane.Quotas = func(r *org.Rules) org.Quotas {
		return org.Quotas{Closures: r.Vendor.Closures, ClosedFor: r.Vendor.ClosedFor}
	}
	h.do("CloseAccount", manager, "POST", accounts+"/"+ids[10]+"/close", "", nil)
	h.refused("CloseAccount", manager, "POST", accounts+"/"+ids[11]+"/close", "", http.StatusBadRequest, "Organizations.1324")
	var out ListQuotasResult
	h.do("ListQuotas", manager, "GET", "/v1/organizations/quotas", "", &out)
	for _, q := range out.Quotas.Resources {
		if q.Type == QuotaTypeCloseAccountCountIn30Days && (q.Quota != 1 || q.Used != 1) {
			t.Errorf("%d of %d closings are used, want 1 of 1", q.Used, q.Quota)
		}
	}
	h.plane.Quotas = func(r *org.Rules) org.Quotas { return r.Relaxed }
	h.member("member-30")
	h.plane.Quotas = func(r *org.Rules) org.Quotas {
		return org.Quotas{Closures: r.Vendor.Closures, ClosedFor: r.Vendor.ClosedFor}
	}
	h.do("CloseAccount", manager, "POST", accounts+"/"+ids[11]+"/close", "", nil) // the second of twenty
	h.refused("CloseAccount", manager, "POST", accounts+"/"+ids[12]+"/close", "", http.StatusBadRequest, "Organizations.1324")
}

func TestTheDataOfAClosingAccountIsNotUsedAgain(t *testing.T) {
	t.Parallel()
	h := relaxed(t)
	h.do("CloseAccount", manager, "POST", accounts+"/"+h.full("member-one")+"/close", "", nil)
	for body, code := range map[string]string{
		`{"name":"member-two","email":"member-one@corp.example"}`: "Error 2000: ",
		`{"name":"member-one","email":"member-two@corp.example"}`: "Error 2001: ",
	} {
		var made CreateAccountResult
		h.do("CreateAccount", manager, "POST", accounts, body, &made)
		h.vend(made.CreateAccountStatus.ID)
		var seen ShowCreateAccountStatusResult
		h.do("ShowCreateAccountStatus", manager, "GET", creations+"/"+made.CreateAccountStatus.ID, "", &seen)
		if n := seen.CreateAccountStatus; n.State != CreateAccountStateFailed || !strings.HasPrefix(*n.FailureReason, code) {
			t.Errorf("%s: got %+v", body, n)
		}
	}
}
