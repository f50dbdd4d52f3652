package server

import (
	"maps"
	"slices"
	"strings"

	"github.com/polity-cloud/polity/internal/api/awsaccount"
	"github.com/polity-cloud/polity/internal/api/awsiam"
	"github.com/polity-cloud/polity/internal/api/awsorg"
	"github.com/polity-cloud/polity/internal/api/awssts"
	"github.com/polity-cloud/polity/internal/api/hwiam"
	"github.com/polity-cloud/polity/internal/api/hworg"
	"github.com/polity-cloud/polity/internal/api/hwrgc"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
)

// contracts are the words of the clouds' APIs that faults are given in: the operations that they strike, and the codes that they are told as.
var contracts = []struct {
	api        string
	operations func() []string
	reason     func(code, reason string) (org.Reason, bool)
}{
	{awsorg.Name, covered(awsorg.Coverage), awsorg.ReasonOf},
	{awsaccount.Name, covered(awsaccount.Coverage), bare(awsaccount.ReasonOf)},
	{awsiam.Name, awsiam.Operations, bare(awsiam.ReasonOf)},
	{awssts.Name, covered(awssts.Coverage), bare(awssts.ReasonOf)},
	{hworg.Name, covered(hworg.Coverage), bare(hworg.ReasonOf)},
	{hwrgc.Name, covered(hwrgc.Coverage), bare(hwrgc.ReasonOf)},
	{hwiam.Name, hwiam.Operations, bare(hwiam.ReasonOf)},
}

func covered(table func() map[string]bool) func() []string {
	return func() []string { return slices.Collect(maps.Keys(table())) }
}

// bare is of APIs whose codes have no reasons beside them.
func bare(of func(code string) (org.Reason, bool)) func(code, reason string) (org.Reason, bool) {
	return func(code, reason string) (org.Reason, bool) {
		if reason != "" {
			return "", false
		}
		return of(code)
	}
}

// codes lets faults be given in the words of any cloud.
func codes() twin.Codes {
	return twin.Codes{
		Operation: operates,
		Reason:    means,
		Failure: func(code string) (org.Failure, bool) {
			if f, ok := awsorg.FailureOf(code); ok {
				return f, ok
			}
			return hworg.FailureOf(code)
		},
	}
}

// operates reports whether an API has an operation, whatever their case; "" is any of either.
func operates(api, operation string) bool {
	for _, c := range contracts {
		if api != "" && !strings.EqualFold(api, c.api) {
			continue
		}
		if operation == "" || slices.ContainsFunc(c.operations(), func(known string) bool { return strings.EqualFold(known, operation) }) {
			return true
		}
	}
	return false
}

// means returns the Reason that a code stands for, in the API's own words before those of others.
func means(api, code, reason string) (org.Reason, bool) {
	for _, own := range []bool{true, false} {
		for _, c := range contracts {
			if strings.EqualFold(api, c.api) != own {
				continue
			}
			if r, ok := c.reason(code, reason); ok {
				return r, true
			}
		}
	}
	return "", false
}
