package inherit

import (
	"fmt"
	"math"
	"strconv"
)

// coldDays is how long AWS keeps a backup in cold storage at least.
const coldDays = 90

var backupWords = &vocabulary{
	typ:  Backup,
	size: characters(10_000),
	top: table("plans", anything, shape(
		list("regions", region).min(1),
		// The ids of rules, selections and tags are lower-cased in every sample of an effective policy, plan names in none.
		table("rules", anything, backupRule).folded().min(1).maxMerged(10),
		backupSelections,
		group("advanced_backup_settings",
			group("ec2", choice("windows_vss", "enabled", "disabled")),
			group("s3", choice("backup_acls", "enabled", "disabled"), choice("backup_object_tags", "enabled", "disabled")),
		),
		backupTags("backup_plan_tags"),
		scanSettings,
	)),
}

var backupRule = shape(
	one("schedule_expression", cron).mustBeThere(),
	one("target_backup_vault_name", anything).mustBeThere(),
	one("target_logically_air_gapped_backup_vault_arn", arn),
	number("start_backup_window_minutes", 60, math.MaxInt32),
	number("complete_backup_window_minutes", 1, math.MaxInt32),
	flag("enable_continuous_backup"),
	backupLifecycle(),
	// Without a target the vault is the one that the key names, in lower case.
	table("copy_actions", arn, shape(one("target_backup_vault_arn", arn), backupLifecycle())),
	backupTags("recovery_point_tags"),
	group("index_actions", list("resource_types", anything)),
	scanActions,
)

var backupSelections = group("selections",
	table("tags", anything, shape(
		backupRole(),
		one("tag_key", tagKey).mustBeThere(),
		list("tag_value", tagValue).mustBeThere(),
		backupConditions(),
	)).folded(),
	table("resources", anything, shape(
		backupRole(),
		list("resource_types", backupResource).mustBeThere(),
		list("not_resource_types", backupResource),
		backupConditions(),
	)).folded(),
).mustBeThere().exactlyOne().law(oneKindOfSelection)

var (
	cron           = pattern("a cron expression of six fields", `cron\(\s*\S+(?:\s+\S+){5}\s*\)`)
	backupResource = except("*", arn)
	backupRoleARN  = pattern("the ARN of an IAM role", `arn:aws[a-z-]*:iam::(?:[0-9]{12}|\$account):role/\S+`)
)

// backupRole is the one place in which $account is replaced: samples of the User Guide differ, and AWS Backup itself resolves the vaults'.
func backupRole() *element {
	return one("iam_role_arn", backupRoleARN).namesAccount().mustBeThere()
}

func backupLifecycle() *element {
	return group("lifecycle",
		number("move_to_cold_storage_after_days", 1, math.MaxInt32),
		number("delete_after_days", 1, math.MaxInt32),
		flag("opt_in_to_archive_for_supported_resources"),
	).law(coldStorage)
}

func backupTags(name string) *element {
	return table(name, anything, shape(
		one("tag_key", tagKey).mustBeThere(),
		one("tag_value", tagValue).mustBeThere(),
	)).folded()
}

func backupConditions() *element {
	condition := func(operator string) *element {
		return table(operator, anything, shape(
			one("condition_key", anything).mustBeThere(),
			one("condition_value", tagValue).mustBeThere(),
		))
	}
	return group("conditions",
		condition("string_equals"), condition("string_not_equals"), condition("string_like"), condition("string_not_like"),
	).maxBelow(30).law(fewConditions)
}

// coldStorage looks at one document. What several make of a lifecycle together is not among the documented validation errors.
func coldStorage(n *node) wrong {
	cold, end := n.kid("move_to_cold_storage_after_days"), n.kid("delete_after_days")
	if cold == nil || end == nil || len(cold.assign) == 0 || len(end.assign) == 0 {
		return wrong{}
	}
	from, _ := strconv.Atoi(cold.assign[0])
	until, _ := strconv.Atoi(end.assign[0])
	if until-from < coldDays {
		return wrong{"delete_after_days", fmt.Sprintf("it is less than %d days after move_to_cold_storage_after_days", coldDays)}
	}
	return wrong{}
}

func oneKindOfSelection(n *node) wrong {
	if n.kid("tags") != nil && n.kid("resources") != nil {
		return wrong{"resources", "a plan selects either by tags or by resources"}
	}
	return wrong{}
}

func fewConditions(n *node) wrong {
	count := 0
	for _, operator := range n.kids {
		count += len(operator.kids)
	}
	if count > n.element.atMost {
		return wrong{message: fmt.Sprintf("%d conditions are more than %d", count, n.element.atMost)}
	}
	return wrong{}
}
