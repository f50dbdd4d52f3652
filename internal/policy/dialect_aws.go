package policy

import "strings"

const (
	awsVersion    = "2012-10-17"
	awsOldVersion = "2008-10-17"
)

var aws = &cloud{
	operators:  awsOperators,
	variables:  []string{awsVersion},
	ids:        true,
	parts:      2,
	oneService: true,
	resource:   isARNPattern,
	principals: []string{"AWS", "Service", "Federated", "CanonicalUser"},
	account:    awsAccount,
}

// full is the whole language of statements about one's own rights.
var full = rules{
	legal: anyAction | anyResource | ElementCondition,
	needs: []Element{anyAction, anyResource},
}

// SCP is the dialect of service control policies: since September 2025 the whole language without principals (AWS Organizations User Guide,
// "SCP syntax"). A statement without Resource covers every resource, as in the examples of CreatePolicy.
var SCP = &Dialect{
	name: "service control policy", cloud: aws, size: 10240, versions: []string{awsVersion}, plainSids: true, everyAction: true,
	allow: rules{legal: full.legal, needs: []Element{anyAction}},
	deny:  rules{legal: full.legal, needs: []Element{anyAction}},
}

// RCP is the dialect of resource control policies that customers write (AWS Organizations User Guide, "RCP syntax").
var RCP = &Dialect{
	name: "resource control policy", cloud: aws, size: 5120, versions: []string{awsVersion}, plainSids: true, services: rcpServices,
	everyoneOnly: true,
	deny: rules{
		legal: ElementPrincipal | ElementAction | anyResource | ElementCondition,
		needs: []Element{ElementPrincipal, ElementAction, anyResource},
	},
}

// rcpServices are the services whose resources resource control policies reach. The list grows.
var rcpServices = []string{
	"s3", "sts", "kms", "sqs", "secretsmanager", "cognito-idp", "cognito-identity", "logs", "dynamodb", "appconfig", "appstream",
	"autoscaling", "codebuild", "codecommit", "comprehend", "comprehendmedical", "dax", "ecr", "health", "kinesisvideo", "aoss", "signin",
	"support", "textract", "transcribe", "translate",
}

// Identity is the dialect of managed identity policies, permissions boundaries and session policies. Inline policies have other sizes.
var Identity = &Dialect{
	name: "identity-based policy", cloud: aws, size: 6144, packed: true, versions: []string{awsVersion, awsOldVersion}, optional: true,
	plainSids: true, everyAction: true, allow: full, deny: full,
}

// Trust is the dialect of the trust policies of roles.
var Trust = &Dialect{
	name: "role trust policy", cloud: aws, size: 2048, packed: true, versions: []string{awsVersion, awsOldVersion}, optional: true,
	plainSids: true, services: []string{"sts"},
	allow: rules{legal: anyPrincipal | ElementAction | ElementCondition, needs: []Element{anyPrincipal, ElementAction}},
	deny:  rules{legal: anyPrincipal | ElementAction | ElementCondition, needs: []Element{anyPrincipal, ElementAction}},
}

// Resource is the dialect of other policies on resources.
var Resource = &Dialect{
	name: "resource-based policy", cloud: aws, size: 20480, versions: []string{awsVersion, awsOldVersion}, optional: true, everyAction: true,
	allow: rules{legal: full.legal | anyPrincipal, needs: []Element{anyPrincipal, anyAction, anyResource}},
	deny:  rules{legal: full.legal | anyPrincipal, needs: []Element{anyPrincipal, anyAction, anyResource}},
}

// isARNPattern reports whether a text can name resources: "*", or six parts of which the service is spelled out. A wildcard at the end may
// stand for the parts that are missing.
func isARNPattern(text string) bool {
	if text == "*" {
		return true
	}
	parts := strings.SplitN(text, ":", arnParts)
	if parts[0] != "arn" || len(parts) < 2 || len(parts) < arnParts && !strings.HasSuffix(text, "*") {
		return false
	}
	return len(parts) < 3 || parts[2] == "*" && len(parts) == 3 || parts[2] != "" && !strings.ContainsAny(parts[2], "*?")
}

// awsAccount reads the two spellings of an account as a principal.
func awsAccount(principal string) (string, bool) {
	if isAccountNumber(principal) {
		return principal, true
	}
	parts := strings.Split(principal, ":")
	if len(parts) == arnParts && parts[0] == "arn" && parts[2] == "iam" && parts[5] == "root" {
		return parts[4], isAccountNumber(parts[4])
	}
	return "", false
}

func isAccountNumber(s string) bool { return len(s) == 12 && strings.Trim(s, "0123456789") == "" }
