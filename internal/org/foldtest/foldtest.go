// Package foldtest walks all Reasons through the tables of an API, for the tests of the APIs.
package foldtest

import (
	"errors"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

// An Answer is what a fault of any wire has.
type Answer struct {
	Status        int
	Code, Message string
}

// A Row is what a vendor says of a Reason. The alias lets tables leave out the names of its fields.
type Row = struct {
	Status int
	Code   string
}

// CheckRows fails t unless every Reason either has a row in the table of an API or is the law of a thing that the API does not speak of, and these are
// all that is in both.
func CheckRows[R any](t *testing.T, rows map[org.Reason]R, elsewhere map[org.Reason]bool) {
	t.Helper()
	for _, r := range org.Reasons() {
		if _, here := rows[r]; here == elsewhere[r] {
			t.Errorf("%s: a row %t, elsewhere %t", r, here, elsewhere[r])
		}
	}
	if n, all := len(rows)+len(elsewhere), len(org.Reasons()); n != all {
		t.Errorf("%d Reasons have a row or are elsewhere, of %d", n, all)
	}
}

// Check fails t unless an API answers every Reason with words of its own, 500 for internal ones alone, and these without their cause; reads each
// of its codes back as a Reason that is told as that code; and answers the Reasons in want as the vendor does.
func Check(t *testing.T, answer func(error) Answer, reasonOf func(code string) (org.Reason, bool), want map[org.Reason]Row) {
	t.Helper()
	seen := 0
	for _, r := range org.Reasons() {
		got, internal := answer(org.Errorf(r, "why")), org.E(r).Kind() == org.Internal
		if got.Message == "" || answer(org.E(r)).Message == "" || (got.Status == 500) != internal || internal && strings.Contains(got.Message, "why") {
			t.Errorf("%s became %+v", r, got)
		}
		if row, ok := want[r]; ok {
			seen++
			if (Row{got.Status, got.Code}) != row {
				t.Errorf("%s became %+v, want %+v", r, got, row)
			}
		}
		if back, ok := reasonOf(got.Code); !ok || answer(org.E(back)).Code != got.Code {
			t.Errorf("%s is not found again: %s", got.Code, back)
		}
	}
	if seen != len(want) || seen == 0 {
		t.Errorf("%d Reasons of %d exist", seen, len(want))
	}
	if r, ok := reasonOf("NoSuchCode"); ok {
		t.Errorf("a made-up code is %s", r)
	}
	strange := answer(errors.New("disk full"))
	if strange.Code != answer(org.E(org.InternalFault)).Code || strange.Status != 500 || strings.Contains(strange.Message, "disk") {
		t.Errorf("a stranger's error became %+v", strange)
	}
}
