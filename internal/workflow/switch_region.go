package workflow

import (
	"context"
	"strings"
	"time"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// regionTime is how long a region is being switched at a realistic pace.
const regionTime = 2 * time.Minute

// switchRegion ends the enabling or disabling of a region in an account. Its subject is "<account>/<region>".
func switchRegion(h house) deed {
	return h.paced(flow{
		Name: string(org.SwitchRegion),
		Steps: []step{{Name: "switch", Write: func(ctx context.Context, tx store.Tx, r *durable.Run) error {
			id, name, _ := strings.Cut(r.Saga.Subject, "/")
			return h.plane.FinishRegion(ctx, tx, org.AccountID(id), name)
		}}},
		Describe: say,
	}, regionTime)
}
