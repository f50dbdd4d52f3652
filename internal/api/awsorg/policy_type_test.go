package awsorg

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A typeCase is what the guide says of one type: a document with the white space of an editor, one that is refused, and the figures of
// "Quotas and service limits".
type typeCase struct {
	right, wrong string
	size, most   int
	service      string // to be trusted first
	own          string // AWS's policy, attached from the first moment on
}

var typeCases = map[PolicyType]typeCase{
	PolicyTypeServiceControlPolicy: {
		right: "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [ { \"Sid\": \"Regions\", \"Effect\": \"Deny\", \"NotAction\": [\"iam:*\", \"sts:*\"], \"Resource\": \"*\",\n" +
			"    \"Condition\": { \"StringNotEquals\": { \"aws:RequestedRegion\": [\"eu-west-1\"] }, \"ArnNotLikeIfExists\": { \"aws:PrincipalARN\": \"arn:aws:iam::*:role/Admin*\" } } } ]\n}\n",
		wrong: `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}}`, size: 10240, most: 10, own: "p-FullAWSAccess",
	},
	PolicyTypeResourceControlPolicy: {
		right: `{"Version":"2012-10-17","Statement":[{"Sid":"Perimeter","Effect":"Deny","Principal":"*","Action":["s3:*","sqs:*","kms:*","secretsmanager:*","sts:AssumeRole"],` +
			`"Resource":"*",` +
			`"Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-abcdefghij"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}}]}`,
		wrong: `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}`, size: 5120, most: 5, own: "p-RCPFullAWSAccess",
	},
	PolicyTypeTagPolicy: {
		right: "{\r\n\t\"tags\": {\r\n\t\t\"CostCenter\": {\r\n\t\t\t\"tag_key\": {\"@@assign\": \"CostCenter\", \"@@operators_allowed_for_child_policies\": [\"@@none\"]},\r\n" +
			"\t\t\t\"tag_value\": {\"@@assign\": [\"100\", \"2*\"]}, \"enforced_for\": {\"@@assign\": [\"s3:ALL_SUPPORTED\", \"ec2:instance\"]},\r\n" +
			"\t\t\t\"report_required_tag_for\": {\"@@append\": [\"rds:db\"]}\r\n\t\t}\r\n\t}\r\n}",
		wrong: `{"tags":{"CostCenter":{"tag_key":{"@@assign":"Team"}}}}`, size: 10000, most: 10,
	},
	PolicyTypeBackupPolicy: {
		right: `{"plans":{"Daily":{"regions":{"@@assign":["eu-west-1"]},"rules":{"Night":{"schedule_expression":{"@@assign":"cron(0 2 ? * * *)"},` +
			`"target_backup_vault_name":{"@@assign":"Vault"},` +
			`"scan_actions":{"GUARDDUTY":{"scan_mode":{"@@assign":"FULL_SCAN"}}}}},"selections":{"tags":{"Gold":{"iam_role_arn":{"@@assign":"arn:aws:iam::$account:role/B"},` +
			`"tag_key":{"@@assign":"tier"},` +
			`"tag_value":{"@@assign":["gold"]}}}},"scan_settings":{"GUARDDUTY":{"resource_types":{"@@assign":["EBS"]},"scanner_role_arn":{"@@assign":"arn:aws:iam::$account:role/S"}}}}}}`,
		wrong: `{"plans":{"Daily":{"rules":{"Night":{"start_backup_window_minutes":{"@@assign":"59"}}}}}}`, size: 10000, most: 10,
	},
	PolicyTypeAiservicesOptOutPolicy: {
		right: `{"services":{"@@operators_allowed_for_child_policies":["@@none"],"default":{"opt_out_policy":{"@@operators_allowed_for_child_policies":["@@none"],"@@assign":"optOut"}}}}`,
		wrong: `{"services":{"default":{"opt_out_policy":{"@@assign":"optout"}}}}`, size: 2500, most: 5,
	},
	PolicyTypeChatbotPolicy: {
		right: `{"chatbot":{"platforms":{"slack":{"client":{"@@assign":"enabled"},"workspaces":{"@@assign":["*"]},"default":{"supported_channel_types":{"@@assign":["private"]}}},` +
			`"microsoft_teams":{"client":{"@@assign":"enabled"},"tenants":{"01234567-89ab-cdef-0123-456789abcdef":{"@@assign":["*"]}}},"chime":{"client":{"@@assign":"disabled"}}},` +
			`"default":{"client":{"@@assign":"disabled"}}}}`,
		wrong: `{"chatbot":{"platforms":{"chime":{"workspaces":{"@@assign":["*"]}}}}}`, size: 10000, most: 5,
	},
	PolicyTypeDeclarativePolicyEC2: {
		right: `{"ec2_attributes":{"exception_message":{"@@assign":"Ask us."},"allowed_images_settings":{"state":{"@@assign":"audit_mode"},` +
			`"image_criteria":{"criteria_1":{"allowed_image_providers":{"@@append":["amazon","111122223333"]},` +
			`"deprecation_time_condition":{"maximum_days_since_deprecated":{"@@assign":0}}}}},"instance_metadata_defaults":{"http_tokens":{"@@assign":"required"},` +
			`"http_put_response_hop_limit":{"@@assign":"2"}}}}`,
		wrong: `{"ec2_attributes":{"serial_console_access":{"status":"enabled"}}}`, size: 10000, most: 10,
	},
	PolicyTypeSecurityhubPolicy: {
		right: `{"securityhub":{"enable_in_regions":{"@@append":["ALL_SUPPORTED"],"@@operators_allowed_for_child_policies":["@@all"]},"disable_in_regions":{"@@append":[],` +
			`"@@operators_allowed_for_child_policies":["@@all"]}}}`,
		wrong: `{"securityhub":{"enable_in_regions":{"@@assign":["ALL_SUPPORTED"]}}}`, size: 10000, most: 10, service: "securityhub.amazonaws.com",
	},
	PolicyTypeInspectorPolicy: {
		right: `{"inspector":{"enablement":{"lambda_standard_scanning":{"enable_in_regions":{"@@assign":["us-east-1"]},"disable_in_regions":{"@@assign":["eu-west-1"]},` +
			`"lambda_code_scanning":{"enable_in_regions":{"@@assign":["us-east-1"]}}}}}}`,
		wrong: `{"inspector":{"ec2_scanning":{"enable_in_regions":{"@@assign":["us-east-1"]}}}}`, size: 10000, most: 10, service: "inspector2.amazonaws.com",
	},
	PolicyTypeUpgradeRolloutPolicy: {
		right: `{"upgrade_rollout":{"default":{"patch_order":{"@@assign":"last"}},"tags":{"stage":{"tag_values":{"dev":{"patch_order":{"@@assign":"first"}}}}}}}`,
		wrong: `{"upgrade_rollout":{"default":{"patch_order":{"@@assign":"third"}}}}`, size: 5120, most: 10,
	},
	PolicyTypeBedrockPolicy: {
		right: `{"bedrock":{"guardrail_inference":{"us-east-1":{"config_1":{"identifier":{"@@assign":"arn:aws:bedrock:us-east-1:111122223333:guardrail/abc123:1"},` +
			`"input_tags":{"@@assign":"honor"}}}}}}`,
		wrong: `{"bedrock":{"guardrail_inference":{"us-east-1":{"config_1":{"identifier":{"@@assign":"arn:aws:bedrock:us-east-1:111122223333:guardrail/abc123:DRAFT"}}}}}}`, size: 10000, most: 10,
	},
	PolicyTypeS3Policy: {
		right: `{"s3_attributes":{"public_access_block_configuration":{"@@assign":"all"}}}`,
		wrong: `{"s3_attributes":{"public_access_block_configuration":{"@@assign":true}}}`, size: 10000, most: 10,
	},
	PolicyTypeNetworkSecurityDirectorPolicy: {
		right: `{"network_security_director":{"enablement":{"network_security_scan":{"enable_in_regions":{"@@assign":["us-east-1"]},"disable_in_regions":{"@@assign":[]}}}}}`,
		wrong: `{"network_security_director":{"network_security_scan":{}}}`, size: 10000, most: 10,
	},
}

