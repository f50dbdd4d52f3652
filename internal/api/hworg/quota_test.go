package hworg

import (
	"math"
	"testing"

	"github.com/polity-cloud/polity/internal/controlplane"
)

func TestListQuotasTellsWhatIsUsed(t *testing.T) {
	t.Parallel()
	h := managed(t)
	quotas := func() map[QuotaType]QuotaDto {
		var out ListQuotasResult
		h.do("ListQuotas", manager, "GET", "/v1/organizations/quotas", "", &out)
		got := map[QuotaType]QuotaDto{}
		for _, q := range out.Quotas.Resources {
			if q.Max != q.Quota || q.Min != 0 {
				t.Errorf("got %+v", q)
			}
			got[q.Type] = q
		}
		return got
	}
	want := func(of QuotaType, limit, used int) {
		t.Helper()
		if got := quotas()[of]; got.Quota != limit || got.Used != used {
			t.Errorf("%s: got %d of %d, want %d of %d", of, got.Used, got.Quota, used, limit)
		}
	}
	same(t, len(quotas()), 5)
	want(QuotaTypeAccount, 10, 1)
	want(QuotaTypeServiceControlPolicyPerEntity, 5, 0)
	h.enable(PolicyTypeServiceControlPolicy)
	ou := h.unit(h.root, "one")
	h.member("member-one")
	h.attach(h.policy(PolicyTypeServiceControlPolicy, "one", denyLeave), ou)
	want(QuotaTypeAccount, 10, 2)
	want(QuotaTypeOrganizationalUnit, 1000, 1)
	want(QuotaTypePolicy, 2000, 1)
	want(QuotaTypeCloseAccountCountIn30Days, 0, 0) // ten in a hundred of one
	want(QuotaTypeServiceControlPolicyPerEntity, 5, 2)
}

func TestNoLimitIsTheLargestNumber(t *testing.T) {
	t.Parallel()
	same(t, quota(QuotaTypeAccount, controlplane.Usage{Used: 3}), QuotaDto{Type: QuotaTypeAccount, Quota: math.MaxInt32, Max: math.MaxInt32, Used: 3})
}

func TestTagPolicyServicesAreThoseThatAreEnforced(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var out ListTagPolicyServicesResult
	h.do("ListTagPolicyServices", manager, "GET", "/v1/organizations/tag-policy-services", "", &out)
	same(t, out.Services, []TagPolicyServiceDto{{ServiceName: "organizations", ResourceTypes: []string{"accounts", "ous", "policies", "roots"}, SupportAll: true}})
}
