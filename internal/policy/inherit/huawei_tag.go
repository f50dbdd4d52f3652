package inherit

// Huawei's tag policies share AWS's operators and merge. They report no required tags, and know a service as a whole as service:* only.
var huaweiTagWords = &vocabulary{
	typ:  HuaweiTag,
	size: characters(10_000),
	top: table("tags", tagKey, shape(
		one("tag_key", tagKey),
		list("tag_value", both(length(0, 255), atMostOneStar)),
		list("enforced_for", pattern("service:type or service:*, of one service", `[A-Za-z0-9][A-Za-z0-9_-]*:(?:\*|[A-Za-z0-9][A-Za-z0-9._/-]*)`)),
	).law(spelling)).folded(),
}