func TestTheLifeOfEveryType(t *testing.T) {
	t.Parallel()
	if len(typeCases) != len(policyTypes) {
		t.Fatalf("%d types have a case, there are %d", len(typeCases), len(policyTypes))
	}
	for kind, c := range typeCases {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			c.live(managed(t), string(kind))
		})
	}
}

func (c typeCase) live(h *house, kind string) {
	first := c.documents(h, kind)
	c.switchOn(h, kind)
	member, unit := h.member("one"), h.unit(h.r, "u")
	if c.own != "" {
		for _, target := range []string{h.r, payer, member, unit} {
			if got := h.attached(target, kind); !slices.Equal(got, []string{c.own}) {
				h.Errorf("%s has %v", target, got)
			}
		}
	}
	want := h.attached(member, kind)
	for i := range c.most - len(want) {
		id := h.policy(kind, fmt.Sprint("p", i), c.right)
		h.attach(id, member)
		want = append(want, id)
	}
	if got := h.attached(member, kind); !slices.Equal(got, want) {
		h.Errorf("in the order of attaching: %v, not %v", got, want)
	}
	h.refuses("one more", "AttachPolicy", payer, object("PolicyId", first, "TargetId", member), constraint, "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED")
	if c.own == "" {
		h.do("DescribeEffectivePolicy", payer, object("PolicyType", kind, "TargetId", member))
		h.refuses("where nothing is attached", "DescribeEffectivePolicy", payer, object("PolicyType", kind), "EffectivePolicyNotFoundException", "")
	}
	c.switchOff(h, kind, member, want[len(want)-1])
}

