package inherit

// Beside input_tags this knows the two groups that newer editions of the User Guide, "Amazon Bedrock policy syntax", have in its place.
var bedrockWords = &vocabulary{
	typ:  Bedrock,
	size: characters(10_000),
	top: group("bedrock", table("guardrail_inference", region, shape(
		group("config_1",
			one("identifier", guardrail).mustBeThere(),
			choice("input_tags", "honor", "ignore"),
			group("selective_content_guarding",
				choice("system", "selective", "comprehensive"),
				choice("messages", "selective", "comprehensive"),
			),
			group("model_enforcement",
				list("included_models", anything),
				list("excluded_models", anything).keepsEmpty(),
			),
		),
	))),
}

// guardrail has a version: a draft cannot be enforced.
var guardrail = pattern("the ARN of a guardrail with its version", `arn:aws[a-z-]*:bedrock:[a-z0-9-]+:[0-9]{12}:guardrail/[a-z0-9]+:[0-9]+`)
