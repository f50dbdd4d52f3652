package storetest

import (
	"errors"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func (b bench) policy(o org.Organization, t org.PolicyType, name string, at int) org.Policy {
	b.Helper()
	p := org.Policy{
		ID: org.PolicyID(id("p")), OrganizationID: o.ID, Type: t, Name: name, Description: "d", Content: "{}", CreatedAt: after(at), Version: 3,
	}
	b.update(func(tx store.Tx) error { return tx.InsertPolicy(b.Context(), p) })
	return p
}

func (b bench) policies(o org.Organization, t org.PolicyType, limit int) []org.Policy {
	b.Helper()
	return all(b, limit, func(r store.Reader, p org.Page) ([]org.Policy, string, error) {
		return r.Policies(b.Context(), o.ID, t, p)
	})
}

func (b bench) attach(o org.Organization, p org.PolicyID, target string, position int64) org.Attachment {
	b.Helper()
	a := org.Attachment{OrganizationID: o.ID, PolicyID: p, Type: org.TagPolicy, TargetID: target, Position: position}
	b.update(func(tx store.Tx) error { return tx.Attach(b.Context(), a) })
	return a
}

func (b bench) on(o org.Organization, target string, limit int) []org.Attachment {
	b.Helper()
	return all(b, limit, func(r store.Reader, p org.Page) ([]org.Attachment, string, error) {
		return r.Attachments(b.Context(), o.ID, org.TagPolicy, target, p)
	})
}

var policies = []try{
	{"a policy comes back byte for byte, and only in its organization", func(b bench) {
		o, other := b.organization(), b.organization()
		p := b.policy(o, org.TagPolicy, "Ünit '\"; DROP TABLE policies", 1)
		p.Content, p.Description = "{ \r\n\t\"é\": \"\\u0000 𝄞\" } ", ""
		b.update(func(tx store.Tx) error { return tx.UpdatePolicy(b.Context(), p) })
		b.equal(p, read(b, func(r store.Reader) (org.Policy, error) { return r.Policy(b.Context(), o.ID, p.ID) }))
		misses(b, org.PolicyMissing, func(r store.Reader) (org.Policy, error) { return r.Policy(b.Context(), other.ID, p.ID) })
		b.fails(org.PolicyMissing, func(tx store.Tx) error { return tx.DeletePolicy(b.Context(), other.ID, p.ID) })
	}},
	{"policies are listed by type, oldest first", func(b bench) {
		o := b.organization()
		late := b.policy(o, org.TagPolicy, "a", 9)
		one, two := b.policy(o, org.TagPolicy, "c", 5), b.policy(o, org.TagPolicy, "b", 5)
		b.policy(o, org.BackupPolicy, "d", 1)
		for _, limit := range []int{1, 2, 3, 100} {
			b.equal([]org.Policy{one, two, late}, b.policies(o, org.TagPolicy, limit))
		}
		b.equal(3, read(b, func(r store.Reader) (int, error) { return r.CountPolicies(b.Context(), o.ID, org.TagPolicy) }))
		b.equal(0, len(b.policies(b.organization(), org.TagPolicy, 1)))
	}},
	{"a name is taken in the whole organization, exactly as it is written, and the transaction may go on", func(b bench) {
		o := b.organization()
		p, q := b.policy(o, org.TagPolicy, "Name", 1), b.policy(o, org.BackupPolicy, "other", 1)
		b.update(func(tx store.Tx) error {
			twin := org.Policy{ID: org.PolicyID(id("p")), OrganizationID: o.ID, Type: org.BackupPolicy, Name: "Name"}
			if got := org.ReasonOf(tx.InsertPolicy(b.Context(), twin)); got != org.PolicyNameTaken {
				b.Errorf("inserted: reason %q", got)
			}
			q.Name = "Name"
			if got := org.ReasonOf(tx.UpdatePolicy(b.Context(), q)); got != org.PolicyNameTaken {
				b.Errorf("updated: reason %q", got)
			}
			q.Name = "name"
			return errors.Join(tx.UpdatePolicy(b.Context(), q), tx.UpdatePolicy(b.Context(), p))
		})
		b.policy(b.organization(), org.TagPolicy, "Name", 1)
		b.fails(org.PolicyMissing, func(tx store.Tx) error {
			return tx.UpdatePolicy(b.Context(), org.Policy{ID: "p-none", OrganizationID: o.ID, Name: "x"})
		})
	}},
	{"a policy goes with its tags", func(b bench) {
		o := b.organization()
		p := b.policy(o, org.TagPolicy, "n", 1)
		b.tag(o, org.Resource(p.ID), org.Tag{Key: "k"})
		b.update(func(tx store.Tx) error { return tx.DeletePolicy(b.Context(), o.ID, p.ID) })
		misses(b, org.PolicyMissing, func(r store.Reader) (org.Policy, error) { return r.Policy(b.Context(), o.ID, p.ID) })
		b.equal(0, len(b.tags(o, org.Resource(p.ID))))
	}},
	{"types are enabled once and listed by name", func(b bench) {
		o := b.organization()
		enable := func(t org.PolicyType) func(store.Tx) error {
			return func(tx store.Tx) error { return tx.EnablePolicyType(b.Context(), o.ID, t) }
		}
		b.update(enable(org.TagPolicy))
		b.update(enable(org.BackupPolicy))
		b.fails(org.PolicyTypeEnabled, enable(org.TagPolicy))
		switches := func() map[org.PolicyType]time.Time {
			return read(b, func(r store.Reader) (map[org.PolicyType]time.Time, error) {
				return r.PolicyTypeSwitches(b.Context(), o.ID)
			})
		}
		b.equal(map[org.PolicyType]time.Time{}, switches())
		for _, at := range []time.Time{after(1), after(2)} {
			b.update(func(tx store.Tx) error { return tx.PutPolicyTypeSwitch(b.Context(), o.ID, org.TagPolicy, at) })
			b.equal(map[org.PolicyType]time.Time{org.TagPolicy: at}, switches())
		}
		b.equal([]org.PolicyType{org.BackupPolicy, org.TagPolicy}, read(b, func(r store.Reader) ([]org.PolicyType, error) { return r.PolicyTypes(b.Context(), o.ID) }))
		b.fails(org.PolicyTypeDisabled, func(tx store.Tx) error { return tx.DisablePolicyType(b.Context(), o.ID, org.S3Policy) })
	}},
}

var attachments = []try{
	{"attachments are listed from both sides in the order of attaching", func(b bench) {
		o := b.organization()
		one, two, three := b.attach(o, "p-b", "u", 5), b.attach(o, "p-a", "u", 7), b.attach(o, "p-b", "r", 9)
		b.update(func(tx store.Tx) error {
			return tx.Attach(b.Context(), org.Attachment{OrganizationID: o.ID, PolicyID: "p-c", Type: org.BackupPolicy, TargetID: "u", Position: 1})
		})
		for _, limit := range []int{1, 2, 10} {
			b.equal([]org.Attachment{one, two}, b.on(o, "u", limit))
			b.equal([]org.Attachment{one, three}, all(b, limit, func(r store.Reader, p org.Page) ([]org.Attachment, string, error) {
				return r.AttachmentsOf(b.Context(), o.ID, "p-b", p)
			}))
		}
		b.equal([]org.Attachment{three, one, two}, read(b, func(r store.Reader) ([]org.Attachment, error) {
			return r.AllAttachments(b.Context(), o.ID, org.TagPolicy)
		}))
		b.equal(2, read(b, func(r store.Reader) (int, error) { return r.CountAttachments(b.Context(), o.ID, org.TagPolicy, "u") }))
		b.equal(2, read(b, func(r store.Reader) (int, error) { return r.CountAttachmentsOf(b.Context(), o.ID, "p-b") }))
		b.equal(0, len(b.on(b.organization(), "u", 1)))
	}},
	{"a policy is attached once and detached once, and comes back last", func(b bench) {
		o := b.organization()
		one, two := b.attach(o, "p-1", "u", 1), b.attach(o, "p-2", "u", 2)
		b.fails(org.PolicyAttached, func(tx store.Tx) error { return tx.Attach(b.Context(), one) })
		detach := func(tx store.Tx) error { return tx.Detach(b.Context(), o.ID, "p-1", "u") }
		b.update(detach)
		b.fails(org.PolicyNotAttached, detach)
		b.equal([]org.Attachment{two, b.attach(o, "p-1", "u", 3)}, b.on(o, "u", 9))
	}},
	{"what is attached to all reaches the root, units and members, and nobody else", func(b bench) {
		o, other := b.organization(), b.organization()
		u, a := b.unit(o, o.RootID, "u", 1), b.account(o, o.RootID, start)
		foreign := b.account(other, other.RootID, start)
		before := b.attach(o, "p-own", string(u.ID), 1)
		b.update(func(tx store.Tx) error {
			unborn := org.Account{ID: org.AccountID(id("a")), OrganizationID: o.ID, ParentID: o.RootID, State: org.AccountCreating}
			return errors.Join(tx.InsertAccount(b.Context(), unborn), tx.AttachToAll(b.Context(), org.Attachment{
				OrganizationID: o.ID, PolicyID: "p-own", Type: org.TagPolicy, Position: 8,
			}))
		})
		found := all(b, 10, func(r store.Reader, p org.Page) ([]org.Attachment, string, error) {
			return r.AttachmentsOf(b.Context(), o.ID, "p-own", p)
		})
		b.equal(3, len(found))
		b.equal(before, found[0])
		for _, target := range []string{string(o.RootID), string(a.ID)} {
			b.equal([]org.Attachment{{OrganizationID: o.ID, PolicyID: "p-own", Type: org.TagPolicy, TargetID: target, Position: 8}}, b.on(o, target, 9))
		}
		b.equal(0, len(b.on(other, string(foreign.ID), 9)))
	}},
	{"a disabled type loses its attachments and marks, and the others none", func(b bench) {
		o := b.organization()
		p := b.policy(o, org.TagPolicy, "n", 1)
		b.attach(o, p.ID, "u", 1)
		b.update(func(tx store.Tx) error {
			return errors.Join(
				tx.EnablePolicyType(b.Context(), o.ID, org.TagPolicy), tx.EnablePolicyType(b.Context(), o.ID, org.BackupPolicy),
				tx.Attach(b.Context(), org.Attachment{OrganizationID: o.ID, PolicyID: "p-b", Type: org.BackupPolicy, TargetID: "u"}),
				b.know(tx, o, org.TagPolicy, "u"), b.know(tx, o, org.BackupPolicy, "u"),
				tx.DisablePolicyType(b.Context(), o.ID, org.TagPolicy),
			)
		})
		b.equal(0, len(b.on(o, "u", 9)))
		b.equal(1, read(b, func(r store.Reader) (int, error) { return r.CountAttachments(b.Context(), o.ID, org.BackupPolicy, "u") }))
		b.known(o, org.TagPolicy, "u", false)
		b.known(o, org.BackupPolicy, "u", true)
		read(b, func(r store.Reader) (org.Policy, error) { return r.Policy(b.Context(), o.ID, p.ID) })
	}},
	{"a target loses everything, and another nothing", func(b bench) {
		o := b.organization()
		b.attach(o, "p-1", "u", 1)
		b.attach(o, "p-1", "v", 1)
		b.update(func(tx store.Tx) error {
			return errors.Join(b.know(tx, o, org.TagPolicy, "u"), b.know(tx, o, org.TagPolicy, "v"), tx.DetachAll(b.Context(), o.ID, "u"))
		})
		b.equal(0, len(b.on(o, "u", 9)))
		b.equal(1, len(b.on(o, "v", 9)))
		b.known(o, org.TagPolicy, "u", false)
		b.known(o, org.TagPolicy, "v", true)
	}},
}

// know writes a mark and a kept policy.
func (b bench) know(tx store.Tx, o org.Organization, t org.PolicyType, target string) error {
	return errors.Join(
		tx.MarkPolicyChange(b.Context(), o.ID, t, target, after(1)),
		tx.KeepPolicy(b.Context(), org.KeptPolicy{OrganizationID: o.ID, Type: t, AccountID: org.AccountID(target), UpdatedAt: start, KeptAt: after(1)}),
	)
}

func (b bench) known(o org.Organization, t org.PolicyType, target string, want bool) {
	b.Helper()
	_, err := readKept(b, o, t, target)
	marked := !b.changedAt(o, t, target).IsZero()
	if kept := err == nil; marked != want || kept != want {
		b.Errorf("%s of %s: marked %v, kept %v, want %v", t, target, marked, kept, want)
	}
}

func (b bench) changedAt(o org.Organization, t org.PolicyType, target string) time.Time {
	b.Helper()
	return read(b, func(r store.Reader) (time.Time, error) { return r.PolicyChangedAt(b.Context(), o.ID, t, target) })
}

func readKept(b bench, o org.Organization, t org.PolicyType, target string) (out org.KeptPolicy, err error) {
	err = b.View(b.Context(), func(r store.Reader) (err error) {
		out, err = r.KeptPolicy(b.Context(), o.ID, t, org.AccountID(target))
		return err
	})
	return out, err
}

var effective = []try{
	{"marks are overwritten, for one target or all of a policy", func(b bench) {
		o := b.organization()
		b.equal(time.Time{}, b.changedAt(o, org.TagPolicy, "u"))
		b.attach(o, "p-1", "u", 1)
		b.attach(o, "p-1", "v", 1)
		b.attach(o, "p-2", "w", 1)
		b.update(func(tx store.Tx) error {
			return errors.Join(tx.MarkPolicyChange(b.Context(), o.ID, org.TagPolicy, "u", after(1)), tx.MarkPolicyChange(b.Context(), o.ID, org.TagPolicy, "u", after(2)))
		})
		b.equal(after(2), b.changedAt(o, org.TagPolicy, "u"))
		b.update(func(tx store.Tx) error { return tx.MarkPolicyChanges(b.Context(), o.ID, "p-1", after(3)) })
		b.equal([]time.Time{after(3), after(3), {}}, []time.Time{
			b.changedAt(o, org.TagPolicy, "u"), b.changedAt(o, org.TagPolicy, "v"), b.changedAt(o, org.TagPolicy, "w"),
		})
		b.equal(time.Time{}, b.changedAt(o, org.BackupPolicy, "u"))
	}},
	{"kept policies are listed oldest first and dropped one by one", func(b bench) {
		o := b.organization()
		var want []org.KeptPolicy
		for i, a := range []org.AccountID{"c", "a", "b"} {
			k := org.KeptPolicy{OrganizationID: o.ID, Type: org.TagPolicy, AccountID: a, Content: "{ }", UpdatedAt: after(9 - i), KeptAt: after(i / 2)}
			b.update(func(tx store.Tx) error { return tx.KeepPolicy(b.Context(), k) })
			want = append(want, k)
		}
		want[0], want[1] = want[1], want[0] // of one time, by id
		list := func(limit int) []org.KeptPolicy {
			return all(b, limit, func(r store.Reader, p org.Page) ([]org.KeptPolicy, string, error) {
				return r.KeptPolicies(b.Context(), o.ID, org.TagPolicy, p)
			})
		}
		b.equal(want, list(1))
		b.equal(want, list(10))
		b.fails(org.ConcurrentModification, func(tx store.Tx) error { return tx.KeepPolicy(b.Context(), want[0]) })
		b.update(func(tx store.Tx) error {
			return errors.Join(tx.DropKeptPolicy(b.Context(), o.ID, org.TagPolicy, "a"), tx.DropKeptPolicy(b.Context(), o.ID, org.TagPolicy, "none"))
		})
		b.equal(want[1:], list(10))
		misses(b, org.EffectivePolicyMissing, func(r store.Reader) (org.KeptPolicy, error) {
			return r.KeptPolicy(b.Context(), o.ID, org.TagPolicy, "a")
		})
	}},
}
