package inherit

var s3Words = &vocabulary{
	typ:  S3,
	size: characters(10_000),
	top:  group("s3_attributes", choice("public_access_block_configuration", "all", "none")),
}