// documents makes a policy while its type is off, and returns it.
func (c typeCase) documents(h *house, kind string) string {
	id := h.policy(kind, "first", c.right)
	same := func(content string) {
		h.Helper()
		if got := h.find(h.do("DescribePolicy", payer, object("PolicyId", id)), "Policy", "Content"); got != content {
			h.Errorf("the document comes back as %q, not %q", got, content)
		}
	}
	same(c.right)
	for _, wrong := range []string{c.wrong, `{}`, `[]`, "not JSON", c.right + c.right, `{"other":{}}`} {
		body := object("Name", "wrong", "Description", "", "Type", kind, "Content", wrong)
		h.refuses(wrong, "CreatePolicy", payer, body, "MalformedPolicyDocumentException", "")
		h.refuses(wrong, "UpdatePolicy", payer, object("PolicyId", id, "Content", wrong), "MalformedPolicyDocumentException", "")
	}
	same(c.right)
	full := c.right + strings.Repeat(" ", c.size-len(c.right))
	h.do("UpdatePolicy", payer, object("PolicyId", id, "Content", full))
	same(full)
	h.refuses("a character more", "UpdatePolicy", payer, object("PolicyId", id, "Content", full+" "), constraint, "POLICY_CONTENT_LIMIT_EXCEEDED")
	h.refuses("a character more", "CreatePolicy", payer, object("Name", "long", "Description", "", "Type", kind, "Content", full+"\n"), constraint, "POLICY_CONTENT_LIMIT_EXCEEDED")
	h.refuses("a type that is off", "AttachPolicy", payer, object("PolicyId", id, "TargetId", h.r), "PolicyTypeNotEnabledException", "")
	return id
}

func (c typeCase) switchOn(h *house, kind string) {
	if c.service != "" {
		h.refuses("without trust", "EnablePolicyType", payer, object("RootId", h.r, "PolicyType", kind), constraint, "SERVICE_ACCESS_NOT_ENABLED")
		h.do("EnableAWSServiceAccess", payer, object("ServicePrincipal", c.service))
	}
	h.enable(kind)
	if c.service != "" {
		h.refuses("the type's service", "DisableAWSServiceAccess", payer, object("ServicePrincipal", c.service), constraint, "POLICY_TYPE_ENABLED_FOR_THIS_SERVICE")
	}
}

// switchOff ends with the type on again: the policies have stayed, their attachments have not.
func (c typeCase) switchOff(h *house, kind, target, attached string) {
	h.refuses("an attached one", "DeletePolicy", payer, object("PolicyId", attached), "PolicyInUseException", "")
	h.do("DisablePolicyType", payer, object("RootId", h.r, "PolicyType", kind))
	if got := h.attached(target, kind); len(got) > 0 {
		h.Errorf("%v outlast their type", got)
	}
	if c.service != "" {
		h.do("DisableAWSServiceAccess", payer, object("ServicePrincipal", c.service))
		h.do("EnableAWSServiceAccess", payer, object("ServicePrincipal", c.service))
	}
	h.answers("DeletePolicy", payer, object("PolicyId", attached), "")
	h.enable(kind)
	var want []string
	if c.own != "" {
		want = []string{c.own}
	}
	if got := h.attached(target, kind); !slices.Equal(got, want) {
		h.Errorf("%v come back with their type", got)
	}
}

// attached lists the policies of a type on a target.
func (h *house) attached(target, kind string) (ids []string) {
	h.Helper()
	for _, p := range h.find(h.do("ListPoliciesForTarget", payer, object("TargetId", target, "Filter", kind)), "Policies").([]any) {
		ids = append(ids, h.find(p, "Id").(string))
	}
	return ids
}

func TestPolicyChangesAreInProgressWhenAFaultSaysSo(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(scp)
	id := h.policy(scp, "a", denyLeave)
	for operation, body := range map[string]string{
		"AttachPolicy": object("PolicyId", id, "TargetId", h.r), "UpdatePolicy": object("PolicyId", id, "Description", "x"),
		"EnablePolicyType": object("RootId", h.r, "PolicyType", "TAG_POLICY"),
	} {
		if _, err := h.faults.Add(faultOn(operation, "PolicyChangesInProgressException")); err != nil {
			t.Fatal(err)
		}
		h.refuses("injected", operation, payer, body, "PolicyChangesInProgressException", "")
		h.do(operation, payer, body)
	}
}
