package inherit

// A document names both lists, the empty one as well, and so does each feature that it speaks of. Which features there are is the service's
// to say (User Guide, "Security Hub policy syntax").
var securityHubWords = &vocabulary{
	typ:  SecurityHub,
	size: characters(10_000),
	top: group("securityhub", append(enablement(),
		table("features", anything, shape(enablement()...).names(bothLists...)),
	)...).names(bothLists...),
}

var bothLists = []string{"enable_in_regions", "disable_in_regions"}
