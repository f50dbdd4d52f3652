package native_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/polity-cloud/polity/internal/api/native"
	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

// trial founds an organization that tries out a policy on a member whose calls it returns as a function.
func (h *house) trial() (org.OrganizationID, func()) {
	h.Helper()
	ctx := h.Context()
	check := func(err error) {
		h.Helper()
		if err != nil {
			h.Fatal(err)
		}
	}
	made, err := h.plane.MintAccount(ctx, controlplane.Standalone{Partition: org.Huawei})
	check(err)
	guest, err := h.plane.MintAccount(ctx, controlplane.Standalone{Partition: org.Huawei})
	check(err)
	o, err := h.plane.CreateOrganization(ctx, made.Caller, org.AllFeatures)
	check(err)
	sent, err := h.plane.InviteAccount(ctx, made.Caller, org.Offer{To: org.Party{Kind: org.PartyAccount, ID: string(guest.Caller.AccountID)}})
	check(err)
	_, err = h.plane.AcceptHandshake(ctx, guest.Caller, sent.ID)
	check(err)
	_, err = h.plane.UpdateDryRun(ctx, made.Caller, o.RootID, org.ServiceControl, org.DryRunChange{
		On: new(true), Bucket: new("logs"), Agency: new(org.RulesOf(org.Huawei).ServiceRole),
	})
	check(err)
	p, err := h.plane.Trial.CreatePolicy(ctx, made.Caller, org.ServiceControl, "p", "", `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["*"]}]}`, nil)
	check(err)
	check(h.plane.Trial.AttachPolicy(ctx, made.Caller, p.ID, string(o.RootID)))
	return o.ID, func() {
		h.Helper()
		_, err := h.plane.GetOrganization(ctx, guest.Caller)
		check(err)
	}
}

func TestTheFeedOfRecordsIsResumedAndRepeatsNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, ask := h.trial()
	feed := func(after string, limit int) (ids []string, next string) {
		q := url.Values{"organization": {string(o)}, "limit": {fmt.Sprint(limit)}, "after": {after}}
		out := h.ask(http.StatusOK, "GET", "/_polity/dry-run-records?"+q.Encode(), "")
		for _, r := range out["records"].([]any) {
			r := r.(map[string]any)
			ids = append(ids, r["id"].(string))
			place := r["destination"].(map[string]any)
			if r["action"] != "organizations:organizations:get" || r["organization_id"] != string(o) || len(r["denied_by"].([]any)) != 1 || place["bucket_name"] != "logs" || place["object"] == "" {
				t.Errorf("the record is %v", r)
			}
		}
		return ids, out["next"].(string)
	}
	if ids, next := feed("", 10); len(ids) > 0 || next != "" {
		t.Errorf("at first there is %v, and on from %q", ids, next)
	}
	for range 3 {
		ask()
	}
	first, next := feed("", 2)
	rest, end := feed(next, 2)
	if len(first) != 2 || len(rest) != 1 || rest[0] == first[0] || rest[0] == first[1] {
		t.Errorf("%v, then %v", first, rest)
	}
	if ids, again := feed(end, 2); len(ids) > 0 || again != end {
		t.Errorf("behind the end there is %v, and on from %q", ids, again)
	}
	ask()
	if ids, _ := feed(end, 2); len(ids) != 1 {
		t.Errorf("what came later is %v", ids)
	}
	const path = "/_polity/dry-run-records"
	h.refuses(http.StatusBadRequest, org.InputMissing, "GET", path, "")
	h.refuses(http.StatusBadRequest, org.PageTokenInvalid, "GET", path+"?organization=o&after=x", "")
	h.refuses(http.StatusBadRequest, org.InputMalformed, "GET", path+"?organization=o&limit=0", "")
}

func TestRecordsAreTheOperators(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *native.Config) { c.Token = "open-sesame" })
	h.refuses(http.StatusUnauthorized, org.CredentialsMissing, "GET", "/_polity/dry-run-records?organization=o", "")
}
