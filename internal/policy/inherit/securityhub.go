package inherit

var securityHubWords = &vocabulary{
	typ:  SecurityHub,
	size: characters(10_000),
	// A document names both lists, the empty one as well (User Guide, "Security Hub policy syntax").
	top: group("securityhub", enablement()...).names("enable_in_regions", "disable_in_regions"),
}
