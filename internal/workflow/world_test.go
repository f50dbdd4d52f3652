package workflow_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/provisioner"
	"github.com/polity-cloud/polity/internal/workflow"
)

var errDown = errors.New("down, at a secret place")

func TestTheWorldIsToldOfTheAccountUnderOneKey(t *testing.T) {
	t.Parallel()
	w := newOutside()
	w.answer = func(try int) error {
		if try < 3 {
			return errDown
		}
		return nil
	}
	b := newBundle(t, setting{world: w})
	b.run(t)
	id := b.request(t, wish("one"))
	saga := <-b.sagas
	n := b.ended(t, id)
	key := saga.ID + "/provision"
	if d := cmp.Diff([]string{"provision " + key, "provision " + key, "provision " + key}, w.called()); d != "" {
		t.Error(d)
	}
	want := workflow.Provisioning{
		CreationID: id, Partition: org.AWS, OrganizationID: b.org.ID, AccountID: n.AccountID, Name: "account-one", Email: wish("one").Email,
		ParentID: b.org.RootID, Tags: wish("one").Tags, RequestedAt: n.RequestedAt,
	}
	if d := cmp.Diff(want, w.made[key]); d != "" || n.State != org.CreationSucceeded {
		t.Errorf("%s %s", n.State, d)
	}
}

func TestARefusalOutsideEndsTheCreation(t *testing.T) {
	t.Parallel()
	w := newOutside()
	w.answer = func(int) error { return org.Fail(org.FailInternal, "no: cost centre") }
	b := newBundle(t, setting{world: w})
	b.run(t)
	id := b.request(t, wish("one"))
	key := (<-b.sagas).ID + "/provision"
	if n := b.ended(t, id); n.Failure != org.FailInternal || n.FailureDetail != "no: cost centre" {
		t.Errorf("it ends as %s, %s, %q", n.State, n.Failure, n.FailureDetail)
	}
	if d := cmp.Diff([]string{"provision " + key, "deprovision " + key}, w.called()); d != "" {
		t.Error(d)
	}
	if rows := b.rows(t); rows["accounts"] != 1 || rows["reservations"] != 1 {
		t.Errorf("left are %v", rows)
	}
}

func TestAWorldThatStaysDownEndsTheCreationAtTheDeadline(t *testing.T) {
	t.Parallel()
	w := newOutside()
	w.deadline = 200 * time.Millisecond
	w.answer = func(int) error { return errDown }
	b := newBundle(t, setting{world: w})
	b.run(t)
	if n := b.ended(t, b.request(t, wish("one"))); n.Failure != org.FailInternal || n.FailureDetail != "" {
		t.Errorf("it ends as %s, %s, %q", n.State, n.Failure, n.FailureDetail)
	}
	if calls := len(w.called()); calls < 3 {
		t.Errorf("only %d calls were made", calls)
	}
}

func TestAWebhookIsTriedUntilItsDeadlineUnderOneKey(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	keys, bodies := map[string]int{}, map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		keys[r.Header.Get("Idempotency-Key")]++
		bodies[string(body)] = true
		// The first message finds nobody at home. The second, which takes the first back, is heard at its second try.
		if len(keys) == 1 || keys[r.Header.Get("Idempotency-Key")] == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	t.Cleanup(server.Close)
	hook := must(provisioner.New(provisioner.Config{URL: server.URL, Secret: "s", Deadline: 200 * time.Millisecond}))
	t.Cleanup(hook.Close)
	b := newBundle(t, setting{world: hook})
	b.run(t)
	id := b.request(t, wish("one"))
	key := (<-b.sagas).ID + "/provision"
	if n := b.ended(t, id); n.Failure != org.FailInternal {
		t.Errorf("it ends as %s, %s", n.State, n.Failure)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(keys) != 2 || keys[key] < 3 || keys[key+"/undo"] != 2 || len(bodies) != 2 {
		t.Errorf("the keys are %v, with %d bodies", keys, len(bodies))
	}
}
