package hwrgc

import (
	"github.com/polity-cloud/polity/internal/org"
)

// refusals are the failures of an account's creation as the organizations service reports them (Organizations, ShowCreateAccountStatus). What
// has no code there is told under the nearest one.
var refusals = map[org.Failure]string{
	org.FailInternal:      "Error 0000: System error.",
	org.FailCallerUnknown: "Error 1000: The identity of the calling user could not be obtained.",

	org.FailAccount: cannot, org.FailEmailInUse: cannot, org.FailEmailRefused: cannot, org.FailAddressRefused: cannot, org.FailAccountLimit: cannot,
	org.FailGovAccountExists: cannot,
	org.FailNameInUse:        taken, org.FailConcurrent: taken,

	org.FailResourceAccount:       "Error 3000: The resource account could not be created.",
	org.FailPhoneLimit:            "Error 3001: The phone number has reached its maximum number of registrations.",
	org.FailToken:                 "Error 4000: The token of the new account could not be obtained.",
	org.FailServiceRole:           "Error 5000: The service-linked agency could not be created.",
	org.FailAccessRole:            "Error 6000: The agency could not be created.",
	org.FailPermissionsUnreadable: "Error 6001: The permissions could not be obtained.",
	org.FailPermissionsUnbound:    "Error 6002: The permissions could not be granted to the agency.",

	org.FailFinanceUnlinked: unlinked, org.FailPaymentMissing: unlinked, org.FailPaymentRefused: unlinked, org.FailBusinessMissing: unlinked,
	org.FailBusinessFailed: unlinked, org.FailBusinessPending: unlinked, org.FailBusinessUnknown: unlinked, org.FailBusinessIdentity: unlinked,
	org.FailFinanceRecords:    "Error 7001: The number of real-name authentication records exceeds the limit.",
	org.FailFinanceUnreadable: "Error 7002: The financial relationship between the master and the member account could not be obtained.",
}

const (
	cannot   = "Error 2000: The account could not be created."
	taken    = "Error 2001: The account name is already in use."
	unlinked = "Error 7000: The account could not be associated with the master account for unified accounting."
)

// refusal tells why the organization did not make an account.
func refusal(n *org.Creation) string {
	said, ok := refusals[n.Failure]
	if !ok {
		said = refusals[org.FailInternal]
	}
	if n.FailureDetail != "" {
		said += " " + n.FailureDetail
	}
	return said
}
