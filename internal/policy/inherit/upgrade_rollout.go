package inherit

var upgradeRolloutWords = &vocabulary{
	typ:  UpgradeRollout,
	size: octets(5_120),
	top: group("upgrade_rollout",
		group("default", patchOrder()),
		table("tags", tagKey, shape(
			table("tag_values", tagValue, shape(patchOrder())),
		)),
	),
}

func patchOrder() *element { return choice("patch_order", "first", "second", "last") }
