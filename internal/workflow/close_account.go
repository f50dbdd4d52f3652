package workflow

import (
	"context"
	"strings"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// closingTime is how long the closing of an account takes at a realistic pace.
const closingTime = 40 * time.Second

// closeAccount closes a member whose closure is pending. Its subject is "<organization>/<account>". A saga whose closure is over, or is gone with
// its organization, runs to its end without doing anything.
func closeAccount(h house) deed {
	return h.paced(flow{
		Name:     string(org.CloseAccount),
		Steps:    []step{{Name: "close", Write: onClosure(h.plane.FinishClosure)}},
		Fatal:    hopeless,
		Refusal:  hopeless,
		Describe: say,
		Failed:   onClosure(h.plane.FailClosure),
	}, closingTime)
}

// onClosure makes a step of a deed for the closure that a saga is about.
func onClosure(do func(context.Context, store.Tx, org.OrganizationID, org.AccountID) error) write {
	return func(ctx context.Context, tx store.Tx, r *durable.Run) error {
		o, id, _ := strings.Cut(r.Saga.Subject, "/")
		return do(ctx, tx, org.OrganizationID(o), org.AccountID(id))
	}
}
