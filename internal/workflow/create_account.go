package workflow

import (
	"context"
	"math"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// creating is the vending of an account. Its steps are the failure codes of CreateAccount read backwards: each is where a failure of
// org.FailureSteps occurs. A saga whose creation is over, or is gone with its organization, runs to its end without doing anything.
type creating struct{ house }

// creationMemo is what the saga remembers.
type creationMemo struct {
	AccountID org.AccountID `json:"accountId"`
}

func createAccount(h house) deed {
	c := creating{h}
	retry := durable.Retry{Deadline: h.world.Deadline()}
	if retry.Deadline > 0 {
		retry.Attempts = math.MaxInt32 // time decides
	}
	f := flow{
		Name: string(org.CreateAccount),
		Steps: []step{
			{Name: string(org.StepIdentify), Write: c.step(c.identify), NoUndo: "It reads only."},
			{Name: string(org.StepReserve), Write: c.step(c.reserve), UndoWrite: c.step(c.release)},
			{Name: string(org.StepAccount), Write: c.account, UndoWrite: c.step(c.unmake)},
			{Name: string(org.StepToken), Write: c.step(h.plane.MakeRootUser), NoUndo: "The account takes its principals with it."},
			{Name: string(org.StepServiceRole), Write: c.step(h.plane.MakeServiceRole), NoUndo: "The account takes its principals with it."},
			{Name: string(org.StepAccessRole), Write: c.step(h.plane.MakeAccessRole), NoUndo: "The account takes its principals with it."},
			{Name: string(org.StepBilling), Write: c.step(h.plane.CheckBilling), NoUndo: "It reads only."},
			{Name: string(org.StepGovAccount), Write: c.step(h.plane.MakeTwin), UndoWrite: c.step(c.unmakeTwin)},
			c.provision(),
			{Name: string(org.StepPlace), Write: c.step(h.plane.PlaceAccount)},
		},
		Retry:    retry,
		Fatal:    hopeless,
		Refusal:  refused,
		Describe: describe,
		Failed:   c.failed,
	}
	return deed{flow: f, before: c.before(len(f.Steps))}
}

// provision is a step of the same place whether there is a provisioner or not, for a saga knows its steps by their position and may outlive
// a change of the settings. Without a provisioner it writes nothing, so that no call parts the other steps' transaction.
func (c creating) provision() step {
	if c.world == None {
		return step{Name: string(org.StepProvision), Write: nothing, NoUndo: "Nobody outside knows of the account."}
	}
	return step{Name: string(org.StepProvision), Call: c.call(c.world.Provision), UndoCall: c.call(c.world.Deprovision)}
}

// before holds a step back until it is due and fails it when a fault says so.
func (c creating) before(n int) func(context.Context, *durable.Run, int) error {
	return func(ctx context.Context, r *durable.Run, i int) error {
		faulty := c.faults.AnyStep()
		if c.pace != Realistic && !faulty {
			return nil
		}
		made, running, err := c.see(ctx, r)
		if err != nil || !running {
			return err
		}
		if err := c.due(made.RequestedAt, org.RulesOf(made.Partition).CreationTime, i, n); err != nil || !faulty {
			return err
		}
		if i > r.Saga.Step {
			// A step of a batch, whose earlier steps may yet fail: a fault is spent only on the step that is next.
			return durable.Wait(0)
		}
		return c.faults.Step(org.Step(r.Step()), made.Partition)
	}
}

func (c creating) identify(ctx context.Context, tx store.Tx, n org.Creation, _ org.AccountID) error {
	return c.plane.IdentifyRequester(ctx, tx, n)
}

func (c creating) reserve(ctx context.Context, tx store.Tx, n org.Creation, _ org.AccountID) error {
	return c.plane.ReserveIdentity(ctx, tx, n)
}

func (c creating) release(ctx context.Context, tx store.Tx, n org.Creation, _ org.AccountID) error {
	return c.plane.ReleaseIdentity(ctx, tx, n)
}

// account makes the account's record under an id of its own making, which the saga remembers. An id that is taken fails it with
// ConcurrentModification, and its next try makes another.
func (c creating) account(ctx context.Context, tx store.Tx, r *durable.Run) error {
	n, running, err := creationOf(ctx, tx, r)
	if err != nil || !running {
		return err
	}
	id := c.plane.Mint.Account(org.RulesOf(n.Partition))
	if err := c.plane.MakeAccount(ctx, tx, n, id); err != nil {
		return err
	}
	return r.Store(creationMemo{AccountID: id})
}

func (c creating) unmake(ctx context.Context, tx store.Tx, _ org.Creation, a org.AccountID) error {
	if a == "" {
		return nil
	}
	return c.plane.UnmakeAccount(ctx, tx, a)
}

func (c creating) unmakeTwin(ctx context.Context, tx store.Tx, _ org.Creation, a org.AccountID) error {
	return c.plane.UnmakeTwin(ctx, tx, a)
}

// failed tells the creation why it failed.
func (c creating) failed(ctx context.Context, tx store.Tx, r *durable.Run) error {
	n, running, err := creationOf(ctx, tx, r)
	if err != nil || !running {
		return err
	}
	why, detail := failureOf(r.Cause())
	return c.plane.FailCreation(ctx, tx, n, why, detail)
}
