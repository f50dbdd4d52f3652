package inherit

var inspectorWords = &vocabulary{
	typ:  Inspector,
	size: characters(10_000),
	top: group("inspector", group("enablement",
		group("ec2_scanning", enablement()...),
		group("ecr_scanning", enablement()...),
		group("lambda_standard_scanning", append(enablement(), group("lambda_code_scanning", enablement()...))...),
		group("code_repository_scanning", enablement()...),
	)),
}
