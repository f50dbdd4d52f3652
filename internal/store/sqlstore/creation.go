package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func creationOf(r query.Creation) (org.Creation, error) {
	c := org.Creation{
		ID: org.CreationID(r.ID), OrganizationID: org.OrganizationID(r.OrganizationID), Partition: org.Partition(r.Partition),
		State: org.CreationState(r.State), RequestedAt: moment(r.RequestedAt), CompletedAt: moment(r.CompletedAt),
		AccountID: org.AccountID(r.AccountID), GovAccountID: org.AccountID(r.GovAccountID), Failure: org.Failure(r.Failure), FailureDetail: r.FailureDetail,
	}
	if err := decode(r.Request, &c.Request); err != nil {
		return org.Creation{}, err
	}
	return c, decode(r.RequestedBy, &c.RequestedBy)
}

func creationPlace(r query.Creation) place { return place{r.RequestedAt, r.ID} }

// Creation reads a row once: the steps that make an account run in one transaction, and each of them begins by looking at the same creation.
func (r *reader) Creation(ctx context.Context, o org.OrganizationID, id org.CreationID) (org.Creation, error) {
	if c := r.known.creation; c.ID == id && c.OrganizationID == o {
		return c, nil
	}
	row, err := r.db.GetCreation(ctx, string(o), string(id))
	if err != nil {
		return org.Creation{}, r.got(err, org.CreationMissing, "creation", id)
	}
	c, err := creationOf(row)
	if err == nil {
		r.known.creation = c
	}
	return c, err
}

// Creation also reads the organization and the account that manages it, by which the steps go on.
func (t *tx) Creation(ctx context.Context, o org.OrganizationID, id org.CreationID) (org.Creation, error) {
	if t.known.creation.ID != id {
		row, err := t.db.GetManagedCreation(ctx, string(o), string(id))
		if err := t.foreseen(query.GetMemberCreationRow(row), err, id); err != nil {
			return org.Creation{}, err
		}
	}
	return t.reader.Creation(ctx, o, id)
}

func (r *reader) Foresee(ctx context.Context, a org.AccountID, id org.CreationID) error {
	row, err := r.db.GetMemberCreation(ctx, string(a), string(id))
	return r.foreseen(row, err, id)
}

func (r *reader) foreseen(row query.GetMemberCreationRow, err error, id org.CreationID) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return r.fault(err, "read creation", id)
	}
	c, err := creationOf(row.Creation)
	if err != nil {
		return err
	}
	r.known.creation, r.known.organization = c, organizationOf(row.Organization)
	r.known.keep(accountOf(row.Account), false)
	return nil
}

func (r *reader) Creations(ctx context.Context, o org.OrganizationID, states []org.CreationState, p org.Page) ([]org.Creation, string, error) {
	before, err := placeOf(p.After, afterAll)
	if err != nil {
		return nil, "", err
	}
	var rows []query.Creation
	if len(states) == 0 {
		rows, err = r.db.ListCreations(ctx, string(o), before.time, before.id, ask(p))
	} else {
		rows, err = r.creationsIn(ctx, o, states, before, ask(p))
	}
	if err != nil {
		return nil, "", r.fault(err, "list creations of", o)
	}
	return paged(rows, p, creationOf, creationPlace)
}

// creationsIn reads each state's newest and merges them. A page costs at most its own length for each state, however rare the states are
// among the others.
func (r *reader) creationsIn(ctx context.Context, o org.OrganizationID, states []org.CreationState, before place, most int32) ([]query.Creation, error) {
	wanted := slices.Clone(states)
	slices.Sort(wanted)
	var all []query.Creation
	for _, s := range slices.Compact(wanted) {
		rows, err := r.db.ListCreationsIn(ctx, query.ListCreationsInParams{
			OrganizationID: string(o), State: string(s), BeforeTime: before.time, BeforeID: before.id, Most: most,
		})
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	slices.SortFunc(all, func(a, b query.Creation) int {
		return cmp.Or(cmp.Compare(b.RequestedAt, a.RequestedAt), cmp.Compare(b.ID, a.ID))
	})
	return all[:min(len(all), int(most))], nil
}

func (r *reader) CountCreations(ctx context.Context, o org.OrganizationID) (int, error) {
	n, err := r.db.CountCreations(ctx, string(o), string(org.CreationRunning))
	return int(n), r.fault(err, "count creations of", o)
}

func (t *tx) InsertCreation(ctx context.Context, c org.Creation) error {
	n, err := t.db.InsertCreation(ctx, query.InsertCreationParams{
		OrganizationID: string(c.OrganizationID), ID: string(c.ID), Partition: string(c.Partition), State: string(c.State), Request: encode(c.Request),
		RequestedBy: encode(c.RequestedBy), RequestedAt: micros(c.RequestedAt), CompletedAt: micros(c.CompletedAt), AccountID: string(c.AccountID),
		GovAccountID: string(c.GovAccountID), Failure: string(c.Failure), FailureDetail: c.FailureDetail,
	})
	return t.fresh(n, err, org.ConcurrentModification, "creation", c.ID)
}

func (t *tx) UpdateCreation(ctx context.Context, c org.Creation) error {
	t.known.creation = org.Creation{} // what is read back has the precision of the table
	n, err := t.db.UpdateCreation(ctx, query.UpdateCreationParams{
		OrganizationID: string(c.OrganizationID), ID: string(c.ID), Partition: string(c.Partition), State: string(c.State), Request: encode(c.Request),
		RequestedBy: encode(c.RequestedBy), RequestedAt: micros(c.RequestedAt), CompletedAt: micros(c.CompletedAt), AccountID: string(c.AccountID),
		GovAccountID: string(c.GovAccountID), Failure: string(c.Failure), FailureDetail: c.FailureDetail,
	})
	return t.hit(n, err, org.CreationMissing, "creation", c.ID)
}
