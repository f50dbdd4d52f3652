package sqlstore

import (
	"database/sql"
	"errors"

	"github.com/polity-cloud/polity/internal/org"
)

// fault makes an engine's error one of ours. A taken id is a matter of chance or of a race, and so for the caller to try again.
func (r *reader) fault(err error, deed string, id any) error {
	switch {
	case err == nil:
		return nil
	case r.dialect.IsUniqueViolation(err), r.dialect.IsBusy(err):
		return &org.Error{Reason: org.ConcurrentModification, Err: err}
	default:
		return org.Because(err, "%s %v", deed, id)
	}
}

// got is fault for a query of one row, whose absence has a reason of its own.
func (r *reader) got(err error, missing org.Reason, noun string, id any) error {
	if errors.Is(err, sql.ErrNoRows) {
		return org.Errorf(missing, "there is no %s %v", noun, id)
	}
	return r.fault(err, "read "+noun, id)
}

// hit is fault for a write that must have met a row.
func (r *reader) hit(rows int64, err error, missing org.Reason, noun string, id any) error {
	if err == nil && rows == 0 {
		return org.Errorf(missing, "there is no %s %v", noun, id)
	}
	return r.fault(err, "write "+noun, id)
}

// fresh is fault for an insert that leaves a row alone which is there already.
func (r *reader) fresh(rows int64, err error, taken org.Reason, noun string, id any) error {
	if err == nil && rows == 0 {
		return org.Errorf(taken, "there is a %s %v already", noun, id)
	}
	return r.fault(err, "insert "+noun, id)
}
