package org_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

var (
	byReason = org.Fold[string]{Reasons: map[org.Reason]string{
		org.UnitMissing: "no unit", org.ParentMissing: "no unit", org.UnitLimit: "full", org.InternalFault: "broken",
	}}
	byKind = org.Fold[string]{
		Reasons: map[org.Reason]string{org.UnitMissing: "no unit"},
		Kinds:   map[org.Kind]string{org.NotFound: "nothing", org.Limit: "full", org.Internal: "broken"},
	}
)

func TestEveryReasonFoldsToARow(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fold   org.Fold[string]
		reason org.Reason
		want   string
	}{
		"by its own row":                               {byReason, org.UnitMissing, "no unit"},
		"by its own row before that of its kind":       {byKind, org.UnitMissing, "no unit"},
		"by its kind":                                  {byKind, org.AccountMissing, "nothing"},
		"to an internal fault for want of a row":       {byReason, org.AccountMissing, "broken"},
		"to an internal fault for want of a kind's":    {byKind, org.NotPermitted, "broken"},
		"to an internal fault when it does not exist":  {byKind, "NoSuchLaw", "broken"},
		"to an internal fault when there is no reason": {byReason, "", "broken"},
		"the internal fault itself":                    {byKind, org.InternalFault, "broken"},
	} {
		if got := test.fold.Row(test.reason); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestAReasonIsFoundByItsRow(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fold org.Fold[string]
		row  string
		want org.Reason
	}{
		"the first of two in the order of Reasons": {byReason, "no unit", org.ParentMissing},
		"its own row":         {byKind, "no unit", org.UnitMissing},
		"the first of a kind": {byKind, "full", org.AccountLimit},
		"an internal fault, not what only folds to it":    {byReason, "broken", org.InternalFault},
		"an internal fault by kind, not what folds to it": {byKind, "broken", org.InternalFault},
		"nobody's row": {byKind, "odd", ""},
	} {
		for range 3 { // the same answer each time, whatever the order of the tables
			got, ok := test.fold.Find(func(row string) bool { return row == test.row })
			if got != test.want || ok != (test.want != "") {
				t.Errorf("%s: %q, want %q", name, got, test.want)
			}
		}
	}
}
