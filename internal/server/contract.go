package server

import (
	"iter"
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
)

// contracts are the operations that faults can strike, by API.
var contracts = map[string]func() iter.Seq[string]{
	awsorg.Name:     func() iter.Seq[string] { return maps.Keys(awsorg.Coverage()) },
	awsaccount.Name: func() iter.Seq[string] { return maps.Keys(awsaccount.Coverage()) },
	awssts.Name:     func() iter.Seq[string] { return maps.Keys(awssts.Coverage()) },
	awsiam.Name:     func() iter.Seq[string] { return slices.Values(awsiam.Operations()) },
	hworg.Name:      func() iter.Seq[string] { return maps.Keys(hworg.Coverage()) },
	hwrgc.Name:      func() iter.Seq[string] { return maps.Keys(hwrgc.Coverage()) },
	hwiam.Name:      func() iter.Seq[string] { return slices.Values(hwiam.Operations()) },
}

// operates reports whether an API has an operation, whatever their case; "" is any of either.
func operates(api, operation string) bool {
	for name, names := range contracts {
		if api != "" && !strings.EqualFold(api, name) {
			continue
		}
		if operation == "" {
			return true
		}
		for known := range names() {
			if strings.EqualFold(known, operation) {
				return true
			}
		}
	}
	return false
}
