package call_test

import (
	"context"
	"testing"

	"github.com/polity-cloud/polity/internal/wire/call"
)

func TestFromReturnsWhatWithPut(t *testing.T) {
	t.Parallel()
	c := &call.Call{RequestID: "r"}
	if got := call.From(call.With(context.Background(), c)); got != c {
		t.Fatalf("got %p, want %p", got, c)
	}
}

func TestFromOutsideARequestIsNeverNil(t *testing.T) {
	t.Parallel()
	call.From(context.Background()).Operation = "lost"
	if got := call.From(context.Background()).Operation; got != "" {
		t.Fatalf("a Call outside a request leaked: %q", got)
	}
}
