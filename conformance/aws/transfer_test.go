package aws_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

// monthsOn is the first moment of a month, and monthEnd the last one, so many months from now. The one after the next always leaves a day to
// accept.
func monthsOn(n int) *time.Time {
	now := time.Now().UTC()
	return aws.Time(time.Date(now.Year(), now.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC))
}

func monthEnd(n int) *time.Time { return aws.Time(monthsOn(n + 1).Add(-time.Millisecond)) }

func (h *house) tryTransfer(t *testing.T, from *types.HandshakeParty, start *time.Time) (*types.Handshake, error) {
	t.Helper()
	out, err := h.InviteOrganizationToTransferResponsibility(t.Context(), &organizations.InviteOrganizationToTransferResponsibilityInput{
		Type: types.ResponsibilityTransferTypeBilling, Target: from, StartTimestamp: start, SourceName: aws.String("other"), Tags: []types.Tag{tag("k", "v")},
	})
	if err != nil {
		return nil, err
	}
	return out.Handshake, nil
}

func (h *house) transfer(t *testing.T, id *string) types.ResponsibilityTransfer {
	t.Helper()
	return *harness.Try(h.DescribeResponsibilityTransfer(t.Context(), &organizations.DescribeResponsibilityTransferInput{Id: id})).Or(t).ResponsibilityTransfer
}

func TestBillingIsTransferred(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		payer, source := newHouse(t, s), newHouse(t, s)
		sent := harness.Try(payer.tryTransfer(t, accountParty(source.key.Account), monthsOn(2))).Or(t)
		id := sent.Resources[0].Value
		if seen := payer.transfer(t, id); seen.Status != types.ResponsibilityTransferStatusRequested || *seen.Arn != payer.arn("transfer", payer.id+"/billing/inbound/"+*id) || !seen.StartTimestamp.Equal(*monthsOn(2)) {
			t.Errorf("the payer sees %s, %s from %s", seen.Status, *seen.Arn, seen.StartTimestamp)
		}
		if seen := source.transfer(t, id); *seen.Arn != source.arn("transfer", source.id+"/billing/outbound/"+*id) || *seen.ActiveHandshakeId != *sent.Id {
			t.Errorf("the source sees %s by %s", *seen.Arn, *seen.ActiveHandshakeId)
		}
		if got := payer.tags(t, *id); got["k"] != "v" {
			t.Errorf("the transfer's tags are %v", got)
		}
		_, err := payer.tryTransfer(t, accountParty(source.key.Account), monthsOn(2))
		harness.WantAWS(t, err, "DuplicateHandshakeException", "")
		early := &organizations.TerminateResponsibilityTransferInput{Id: id}
		_, err = payer.TerminateResponsibilityTransfer(t.Context(), early)
		harness.WantAWS(t, err, "InvalidResponsibilityTransferTransitionException", "")
		accept(t, source.Client, sent.Id)
		_, err = payer.tryTransfer(t, accountParty(source.key.Account), monthsOn(2))
		harness.WantAWS(t, err, handshakeConstraint, "RESPONSIBILITY_TRANSFER_ALREADY_EXISTS")
		_, err = payer.DeleteOrganization(t.Context(), &organizations.DeleteOrganizationInput{})
		harness.WantAWS(t, err, constraint, "ACTIVE_RESPONSIBILITY_TRANSFER_PROCESS")
		in := harness.Try(payer.ListInboundResponsibilityTransfers(t.Context(), &organizations.ListInboundResponsibilityTransfersInput{Type: types.ResponsibilityTransferTypeBilling})).Or(t)
		out := harness.Try(source.ListOutboundResponsibilityTransfers(t.Context(), &organizations.ListOutboundResponsibilityTransfersInput{Type: types.ResponsibilityTransferTypeBilling})).Or(t)
		if len(in.ResponsibilityTransfers) != 1 || len(out.ResponsibilityTransfers) != 1 {
			t.Errorf("listed are %v and %v", in.ResponsibilityTransfers, out.ResponsibilityTransfers)
		}
		harness.Try(payer.UpdateResponsibilityTransfer(t.Context(), &organizations.UpdateResponsibilityTransferInput{Id: id, Name: aws.String("new")})).Or(t)
		_, err = source.UpdateResponsibilityTransfer(t.Context(), &organizations.UpdateResponsibilityTransferInput{Id: id, Name: aws.String("ours")})
		harness.WantAWS(t, err, invalid, "UNSUPPORTED_ACTION_IN_RESPONSIBILITY_TRANSFER")
		for reason, at := range map[string]*time.Time{
			"END_DATE_NOT_END_OF_MONTH": monthsOn(1), "END_DATE_TOO_EARLY": monthEnd(-1), "INVALID_END_DATE": monthEnd(2),
		} {
			_, err = source.TerminateResponsibilityTransfer(t.Context(), &organizations.TerminateResponsibilityTransferInput{Id: id, EndTimestamp: at})
			harness.WantAWS(t, err, invalid, reason)
		}
		end := &organizations.TerminateResponsibilityTransferInput{Id: id, EndTimestamp: monthEnd(1)}
		ended := harness.Try(source.TerminateResponsibilityTransfer(t.Context(), end)).Or(t).ResponsibilityTransfer
		if ended.Status != types.ResponsibilityTransferStatusWithdrawn || !ended.EndTimestamp.Equal(*monthEnd(1)) || *ended.Name != "new" {
			t.Errorf("the transfer ends %s at %s, named %s", ended.Status, ended.EndTimestamp, *ended.Name)
		}
		_, err = payer.TerminateResponsibilityTransfer(t.Context(), end)
		harness.WantAWS(t, err, "ResponsibilityTransferAlreadyInStatusException", "")
	})
}

func TestTransferIsRefused(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		payer, source := newHouse(t, s), newHouse(t, s)
		for name, c := range map[string]struct {
			from         *types.HandshakeParty
			start        *time.Time
			code, reason string
		}{
			"itself":             {accountParty(payer.key.Account), monthsOn(2), handshakeConstraint, "SOURCE_AND_TARGET_CANNOT_MATCH"},
			"a member":           {accountParty(source.account(t)), monthsOn(2), invalid, "TARGET_NOT_SUPPORTED"},
			"this month":         {accountParty(source.key.Account), monthsOn(0), invalid, "START_DATE_TOO_EARLY"},
			"in three months":    {accountParty(source.key.Account), monthsOn(3), invalid, "START_DATE_TOO_LATE"},
			"within a day":       {accountParty(source.key.Account), aws.Time(monthsOn(2).Add(time.Second)), invalid, "START_DATE_NOT_BEGINNING_OF_DAY"},
			"the end of a month": {accountParty(source.key.Account), aws.Time(monthsOn(2).AddDate(0, 0, -1)), invalid, "START_DATE_NOT_BEGINNING_OF_MONTH"},
		} {
			_, err := payer.tryTransfer(t, c.from, c.start)
			if code, reason := harness.AWSError(err); code != c.code || reason != c.reason {
				t.Errorf("%s: the offer ends with %s %s, want %s %s", name, code, reason, c.code, c.reason)
			}
		}
		missing := aws.String("rt-00000000")
		_, err := payer.DescribeResponsibilityTransfer(t.Context(), &organizations.DescribeResponsibilityTransferInput{Id: missing})
		harness.WantAWS(t, err, "ResponsibilityTransferNotFoundException", "")
	})
}
