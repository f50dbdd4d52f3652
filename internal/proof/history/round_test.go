package history

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

const (
	crowd     = 16 // callers at once
	deedsEach = 14
)

// A round is the life of one organization.
type round struct {
	*house
	id      org.OrganizationID
	begin   state
	history []porcupine.Operation
	rows    rows // at the end
}

// play begins an organization, lets so many callers loose, and returns what they wrote down.
func play(t *testing.T, h *house, callers int, seed uint64) *round {
	t.Helper()
	r, admin := begin(t, h)
	k, table, began := &known{}, map[string]*deed{}, time.Now()
	k.units.add(r.begin.root())
	k.accounts.add(string(admin.AccountID))
	for _, d := range deeds() {
		table[d.says] = d
	}
	var all []*caller
	for n := range callers + 1 {
		all = append(all, &caller{
			number: n, plane: h.plane, admin: admin, known: k, table: table, chance: rand.New(rand.NewPCG(seed, uint64(n))), began: began,
		})
	}
	first := all[callers]
	first.furnish(t)
	var wait sync.WaitGroup
	for _, c := range all[:callers] {
		wait.Go(func() { c.work(t.Context(), deedsEach) })
	}
	wait.Wait()
	h.quiet(t)
	first.look(t)
	r.rows = r.read(t)
	recorded := r.rows.versions()
	for _, c := range all {
		for n, op := range c.history {
			r.history = append(r.history, dated(t, op, recorded[signature(c.number, n)], recorded[op.Input.(ask).id]))
		}
	}
	return r
}

// begin makes an organization with service control policies.
func begin(t *testing.T, h *house) (*round, org.Caller) {
	t.Helper()
	made, err := h.plane.MintAccount(t.Context(), controlplane.Standalone{Partition: org.AWS})
	if err != nil {
		t.Fatal(err)
	}
	o, err := h.plane.CreateOrganization(t.Context(), made.Caller, org.AllFeatures)
	if err != nil {
		t.Fatal(err)
	}
	enabled, err := h.plane.EnablePolicyType(t.Context(), made.Caller, o.RootID, org.ServiceControl)
	if err != nil {
		t.Fatal(err)
	}
	root, management := string(o.RootID), string(made.Caller.AccountID)
	return &round{house: h, id: o.ID, begin: state{
		quotas: quotas, version: enabled.Organization.Version, units: map[string]unit{root: {}}, accounts: map[string]string{management: root},
		attached: map[string]string{root: own, management: own},
	}}, made.Caller
}

// dated gives a deed that changed something the version that it has on record, as its caller's or as the end of a creation. Where the answer told a version, it
// must be the same; only a renaming to the name that was there is on no record.
func dated(t *testing.T, op porcupine.Operation, byCaller, ofCreation int64) porcupine.Operation {
	t.Helper()
	a, given := op.Input.(ask), op.Output.(answer)
	on := byCaller
	if a.deed.says == "end creation" {
		on = ofCreation
	}
	switch {
	case !given.changed(a) && byCaller != 0:
		t.Errorf("%v: %v, and yet it is on record at version %d", a, given, byCaller)
	case !given.changed(a):
	case given.version == 0:
		given.version = on
	case on != 0 && on != given.version:
		t.Errorf("%v: %v, but it is on record at version %d", a, given, on)
	}
	if given.changed(a) && given.version == 0 {
		t.Errorf("%v: %v, but it is on no record", a, given)
	}
	op.Output = given
	return op
}

// furnish makes the organization such that every law is within a caller's reach: units one level short of the deepest, a full root with
// policies left over, and half of the accounts.
func (c *caller) furnish(t *testing.T) {
	t.Helper()
	ctx, root := t.Context(), c.known.units.all()[0]
	above := root
	for range deepest - 1 {
		above = c.order(ctx, "create unit", ask{to: above, name: "a"})
	}
	c.order(ctx, "create unit", ask{to: root, name: "b"})
	for n := range mostOfType + 2 {
		id := c.order(ctx, "create policy", ask{name: fmt.Sprint("p", n)})
		if n < mostOfType { // the last one is refused
			c.order(ctx, "attach policy", ask{id: id, to: root})
		}
	}
	for _, name := range []string{"v", "w", "x", "y", "z"} {
		c.order(ctx, "request account", ask{name: name + c.email()})
	}
}

// look reads the whole organization at the end, so that the order has to lead to what is there.
func (c *caller) look(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	for _, id := range c.known.units.all() {
		c.order(ctx, "list units", ask{id: id})
	}
	for _, id := range c.known.accounts.all() {
		c.order(ctx, "get account", ask{id: id})
	}
	for _, id := range slices.Concat(c.known.units.all(), c.known.accounts.all()) {
		c.order(ctx, "list attached", ask{id: id})
		c.order(ctx, "list tags", ask{id: id})
	}
}
