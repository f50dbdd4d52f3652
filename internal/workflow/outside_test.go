package workflow_test

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/polity-cloud/polity/internal/workflow"
)

// outside is a world that tells calls by their key, as a good service does.
type outside struct {
	mu       sync.Mutex
	made     map[string]workflow.Provisioning
	calls    []string
	answer   func(try int) error // nil is done
	deadline time.Duration
}

func newOutside() *outside {
	return &outside{made: map[string]workflow.Provisioning{}, deadline: time.Minute}
}

func (o *outside) Provision(_ context.Context, key string, p workflow.Provisioning) error {
	o.mu.Lock()
	o.calls = append(o.calls, "provision "+key)
	try, answer := len(o.calls), o.answer
	o.mu.Unlock()
	if answer != nil {
		if err := answer(try); err != nil {
			return err
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.made[key] = p
	return nil
}

func (o *outside) Deprovision(_ context.Context, key string, _ workflow.Provisioning) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.calls = append(o.calls, "deprovision "+key)
	delete(o.made, key)
	return nil
}

func (o *outside) Deadline() time.Duration { return o.deadline }

func (o *outside) standing() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Sorted(maps.Keys(o.made))
}

func (o *outside) called() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.calls)
}
