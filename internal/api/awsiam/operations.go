package awsiam

import (
	"maps"
	"slices"
)

// Operations lists the names of what is served.
func Operations() []string { return slices.Sorted(maps.Keys((&API{}).operations())) }
