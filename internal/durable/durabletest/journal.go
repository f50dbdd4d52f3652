package durabletest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
)

// Journal is a journal in memory with rows beside the sagas. Transactions run one after the other and see their own writes.
type Journal struct {
	// RunTwice runs each closure twice and throws the first run away, as an engine does after a conflict.
	RunTwice bool

	gate  chan struct{} // a channel and not a mutex, so that waiting for it lets the clock of a synctest bubble go on
	sagas map[string]durable.Saga
	rows  map[string]int
}

// NewJournal returns an empty journal.
func NewJournal() *Journal {
	return &Journal{gate: make(chan struct{}, 1), sagas: map[string]durable.Saga{}, rows: map[string]int{}}
}

// Tx is a transaction of a Journal.
type Tx struct {
	sagas map[string]durable.Saga
	rows  map[string]int
}

// SaveSaga implements durable.Tx.
func (tx *Tx) SaveSaga(_ context.Context, s durable.Saga) error {
	if row, ok := tx.sagas[s.ID]; !ok || row.Token != s.Token {
		return fmt.Errorf("save saga %s: %w", s.ID, durable.ErrLost)
	}
	tx.sagas[s.ID] = s
	return nil
}

// Start inserts a saga.
func (tx *Tx) Start(s durable.Saga) { tx.sagas[s.ID] = s }

// Add adds n to a row and removes it when the sum is zero.
func (tx *Tx) Add(row string, n int) {
	tx.rows[row] += n
	if tx.rows[row] == 0 {
		delete(tx.rows, row)
	}
}

// Update implements durable.Journal.
func (j *Journal) Update(ctx context.Context, fn func(*Tx) error) error {
	if err := j.enter(ctx); err != nil {
		return err
	}
	defer j.leave()
	if j.RunTwice {
		if err := fn(j.begin()); err != nil {
			return err
		}
	}
	tx := j.begin()
	if err := fn(tx); err != nil {
		return err
	}
	j.sagas, j.rows = tx.sagas, tx.rows
	return nil
}

// ClaimSagas implements durable.Journal.
func (j *Journal) ClaimSagas(ctx context.Context, now, leaseUntil time.Time, limit int) ([]durable.Saga, error) {
	if err := j.enter(ctx); err != nil {
		return nil, err
	}
	defer j.leave()
	var due []durable.Saga
	for _, s := range j.sagas {
		if s.State == durable.Running && !s.RunAt.After(now) && !s.LeaseUntil.After(now) {
			due = append(due, s)
		}
	}
	slices.SortFunc(due, func(a, b durable.Saga) int {
		return cmp.Or(a.RunAt.Compare(b.RunAt), cmp.Compare(a.ID, b.ID))
	})
	due = due[:min(limit, len(due))]
	for i := range due {
		due[i].Token++
		due[i].LeaseUntil = leaseUntil
		j.sagas[due[i].ID] = due[i]
	}
	return due, nil
}

// Saga returns a saga as it stands. One that was never started is the zero Saga.
func (j *Journal) Saga(id string) durable.Saga {
	_ = j.enter(context.Background())
	defer j.leave()
	return j.sagas[id]
}

// Rows returns a copy of the rows that are not zero.
func (j *Journal) Rows() map[string]int {
	_ = j.enter(context.Background())
	defer j.leave()
	return maps.Clone(j.rows)
}

// Start inserts a saga in a transaction of its own.
func (j *Journal) Start(s durable.Saga) {
	_ = j.enter(context.Background())
	defer j.leave()
	j.sagas[s.ID] = s
}

func (j *Journal) begin() *Tx { return &Tx{sagas: maps.Clone(j.sagas), rows: maps.Clone(j.rows)} }

func (j *Journal) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case j.gate <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (j *Journal) leave() { <-j.gate }
