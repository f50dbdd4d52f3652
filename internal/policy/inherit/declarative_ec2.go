package inherit

import (
	"fmt"
	"math"
)

var declarativeEC2Words = &vocabulary{
	typ:  DeclarativeEC2,
	size: characters(10_000),
	top: group("ec2_attributes",
		one("exception_message", anything),
		group("vpc_block_public_access", group("internet_gateway_block",
			choice("mode", "off", "block_ingress", "block_bidirectional"),
			choice("exclusions_allowed", "enabled", "disabled"),
		)),
		group("serial_console_access", choice("status", "enabled", "disabled")),
		group("image_block_public_access", choice("state", "unblocked", "block_new_sharing")),
		group("snapshot_block_public_access", choice("state", "block_all_sharing", "block_new_sharing", "unblocked")),
		group("allowed_images_settings",
			choice("state", "enabled", "disabled", "audit_mode"),
			group("image_criteria", imageCriteria()...),
		),
		group("instance_metadata_defaults",
			choice("http_tokens", "no_preference", "required", "optional"),
			number("http_put_response_hop_limit", -1, 64).orNumber(),
			choice("http_endpoint", "no_preference", "enabled", "disabled"),
			choice("instance_metadata_tags", "no_preference", "enabled", "disabled"),
			choice("http_tokens_enforced", "no_preference", "enabled", "disabled"),
		),
	),
}

func imageCriteria() []*element {
	criteria := make([]*element, 10)
	for i := range criteria {
		criteria[i] = group(fmt.Sprintf("criteria_%d", i+1),
			list("allowed_image_providers", pattern("an account id or an owner alias", `[0-9]{12}|[a-z][a-z_-]*`)),
			list("image_names", length(1, 128)),
			list("marketplace_product_codes", pattern("a product code", `[A-Za-z0-9]{1,25}`)),
			group("creation_date_condition", number("maximum_days_since_created", 0, math.MaxInt32).orNumber()),
			group("deprecation_time_condition", number("maximum_days_since_deprecated", 0, math.MaxInt32).orNumber()),
		)
	}
	return criteria
}
