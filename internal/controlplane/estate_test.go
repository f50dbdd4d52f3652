package controlplane_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlite"
)

// estate is one control plane over a store of its own in memory, with a clock that stands until it is moved. Its organization is there unless
// the test founds one itself.
type estate struct {
	*testing.T
	plane *controlplane.Plane
	store *sqlite.Store
	admin org.Caller // of the management account
	root  org.UnitID
	id    org.OrganizationID

	mu  sync.Mutex
	now time.Time
}

// lawless is an estate without an organization. Settings change the configuration before the plane is made.
func lawless(t *testing.T, p org.Partition, settings ...func(*controlplane.Config)) *estate {
	t.Helper()
	st, err := sqlite.OpenMemory(t.Context(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	vault, err := identity.NewVault(bytes.Repeat([]byte{7}, identity.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	e := &estate{T: t, store: st, now: time.Date(2026, 1, 1, 0, 0, 0, 125_000_000, time.UTC)}
	c := controlplane.Config{
		Store: st, Vault: vault, Now: e.clock, Mint: org.Mint{Random: rand.Reader}, Quotas: func(r *org.Rules) org.Quotas { return r.Relaxed },
	}
	for _, set := range settings {
		set(&c)
	}
	e.plane = controlplane.New(c)
	e.admin = e.mint(controlplane.Standalone{Partition: p, Name: "management", Email: "payer@corp.example"}).Caller
	return e
}

func newEstate(t *testing.T, settings ...func(*controlplane.Config)) *estate {
	t.Helper()
	return in(t, org.AWS, settings...)
}

func in(t *testing.T, p org.Partition, settings ...func(*controlplane.Config)) *estate {
	t.Helper()
	e := lawless(t, p, settings...)
	o, err := e.plane.CreateOrganization(t.Context(), e.admin, org.AllFeatures)
	if err != nil {
		t.Fatal(err)
	}
	e.id, e.root = o.ID, o.RootID
	return e
}

func vendorQuotas(c *controlplane.Config) {
	c.Quotas = func(r *org.Rules) org.Quotas { return r.Vendor }
}

func lenient(c *controlplane.Config) { c.Lenient = true }

func (e *estate) clock() time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.now
}

func (e *estate) pass(d time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.now = e.now.Add(d)
}

func (e *estate) mint(s controlplane.Standalone) controlplane.Credentials {
	e.Helper()
	made, err := e.plane.MintAccount(e.Context(), s)
	if err != nil {
		e.Fatal(err)
	}
	return made
}

// stranger is the administrator of an account in no organization.
func (e *estate) stranger() org.Caller {
	e.Helper()
	return e.mint(controlplane.Standalone{Partition: e.admin.Partition}).Caller
}

func (e *estate) unit(parent org.UnitID, name string) org.UnitID {
	e.Helper()
	e.pass(time.Second)
	u, err := e.plane.CreateUnit(e.Context(), e.admin, parent, name, nil)
	if err != nil {
		e.Fatal(err)
	}
	return u.ID
}

// account makes a member the way it is really made: asked for, then vended.
func (e *estate) account(name string) org.AccountID {
	e.Helper()
	e.pass(time.Second)
	n, err := e.plane.CreateAccount(e.Context(), e.admin, org.AccountRequest{Name: "account-" + name, Email: name + "@corp.example"})
	if err != nil {
		e.Fatal(err)
	}
	n = e.vend(n.ID)
	if n.State != org.CreationSucceeded {
		e.Fatalf("%s ends as %s: %s", name, n.State, n.Failure)
	}
	return n.AccountID
}

// member is the administrator of a member account, by its access role.
func (e *estate) member(id org.AccountID) org.Caller {
	return org.Caller{Partition: e.admin.Partition, AccountID: id, Kind: org.Role, Name: "r", Session: "s", Admin: true, Temporary: true}
}

func (e *estate) creation(id org.CreationID) org.Creation {
	e.Helper()
	n, err := e.plane.GetCreation(e.Context(), e.admin, id)
	if err != nil {
		e.Fatal(err)
	}
	return n
}

// vend carries a creation to its end, each step in a transaction of its own, as the workflow of account creation does.
func (e *estate) vend(id org.CreationID) org.Creation {
	e.Helper()
	n, account := e.creation(id), e.plane.Mint.Account(org.RulesOf(e.admin.Partition))
	p := e.plane
	for _, step := range []func(context.Context, store.Tx, org.Creation, org.AccountID) error{
		func(ctx context.Context, tx store.Tx, n org.Creation, _ org.AccountID) error {
			return p.IdentifyRequester(ctx, tx, n)
		},
		func(ctx context.Context, tx store.Tx, n org.Creation, _ org.AccountID) error {
			return p.ReserveIdentity(ctx, tx, n)
		},
		p.MakeAccount, p.MakeRootUser, p.MakeServiceRole, p.MakeAccessRole, p.CheckBilling, p.PlaceAccount,
	} {
		err := e.store.Update(e.Context(), func(tx store.Tx) error { return step(e.Context(), tx, n, account) })
		if why, ok := errors.AsType[*org.CreationError](err); ok {
			return e.fail(n, account, why)
		}
		if err != nil {
			e.Fatal(err)
		}
	}
	return e.creation(id)
}

func (e *estate) fail(n org.Creation, account org.AccountID, why *org.CreationError) org.Creation {
	e.Helper()
	err := e.store.Update(e.Context(), func(tx store.Tx) error {
		return errors.Join(e.plane.UnmakeAccount(e.Context(), tx, account), e.plane.ReleaseIdentity(e.Context(), tx, n),
			e.plane.FailCreation(e.Context(), tx, n, why.Failure, why.Detail))
	})
	if err != nil {
		e.Fatal(err)
	}
	return e.creation(n.ID)
}

// version is the organization's, read past all permission.
func (e *estate) version() int64 {
	e.Helper()
	var v int64
	err := e.store.View(e.Context(), func(r store.Reader) error {
		o, err := r.Organization(e.Context(), e.id)
		v = o.Version
		return err
	})
	if err != nil {
		e.Fatal(err)
	}
	return v
}

func (e *estate) rows() map[string]int {
	e.Helper()
	rows, err := e.store.Rows(e.Context())
	if err != nil {
		e.Fatal(err)
	}
	return rows
}

func (e *estate) events(after int64) []org.Event {
	e.Helper()
	events, err := e.plane.ListEvents(e.Context(), e.id, after, 1<<20, 1000)
	if err != nil {
		e.Fatal(err)
	}
	return events
}

// refused fails the test unless the deed is refused for that reason and leaves nothing behind: no row, no event, no version.
func (e *estate) refused(says string, want org.Reason, deed func() error) {
	e.Helper()
	rows, version := e.rows(), int64(0)
	if e.id != "" {
		version = e.version()
	}
	if err := deed(); org.ReasonOf(err) != want {
		e.Errorf("%s: %v, want %s", says, err, want)
	}
	if d := cmp.Diff(rows, e.rows()); d != "" {
		e.Errorf("%s: it left something behind: %s", says, d)
	}
	if e.id != "" && e.version() != version {
		e.Errorf("%s: the version went from %d to %d", says, version, e.version())
	}
}

// recorded fails the test unless these events, and no others, were written in one version after the given one.
func (e *estate) recorded(after int64, want ...org.Event) {
	e.Helper()
	got := e.events(after)
	if len(got) != len(want) {
		e.Fatalf("%d events, want %d: %+v", len(got), len(want), got)
	}
	for i, g := range got {
		w := want[i]
		if g.ID == "" || !g.At.Equal(e.clock().Truncate(time.Microsecond)) || g.OrganizationID != e.id || g.Partition != e.admin.Partition {
			e.Errorf("event %d: %+v", i, g)
		}
		if g.Version != after+1 || g.Index != i || g.Name != w.Name || g.Subject != w.Subject || g.By != w.By {
			e.Errorf("event %d is %+v, want %+v", i, g, w)
		}
		if d := cmp.Diff(w.Detail, g.Detail); w.Detail != nil && d != "" {
			e.Errorf("event %d: %s", i, d)
		}
	}
}

func joined(path []org.UnitID) string {
	parts := make([]string, len(path))
	for i, p := range path {
		parts[i] = string(p)
	}
	return strings.Join(parts, "/")
}
