package workflow_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func TestLawsThatEndACreation(t *testing.T) {
	t.Parallel()
	huawei := setting{partition: org.Huawei}
	for _, c := range []struct {
		name string
		in   setting
		was  []org.AccountRequest // granted before
		asks org.AccountRequest
		want org.Failure
	}{
		{"an address that an account has", setting{}, []org.AccountRequest{wish("one")}, org.AccountRequest{Name: "x", Email: wish("one").Email}, org.FailEmailInUse},
		{"an address that an account has in another case", setting{}, []org.AccountRequest{wish("one")},
			org.AccountRequest{Name: "x", Email: strings.ToUpper(wish("one").Email)}, org.FailEmailInUse},
		{"the management account's address", setting{}, nil, org.AccountRequest{Name: "x", Email: "M@example.com"}, org.FailEmailInUse},
		{"an address that breaks the rules", setting{}, nil, org.AccountRequest{Name: "x", Email: "a@b@c.example"}, org.FailEmailRefused},
		{"a name that an account of the cloud has", huawei, []org.AccountRequest{wish("one")}, org.AccountRequest{Name: wish("one").Name, Email: "x@example.com"}, org.FailNameInUse},
		{"a phone number that serves enough accounts", huawei, phones(5), org.AccountRequest{Name: "account-x", Phone: "+1"}, org.FailPhoneLimit},
		{"one account more than the quota", setting{quotas: org.Quotas{Accounts: 2}}, []org.AccountRequest{wish("one")}, wish("two"), org.FailAccountLimit},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := newBundle(t, c.in)
			b.run(t)
			for _, q := range c.was {
				if n := b.ended(t, b.request(t, q)); n.State != org.CreationSucceeded {
					t.Fatalf("an earlier one ends as %s, %s", n.State, n.Failure)
				}
			}
			before := b.rows(t)
			n := b.ended(t, b.request(t, c.asks))
			if n.State != org.CreationFailed || n.Failure != c.want || n.FailureDetail == "" {
				t.Errorf("it ends as %s, %s, %q; want %s", n.State, n.Failure, n.FailureDetail, c.want)
			}
			b.grew(t, before, map[string]int{"creations": 1, "events": 2})
		})
	}
}

func phones(n int) []org.AccountRequest {
	var out []org.AccountRequest
	for i := range n {
		out = append(out, org.AccountRequest{Name: "account-" + strconv.Itoa(i), Phone: "+1"})
	}
	return out
}

func TestNamesMayRepeatWhereTheCloudLetsThem(t *testing.T) {
	t.Parallel()
	b := newBundle(t, setting{})
	b.run(t)
	for _, email := range []string{"a@example.com", "b@example.com"} {
		if n := b.ended(t, b.request(t, org.AccountRequest{Name: "same", Email: email})); n.State != org.CreationSucceeded {
			t.Errorf("it ends as %s, %s", n.State, n.Failure)
		}
	}
}

func TestTheSameAddressIsSubmittedTwiceAtOnce(t *testing.T) {
	t.Parallel()
	w, gate := newOutside(), make(chan struct{})
	w.answer = func(int) error { <-gate; return nil }
	b := newBundle(t, setting{world: w})
	b.run(t)
	first := b.request(t, wish("one"))
	eventually(t, func() bool { return len(w.called()) > 0 })
	second := b.ended(t, b.request(t, wish("one")))
	if second.Failure != org.FailConcurrent {
		t.Errorf("while the first runs the second ends as %s, %s", second.State, second.Failure)
	}
	close(gate)
	if n := b.ended(t, first); n.State != org.CreationSucceeded {
		t.Errorf("the first ends as %s, %s", n.State, n.Failure)
	}
	if third := b.ended(t, b.request(t, wish("one"))); third.Failure != org.FailEmailInUse {
		t.Errorf("after the first the third ends as %s, %s", third.State, third.Failure)
	}
}

func TestAnAddressIsFreeAgainAfterAFailure(t *testing.T) {
	t.Parallel()
	w := newOutside()
	w.answer = func(try int) error {
		if try == 1 {
			return org.Fail(org.FailInternal, "")
		}
		return nil
	}
	b := newBundle(t, setting{world: w})
	b.run(t)
	for i, want := range []org.CreationState{org.CreationFailed, org.CreationSucceeded} {
		if n := b.ended(t, b.request(t, wish("one"))); n.State != want {
			t.Errorf("try %d ends as %s, %s", i, n.State, n.Failure)
		}
	}
}

func TestTheQuotaHoldsForCreationsThatRunAtOnce(t *testing.T) {
	t.Parallel()
	const wanted, quota = 8, 4
	w, gate := newOutside(), make(chan struct{})
	w.answer = func(int) error { <-gate; return nil }
	b := newBundle(t, setting{world: w, quotas: org.Quotas{Accounts: quota}})
	var ids []org.CreationID
	for i := range wanted {
		ids = append(ids, b.request(t, wish(strconv.Itoa(i))))
	}
	b.run(t)
	// Four workers wait outside, past the first look at the quota.
	eventually(t, func() bool { return len(w.called()) == 4 })
	close(gate)
	ends := map[org.Failure]int{}
	for _, id := range ids {
		ends[b.ended(t, id).Failure]++
	}
	if ends[""] != quota-1 || ends[org.FailAccountLimit] != wanted-quota+1 {
		t.Errorf("they end as %v", ends)
	}
	if rows := b.rows(t); rows["accounts"] != quota || rows["reservations"] != quota || len(w.standing()) != quota-1 {
		t.Errorf("left are %v, and outside %v", rows, w.standing())
	}
}

func TestARequesterWhoNoLongerManagesIsNotKnown(t *testing.T) {
	t.Parallel()
	b := newBundle(t, setting{})
	stranger := b.admin
	stranger.AccountID = "999999999999"
	var n org.Creation
	check(t, b.store.Update(t.Context(), func(tx store.Tx) error {
		o, err := tx.LockOrganization(t.Context(), b.org.ID)
		if err == nil {
			n, err = b.plane.RequestAccount(t.Context(), tx, stranger, o, wish("one"))
		}
		return err
	}))
	b.run(t)
	if n := b.ended(t, n.ID); n.Failure != org.FailCallerUnknown {
		t.Errorf("it ends as %s, %s", n.State, n.Failure)
	}
}
