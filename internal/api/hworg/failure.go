package hworg

import "github.com/polity-cloud/polity/internal/org"

// codes are the failures that failure_reason knows (API Reference, ShowCreateAccountStatus), each with the domain's failure that it stands for.
var codes = map[string]struct {
	failure org.Failure
	text    string
}{
	"0000": {org.FailInternal, "System error."},
	"1000": {org.FailCallerUnknown, "The identity of the calling user could not be obtained."},
	"2000": {org.FailAccount, "The account could not be created."},
	"2001": {org.FailNameInUse, "The account name is already in use."},
	"3000": {org.FailResourceAccount, "The resource account could not be created."},
	"3001": {org.FailPhoneLimit, "The phone number has reached its maximum number of registrations."},
	"4000": {org.FailToken, "The token of the new account could not be obtained."},
	"5000": {org.FailServiceRole, "The service-linked agency could not be created."},
	"6000": {org.FailAccessRole, "The agency could not be created."},
	"6001": {org.FailPermissionsUnreadable, "The permissions could not be obtained."},
	"6002": {org.FailPermissionsUnbound, "The permissions could not be granted to the agency."},
	"7000": {org.FailFinanceUnlinked, "The account could not be associated with the master account for unified accounting."},
	"7001": {org.FailFinanceRecords, "The number of real-name authentication records exceeds the limit."},
	"7002": {org.FailFinanceUnreadable, "The financial relationship between the master and the member account could not be obtained."},
}

// folded are the failures without a code of their own, under the nearest one. A creation that runs into one that still runs with the same data is
// almost always the same request sent again, and so a matter of its name.
var folded = map[org.Failure]string{
	org.FailConcurrent: "2001",
	org.FailEmailInUse: "2000", org.FailEmailRefused: "2000", org.FailAddressRefused: "2000", org.FailAccountLimit: "2000", org.FailGovAccountExists: "2000",
	org.FailPaymentMissing: "7000", org.FailPaymentRefused: "7000", org.FailBusinessMissing: "7000", org.FailBusinessFailed: "7000",
	org.FailBusinessPending: "7000", org.FailBusinessUnknown: "7000", org.FailBusinessIdentity: "7000",
}

func failureCode(f org.Failure) (string, bool) {
	for code, row := range codes {
		if row.failure == f {
			return code, true
		}
	}
	code, ok := folded[f]
	return code, ok
}

func failureReason(f org.Failure) string {
	code, ok := failureCode(f)
	if !ok {
		code = "0000"
	}
	return "Error " + code + ": " + codes[code].text
}

// FailureOf returns the failure that the code of a failure_reason stands for, for faults given in Huawei's words.
func FailureOf(code string) (org.Failure, bool) {
	row, ok := codes[code]
	return row.failure, ok
}
