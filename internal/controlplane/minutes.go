package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// minutes keep what the deed of one transaction saw of a trial until that can be written.
type minutes struct {
	plane *Plane
	items []item
}

type item struct {
	run    org.DryRun
	record org.DryRunRecord
}

type (
	minutedReader struct {
		store.Reader
		minutes *minutes
	}
	minutedTx struct {
		store.Tx
		minutes *minutes
	}
)

// reading and writing begin anew: a transaction may run twice.
func (m *minutes) reading(r store.Reader) store.Reader {
	m.items = m.items[:0]
	return minutedReader{r, m}
}

func (m *minutes) writing(tx store.Tx) store.Tx {
	m.items = m.items[:0]
	return minutedTx{tx, m}
}

// minutesOf returns the minutes of a transaction, nil for one that is not a deed's.
func minutesOf(r store.Reader) *minutes {
	if h, ok := r.(*hearing); ok {
		r = h.Tx
	}
	switch r := r.(type) {
	case minutedReader:
		return r.minutes
	case minutedTx:
		return r.minutes
	}
	return nil
}

func (m *minutes) note(run org.DryRun, r org.DryRunRecord) {
	if m == nil {
		return
	}
	for i := range m.items {
		if m.items[i].record.Merge(r) {
			return
		}
	}
	m.items = append(m.items, item{run, r})
}

func (m *minutes) write(ctx context.Context, tx store.Tx) error {
	for _, i := range m.items {
		i.record.File(i.run, m.plane.Mint.UUID())
		if err := tx.AppendDryRunRecord(ctx, i.run.Type, i.record); err != nil {
			return err
		}
	}
	return nil
}

// after writes what was seen by a transaction that is over, and returns how that ended. A client that hung up leaves its record nonetheless.
func (m *minutes) after(ctx context.Context, st store.Store, ended error) error {
	if len(m.items) == 0 {
		return ended
	}
	ctx = context.WithoutCancel(ctx)
	err := st.Update(ctx, func(tx store.Tx) error { return m.write(ctx, tx) })
	if ended != nil {
		return ended
	}
	return err
}
