package org

// A Fold is what an API makes of broken laws: a row of its own kind for each Reason that it has words for, and one for all others of a Kind.
// It has a row for InternalFault, by Reason or by Kind.
type Fold[R any] struct {
	Reasons map[Reason]R
	Kinds   map[Kind]R
}

// Row returns the row of a Reason, else that of its Kind, else that of InternalFault: a law that an API has no word for is broken there by our mistake.
func (f Fold[R]) Row(r Reason) R {
	row, ok := f.own(r)
	if !ok {
		row, _ = f.own(InternalFault)
	}
	return row
}

// Find returns the first Reason, in the order of Reasons, whose row is meant. What folds to InternalFault for want of a row is not found by that.
func (f Fold[R]) Find(meant func(R) bool) (Reason, bool) {
	for _, r := range Reasons() {
		if row, ok := f.own(r); ok && meant(row) {
			return r, true
		}
	}
	return "", false
}

func (f Fold[R]) own(r Reason) (R, bool) {
	row, ok := f.Reasons[r]
	if !ok {
		row, ok = f.Kinds[kinds[r]]
	}
	return row, ok
}
