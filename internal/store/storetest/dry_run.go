package storetest

import (
	"errors"
	"slices"
	"sync"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func (b bench) fillDryRun(tx store.Tx, o org.Organization) error {
	return errors.Join(
		tx.PutDryRun(b.Context(), org.DryRun{OrganizationID: o.ID, Type: org.TriedControl}),
		tx.AppendDryRunRecord(b.Context(), org.TriedControl, org.DryRunRecord{OrganizationID: o.ID}),
	)
}

func dryRunOf(o org.Organization) org.DryRun {
	return org.DryRun{
		OrganizationID: o.ID, Type: org.TriedControl, On: true, Bucket: "b'", Region: "r", Prefix: "p/é", Agency: "a", CreatedAt: after(1),
		UpdatedAt: after(2), SwitchedAt: after(3),
	}
}

func (b bench) dryRun(o org.OrganizationID) org.DryRun {
	b.Helper()
	return read(b, func(r store.Reader) (org.DryRun, error) { return r.DryRun(b.Context(), o, org.TriedControl) })
}

// recorded makes a record and returns it as it comes back.
func (b bench) recorded(o org.Organization, number int64, recordID string) org.DryRunRecord {
	b.Helper()
	r := org.DryRunRecord{
		OrganizationID: o.ID, Number: 77, ID: recordID, At: start, RequestID: "q", By: org.Caller{AccountID: "a", Kind: org.User, Admin: true},
		Action: "a:b:c", Resources: []string{"*", "\x00"}, Denials: []org.TriedDenial{{PolicyID: "p", Statement: "s", TargetID: "t"}},
		Bucket: "b", Region: "r", Object: "x/y.json",
	}
	b.update(func(tx store.Tx) error { return tx.AppendDryRunRecord(b.Context(), org.TriedControl, r) })
	r.Number = number
	return r
}

func (b bench) records(o org.OrganizationID, behind int64, limit int) []org.DryRunRecord {
	b.Helper()
	return read(b, func(r store.Reader) ([]org.DryRunRecord, error) {
		return r.DryRunRecords(b.Context(), o, behind, limit)
	})
}

// undelivered are the numbers of an organization's records that are to be delivered.
func (b bench) undelivered(o org.OrganizationID) []int64 {
	b.Helper()
	all := read(b, func(r store.Reader) ([]org.DryRunRecord, error) { return r.DryRunRecordsToDeliver(b.Context(), 10000) })
	var out []int64
	for _, r := range all {
		if r.OrganizationID == o {
			out = append(out, r.Number)
		}
	}
	return out
}

var dryRuns = []try{
	{"a dry run that was never written is off", func(b bench) {
		o := b.organization()
		b.equal(org.DryRun{OrganizationID: o.ID, Type: org.TriedControl}, b.dryRun(o.ID))
	}},
	{"a dry run comes back as it was last written", func(b bench) {
		o, other := b.organization(), b.organization()
		d := dryRunOf(o)
		for _, d.On = range []bool{true, false, true} {
			d.Prefix += "x"
			b.update(func(tx store.Tx) error { return tx.PutDryRun(b.Context(), d) })
			b.equal(d, b.dryRun(o.ID))
		}
		b.equal(org.DryRun{OrganizationID: other.ID, Type: org.TriedControl}, b.dryRun(other.ID))
	}},
	{"records are numbered from one and read from behind a number", func(b bench) {
		o, other := b.organization(), b.organization()
		for _, of := range []org.Organization{o, other} {
			b.update(func(tx store.Tx) error { return tx.PutDryRun(b.Context(), dryRunOf(of)) })
		}
		one, two := b.recorded(o, 1, "one"), b.recorded(o, 2, "two")
		b.recorded(other, 1, "theirs")
		b.update(func(tx store.Tx) error { return tx.PutDryRun(b.Context(), dryRunOf(o)) }) // does not count anew
		three := b.recorded(o, 3, "three")
		b.equal([]org.DryRunRecord{one, two, three}, b.records(o.ID, 0, 10))
		b.equal([]org.DryRunRecord{one, two}, b.records(o.ID, 0, 2))
		b.equal([]org.DryRunRecord{three}, b.records(o.ID, 2, 2))
		b.equal([]org.DryRunRecord{}, b.records(o.ID, 3, 2))
	}},
	{"records that are written at once have numbers without gaps", func(b bench) {
		o := b.organization()
		b.update(func(tx store.Tx) error { return tx.PutDryRun(b.Context(), dryRunOf(o)) })
		var writers sync.WaitGroup
		for range 8 {
			writers.Go(func() {
				err := b.Update(b.Context(), func(tx store.Tx) error {
					return tx.AppendDryRunRecord(b.Context(), org.TriedControl, org.DryRunRecord{OrganizationID: o.ID})
				})
				if err != nil {
					b.Error(err)
				}
			})
		}
		writers.Wait()
		b.equal([]int64{1, 2, 3, 4, 5, 6, 7, 8}, ids(b.records(o.ID, 0, 10), func(r org.DryRunRecord) int64 { return r.Number }))
	}},
	{"an undone transaction leaves no gap", func(b bench) {
		o := b.organization()
		b.update(func(tx store.Tx) error { return tx.PutDryRun(b.Context(), dryRunOf(o)) })
		b.fails(org.TagLimit, func(tx store.Tx) error {
			return errors.Join(b.fillDryRun(tx, o), org.E(org.TagLimit))
		})
		b.equal([]org.DryRunRecord{b.recorded(o, 1, "one")}, b.records(o.ID, 0, 10))
	}},
	{"a record is to be delivered until that is noted", func(b bench) {
		o := b.organization()
		b.update(func(tx store.Tx) error { return tx.PutDryRun(b.Context(), dryRunOf(o)) })
		for n := range int64(3) {
			b.recorded(o, n+1, "r")
		}
		mark := func(number int64) {
			b.update(func(tx store.Tx) error { return tx.MarkDelivered(b.Context(), o.ID, number) })
		}
		b.equal([]int64{1, 2, 3}, b.undelivered(o.ID))
		mark(2)
		mark(2)
		mark(99)
		b.equal([]int64{1, 3}, b.undelivered(o.ID))
		b.equal(3, len(b.records(o.ID, 0, 10)))
		mark(1)
		mark(3)
		if left := b.undelivered(o.ID); slices.Contains(left, 1) || len(left) > 0 {
			b.Errorf("%v are to be delivered", left)
		}
	}},
	{"records outlive their organization, and one that is gone gets no more", func(b bench) {
		o := b.organization()
		b.update(func(tx store.Tx) error { return tx.PutDryRun(b.Context(), dryRunOf(o)) })
		one := b.recorded(o, 1, "one")
		b.update(func(tx store.Tx) error { return tx.DeleteOrganization(b.Context(), o.ID) })
		b.recorded(o, 2, "two")
		b.equal([]org.DryRunRecord{one}, b.records(o.ID, 0, 10))
		b.equal([]int64{1}, b.undelivered(o.ID))
	}},
	{"policies that are tried out have names of their own", func(b bench) {
		o := b.organization()
		force, tried := b.policy(o, org.ServiceControl, "same", 1), b.policy(o, org.TriedControl, "same", 1)
		other := b.policy(o, org.TriedControl, "other", 2)
		b.fails(org.PolicyNameTaken, func(tx store.Tx) error {
			return tx.InsertPolicy(b.Context(), org.Policy{OrganizationID: o.ID, ID: "x", Type: org.TriedControl, Name: "same"})
		})
		other.Name = "same"
		b.fails(org.PolicyNameTaken, func(tx store.Tx) error { return tx.UpdatePolicy(b.Context(), other) })
		force.Name = "other"
		b.update(func(tx store.Tx) error { return tx.UpdatePolicy(b.Context(), force) })
		b.equal([]org.Policy{force}, b.policies(o, org.ServiceControl, 10))
		b.equal(2, len(b.policies(o, org.TriedControl, 10)))
		b.equal(tried, read(b, func(r store.Reader) (org.Policy, error) { return r.Policy(b.Context(), o.ID, tried.ID) }))
	}},
}
