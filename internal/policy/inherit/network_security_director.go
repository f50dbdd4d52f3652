package inherit

var networkSecurityDirectorWords = &vocabulary{
	typ:  NetworkSecurityDirector,
	size: characters(10_000),
	top:  group("network_security_director", group("enablement", group("network_security_scan", enablement()...))),
}
