package org

import "testing"

func TestEveryReasonHasAKind(t *testing.T) {
	t.Parallel()
	if len(Reasons()) < 50 {
		t.Fatalf("%d reasons", len(Reasons()))
	}
	for _, r := range Reasons() {
		if kinds[r] == "" {
			t.Errorf("%s has no kind", r)
		}
	}
}
