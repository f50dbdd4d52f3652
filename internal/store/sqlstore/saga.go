package sqlstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func sagaOf(r query.Saga) durable.Saga {
	return durable.Saga{
		ID: r.ID, Kind: r.Kind, Subject: r.Subject, State: durable.State(r.State), Phase: durable.Phase(r.Phase), Step: int(r.Step),
		Attempt: int(r.Attempt), FailingSince: moment(r.FailingSince), RunAt: moment(r.RunAt), LeaseUntil: moment(r.LeaseUntil), Token: r.Token,
		StartedAt: moment(r.StartedAt), UpdatedAt: moment(r.UpdatedAt), Memo: bytesOf(r.Memo), Cause: r.Cause, LastError: r.LastError,
	}
}

// SaveSaga implements durable.Tx. A saga that has ended loses its row: the nouns tell its story, and ended rows would only pile up.
func (t *tx) SaveSaga(ctx context.Context, s durable.Saga) error {
	var n int64
	var err error
	if s.State == durable.Running {
		n, err = t.db.UpdateSaga(ctx, query.UpdateSagaParams{
			ID: s.ID, Token: s.Token, Kind: s.Kind, Subject: s.Subject, State: string(s.State), Phase: string(s.Phase), Step: int64(s.Step),
			Attempt: int64(s.Attempt), FailingSince: micros(s.FailingSince), RunAt: micros(s.RunAt), LeaseUntil: micros(s.LeaseUntil),
			StartedAt: micros(s.StartedAt), UpdatedAt: micros(s.UpdatedAt), Memo: blob(s.Memo), Cause: s.Cause, LastError: s.LastError,
		})
	} else {
		n, err = t.db.DeleteSaga(ctx, s.ID, s.Token)
	}
	if err == nil && n == 0 {
		return fmt.Errorf("save saga %s: %w", s.ID, durable.ErrLost)
	}
	return t.fault(err, "save saga", s.ID)
}

func (t *tx) Start(ctx context.Context, id string, w org.Work, subject string, at time.Time) error {
	s := durable.Start(id, string(w), subject, at)
	if t.handler.Started != nil {
		s = s.Held(at.Add(t.handler.Lease))
		t.started = append(t.started, s)
	}
	n, err := t.db.InsertSaga(ctx, query.InsertSagaParams{
		ID: s.ID, Kind: s.Kind, Subject: s.Subject, State: string(s.State), Phase: string(s.Phase), Step: int64(s.Step), Attempt: int64(s.Attempt),
		FailingSince: micros(s.FailingSince), RunAt: micros(s.RunAt), LeaseUntil: micros(s.LeaseUntil), Token: s.Token,
		StartedAt: micros(s.StartedAt), UpdatedAt: micros(s.UpdatedAt), Memo: blob(s.Memo), Cause: s.Cause, LastError: s.LastError,
	})
	return t.fresh(n, err, org.ConcurrentModification, "saga", id)
}

// ClaimSagas implements store.Store.
func (s *Store) ClaimSagas(ctx context.Context, now, leaseUntil time.Time, limit int) ([]durable.Saga, error) {
	var out []durable.Saga
	err := s.run(ctx, "claim in", s.engine.Update, func(db query.DBTX) error {
		rows, err := query.New(db).ClaimSagas(ctx, s.engine.SkipLocked(), micros(now), micros(leaseUntil), int64(limit))
		if err != nil {
			return org.Because(err, "claim sagas")
		}
		out = make([]durable.Saga, len(rows))
		for i, row := range rows {
			out[i] = sagaOf(row)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b durable.Saga) int { return cmp.Or(a.RunAt.Compare(b.RunAt), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// SagaStats implements store.Store.
func (s *Store) SagaStats(ctx context.Context) ([]store.SagaStat, error) {
	var out []store.SagaStat
	err := s.run(ctx, "count in", s.engine.View, func(db query.DBTX) error {
		rows, err := query.New(db).CountSagas(ctx)
		if err != nil {
			return org.Because(err, "count sagas")
		}
		out = make([]store.SagaStat, len(rows))
		for i, row := range rows {
			out[i] = store.SagaStat{Kind: row.Kind, Running: int(row.Running), Oldest: moment(row.Oldest)}
		}
		return nil
	})
	return out, err
}
