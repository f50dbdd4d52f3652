package workflow

import (
	"context"
	"slices"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/twin"
)

type (
	flow = durable.Workflow[store.Tx]
	step = durable.Step[store.Tx]
)

// house is what the long deeds work with.
type house struct {
	plane  *controlplane.Plane
	world  World
	faults *twin.Faults
	pace   Pace
}

// deed is one long deed. Before, when there is one, is asked before each try of the flow's step i on the way forward.
type deed struct {
	flow   flow
	before func(ctx context.Context, r *durable.Run, i int) error
}

// Workflows are the long deeds of one server.
type Workflows struct {
	deeds []deed
}

// New gathers the long deeds. Without a provisioner world is None; faults may be nil.
func New(plane *controlplane.Plane, world World, faults *twin.Faults, pace Pace) *Workflows {
	h := house{plane: plane, world: world, faults: faults, pace: pace}
	return &Workflows{deeds: []deed{
		createAccount(h), setUpLandingZone(h), registerUnit(h), createManagedAccount(h), closeAccount(h), switchRegion(h),
	}}
}

// All returns the workflows, for durable.New.
func (w *Workflows) All() []durable.Workflow[store.Tx] {
	var flows []flow
	for _, d := range w.deeds {
		flows = append(flows, d.flow)
	}
	return flows
}

// Before is the engine's durable.Options.Before. Without it the deeds know neither pace nor faults.
func (w *Workflows) Before(ctx context.Context, r *durable.Run, name string, phase durable.Phase) error {
	if phase != durable.Do {
		return nil
	}
	for _, d := range w.deeds {
		if d.flow.Name != r.Saga.Kind || d.before == nil {
			continue
		}
		i := slices.IndexFunc(d.flow.Steps, func(s step) bool { return s.Name == name })
		return d.before(ctx, r, i)
	}
	return nil
}
