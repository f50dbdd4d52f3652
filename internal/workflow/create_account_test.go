package workflow_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/twin"
)

// made is what a granted wish adds to the rows that stand once it was requested. The saga is over, and its reservation passed on.
var made = map[string]int{"accounts": 1, "principals": 3, "tags": 2, "events": 2, "sagas": -1}

// undone is what a creation leaves that failed: its end.
var undone = map[string]int{"events": 1, "sagas": -1}

func reserved(p org.Partition) map[string]int {
	if p == org.Huawei {
		return map[string]int{"reservations": 2} // address and name
	}
	return map[string]int{"reservations": 1}
}

func sum(a, b map[string]int) map[string]int {
	out := maps.Clone(a)
	for k, n := range b {
		out[k] += n
	}
	return out
}

func TestSuccessLeavesTheAccountAndNothingElse(t *testing.T) {
	t.Parallel()
	for _, p := range []org.Partition{org.AWS, org.AWSChina, org.Huawei} {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			b := newBundle(t, setting{partition: p})
			q := wish("one")
			q.RoleName = "Enter"
			id := b.request(t, q)
			before, version := b.rows(t), b.version(t)
			b.run(t)
			n := b.ended(t, id)
			if n.State != org.CreationSucceeded || n.AccountID == "" || n.Failure != "" || n.CompletedAt.Before(n.RequestedAt) {
				t.Fatalf("the creation ends as %+v", n)
			}
			b.grew(t, before, sum(made, reserved(p)))
			b.isMember(t, n, q)
			if d := cmp.Diff([]org.EventName{org.AccountCreationEnded, org.AccountJoined}, b.events(t, version)); d != "" {
				t.Error(d)
			}
			if holder := b.taken(t, org.FieldEmail, strings.ToLower(q.Email)); holder != string(n.AccountID) {
				t.Errorf("the address belongs to %q", holder)
			}
		})
	}
}

// isMember looks at the account that a creation made.
func (b *bundle) isMember(t *testing.T, n org.Creation, q org.AccountRequest) {
	t.Helper()
	a := must(b.plane.GetAccount(t.Context(), b.admin, n.AccountID))
	want := org.Account{
		ID: n.AccountID, Partition: b.org.Partition, OrganizationID: b.org.ID, ParentID: b.org.RootID, Name: q.Name, Email: q.Email,
		State: org.AccountActive, JoinMethod: org.Created, JoinedAt: a.JoinedAt, CreatedAt: a.CreatedAt,
	}
	if d := cmp.Diff(want, a.Account); d != "" {
		t.Error(d)
	}
	rules := b.org.Rules()
	check(t, b.store.View(t.Context(), func(r store.Reader) error {
		found, err := r.Principals(t.Context(), a.ID)
		if err != nil {
			return err
		}
		who := map[org.PrincipalKind]org.Principal{}
		for _, p := range found {
			who[p.Kind] = p
		}
		role, service := who[org.Role], who[org.ServiceRole]
		if len(found) != 3 || !who[org.RootUser].Administrator || role.Name != q.RoleName || role.Trusts != string(b.admin.AccountID) ||
			!role.Administrator || service.Name != rules.ServiceRole || service.Trusts != rules.ServicePrincipal || service.Administrator {
			t.Errorf("the principals are %+v", found)
		}
		tags, err := r.Tags(t.Context(), b.org.ID, org.Resource(a.ID))
		if d := cmp.Diff(q.Tags, tags); d != "" {
			t.Error(d)
		}
		return err
	}))
}

func TestEveryFailureIsReachedByAFaultAndLeavesNothing(t *testing.T) {
	t.Parallel()
	failures := slices.Sorted(maps.Keys(org.FailureSteps))
	if len(failures) < 25 {
		t.Fatalf("there are only %d failures", len(failures))
	}
	for _, p := range []org.Partition{org.AWS, org.Huawei} {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			b := newBundle(t, setting{partition: p})
			b.run(t)
			for i, why := range failures {
				b.faultFails(t, twin.Fault{Failure: string(why)}, strconv.Itoa(i), why)
			}
		})
	}
}

func TestEveryStepCanBeMadeToFail(t *testing.T) {
	t.Parallel()
	for p, provision := range map[org.Partition]*outside{org.AWS: nil, org.Huawei: newOutside()} {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			s := setting{partition: p}
			if provision != nil {
				s.world = provision
			}
			b := newBundle(t, s)
			b.run(t)
			steps := b.flows.All()[0].Steps
			if len(steps) != 10 {
				t.Fatalf("there are %d steps", len(steps))
			}
			for i, step := range steps {
				b.faultFails(t, twin.Fault{Step: org.Step(step.Name), Failure: string(org.FailPaymentRefused)}, strconv.Itoa(i), org.FailPaymentRefused)
			}
			if provision != nil && len(provision.standing()) != 0 {
				t.Errorf("outside there are still %v", provision.standing())
			}
		})
	}
}

// faultFails has a creation fail by a fault and looks for what it left.
func (b *bundle) faultFails(t *testing.T, f twin.Fault, number string, why org.Failure) {
	t.Helper()
	armed := must(b.faults.Add(f))
	before := b.rows(t)
	n := b.ended(t, b.request(t, wish(number)))
	b.quiet(t)
	if n.State != org.CreationFailed || n.Failure != why || n.FailureDetail != "injected by "+armed.ID || n.AccountID != "" || n.CompletedAt.IsZero() {
		t.Errorf("%+v: the creation ends as %s, %s, %q", f, n.State, n.Failure, n.FailureDetail)
	}
	b.grew(t, before, map[string]int{"creations": 1, "events": 2})
	if len(b.faults.List()) != 0 {
		t.Errorf("%+v has not struck", f)
		b.faults.Clear()
	}
}

func TestAFaultIsSpentOnlyByACreationThatReachesItsStep(t *testing.T) {
	t.Parallel()
	b := newBundle(t, setting{})
	b.run(t)
	must(b.faults.Add(twin.Fault{Step: org.StepToken}))
	refused := wish("one")
	refused.Email = "no address"
	if n := b.ended(t, b.request(t, refused)); n.Failure != org.FailEmailRefused {
		t.Errorf("the first ends as %s, %s", n.State, n.Failure)
	}
	if len(b.faults.List()) != 1 {
		t.Error("the fault of a later step is spent")
	}
	if n := b.ended(t, b.request(t, wish("two"))); n.Failure != org.FailInternal || !strings.HasPrefix(n.FailureDetail, "injected") {
		t.Errorf("the second ends as %s, %s, %q", n.State, n.Failure, n.FailureDetail)
	}
	if n := b.ended(t, b.request(t, wish("three"))); n.State != org.CreationSucceeded {
		t.Errorf("the third ends as %s, %s", n.State, n.Failure)
	}
}
