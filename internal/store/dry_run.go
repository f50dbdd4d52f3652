package store

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
)

// A DryRunReader reads how policies are tried out, and what they would have denied.
type DryRunReader interface {
	// DryRun returns the dry run of a tried type; one that was never written is off and has no times.
	DryRun(ctx context.Context, o org.OrganizationID, t org.PolicyType) (org.DryRun, error)
	// DryRunRecords lists an organization's records behind a number, in their order.
	DryRunRecords(ctx context.Context, o org.OrganizationID, after int64, limit int) ([]org.DryRunRecord, error)
	// DryRunRecordsToDeliver lists records of all organizations that nobody has marked as delivered, those of one in their order.
	DryRunRecordsToDeliver(ctx context.Context, limit int) ([]org.DryRunRecord, error)
}

// A DryRunTx writes it.
type DryRunTx interface {
	// PutDryRun expects a locked organization.
	PutDryRun(ctx context.Context, d org.DryRun) error
	// AppendDryRunRecord writes a record of the dry run of a type, and gives it the next number of its organization. Until the transaction ends all others
	// who do the same in that organization wait. A dry run that is gone, with its organization, records nothing.
	AppendDryRunRecord(ctx context.Context, t org.PolicyType, r org.DryRunRecord) error
	// MarkDelivered notes that a record lies where it belongs. One that does not exist is no error.
	MarkDelivered(ctx context.Context, o org.OrganizationID, number int64) error
}
