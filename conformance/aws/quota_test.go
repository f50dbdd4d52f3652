package aws_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

func (h *house) tryCreate(t *testing.T) error {
	t.Helper()
	_, err := h.CreateAccount(t.Context(), &organizations.CreateAccountInput{AccountName: aws.String("member"), Email: address()})
	return err
}

// join brings a minted account into the organization, which at any pace takes no time.
func (h *house) join(t *testing.T) string {
	t.Helper()
	k := h.server.Mint(t, harness.AWS)
	accept(t, h.server.Organizations(k), h.invite(t, accountParty(k.Account)).Id)
	return k.Account
}

func TestQuotasOfAnOrganization(t *testing.T) {
	harness.EachServer(t, func(t *testing.T, s *harness.Server) {
		h, full := newHouse(t, s), newHouse(t, s)
		guest := func() *types.HandshakeParty { return accountParty(s.Mint(t, harness.AWS).Account) }
		for range 3 { // as many a day as there may be accounts, also of those that came to nothing
			sent := h.invite(t, guest())
			harness.Try(h.CancelHandshake(t.Context(), &organizations.CancelHandshakeInput{HandshakeId: sent.Id})).Or(t)
		}
		harness.WantAWS(t, h.tryInvite(t, guest()), handshakeConstraint, "HANDSHAKE_RATE_LIMIT_EXCEEDED")
		one, two := full.account(t), full.account(t)
		harness.WantAWS(t, full.tryInvite(t, guest()), handshakeConstraint, "ACCOUNT_NUMBER_LIMIT_EXCEEDED")
		harness.WantAWS(t, h.tryUnit(t, h.root, "one"), "", "")
		harness.WantAWS(t, h.tryUnit(t, h.root, "two"), constraint, "OU_NUMBER_LIMIT_EXCEEDED")
		_, err := full.RemoveAccountFromOrganization(t.Context(), &organizations.RemoveAccountFromOrganizationInput{AccountId: &one})
		harness.WantAWS(t, err, constraint, "WAIT_PERIOD_ACTIVE")
		harness.WantAWS(t, full.closing(t, one), "", "")
		harness.WantAWS(t, full.closing(t, two), constraint, "CLOSE_ACCOUNT_QUOTA_EXCEEDED")
	}, "--quota", "accounts=3", "--quota", "invitations=1", "--quota", "units=1", "--quota", "stay-days=4", "--quota", "closures=1")
}

func TestQuotasOfTransfers(t *testing.T) {
	harness.EachServer(t, func(t *testing.T, s *harness.Server) {
		payer, source, third := newHouse(t, s), newHouse(t, s), newHouse(t, s)
		offer := func(by, to *house) (*types.Handshake, error) {
			return by.tryTransfer(t, accountParty(to.key.Account), monthsOn(2))
		}
		accept(t, source.Client, harness.Try(offer(payer, source)).Or(t).Id)
		for _, c := range []struct {
			by, to *house
			reason string
		}{
			{payer, third, "RESPONSIBILITY_TRANSFER_MAX_TRANSFERS_QUOTA_VIOLATION"},
			{third, source, "RESPONSIBILITY_TRANSFER_MAX_OUTBOUND_QUOTA_VIOLATION"},
			{third, payer, "RESPONSIBILITY_TRANSFER_MAX_LEVEL_VIOLATION"},
		} {
			_, err := offer(c.by, c.to)
			harness.WantAWS(t, err, constraint, c.reason)
		}
		for _, reason := range []string{"", "", "RESPONSIBILITY_TRANSFER_MAX_INBOUND_QUOTA_VIOLATION"} {
			_, err := offer(third, newHouse(t, s))
			if _, got := harness.AWSError(err); got != reason {
				t.Errorf("the offer ends with %v, want %q", err, reason)
			}
		}
	}, "--quota", "inbound-transfers=2", "--quota", "outbound-transfers=1", "--quota", "transfer-levels=1", "--quota", "chain-transfers=1")
}

// What takes its time is in the way of what comes next.
func TestDeedsInProgressAreInTheWay(t *testing.T) {
	harness.EachServer(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		harness.WantAWS(t, h.tryCreate(t), "", "")
		harness.WantAWS(t, h.tryCreate(t), constraint, "ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED")
		one, two := h.join(t), h.join(t)
		harness.WantAWS(t, h.closing(t, one), "", "")
		harness.WantAWS(t, h.closing(t, one), "ConflictException", "")
		harness.WantAWS(t, h.closing(t, two), constraint, "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED")
	}, "--pace", "realistic", "--quota", "creations=1", "--quota", "closing=1")
}

// unpaced are the operations whose rate the guide does not list, which are never held (User Guide, "Quotas and service limits", "Throttling limits").
var unpaced = []string{
	"DeleteResourcePolicy", "DescribeEffectivePolicy", "DescribeResourcePolicy", "DescribeResponsibilityTransfer", "InviteOrganizationToTransferResponsibility",
	"ListAccountsWithInvalidEffectivePolicy", "ListEffectivePolicyValidationErrors", "ListInboundResponsibilityTransfers", "ListOutboundResponsibilityTransfers",
	"PutResourcePolicy", "TerminateResponsibilityTransfer", "UpdateResponsibilityTransfer",
}

// Eight who ask as fast as they can are held soon: the quickest operation answers thirty requests at once and then twenty a second.
func TestCallersAreHeldToThePublishedRates(t *testing.T) {
	harness.EachServer(t, func(t *testing.T, s *harness.Server) {
		contract, lone := harness.ReadAWSContract(t), &house{Client: s.Organizations(s.Mint(t, harness.AWS))}
		for _, name := range contract.Names() {
			in, free, each := smallest(t, contract, name), slices.Contains(unpaced, name), 100
			if free {
				each = 5
			}
			codes := atOnce(8, func(int) (err error) {
				for i := 0; i < each && !is[*types.TooManyRequestsException](err); i++ {
					err = lone.invoke(t, name, in)
				}
				return err
			})
			if held := codes["TooManyRequestsException"] > 0; held == free {
				t.Errorf("of those who ask for %s one is held: %v", name, held)
			}
		}
		harness.Until(t, "there is room again", func() bool {
			code, _ := harness.AWSError(second(lone.DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})))
			return code == "AWSOrganizationsNotInUseException"
		})
	}, "--throttle", "vendor")
}
