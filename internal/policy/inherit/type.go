package inherit

// A Type is a type of management policy.
type Type string

// The types. All but the last are AWS's.
const (
	Tag                     Type = "tag"
	Backup                  Type = "backup"
	AIServices              Type = "ai_services_opt_out"
	Chatbot                 Type = "chatbot"
	DeclarativeEC2          Type = "declarative_ec2"
	SecurityHub             Type = "security_hub"
	Inspector               Type = "inspector"
	UpgradeRollout          Type = "upgrade_rollout"
	Bedrock                 Type = "bedrock"
	S3                      Type = "s3"
	NetworkSecurityDirector Type = "network_security_director"
	HuaweiTag               Type = "huawei_tag"
)

// Types returns every type, in a fixed order.
func Types() []Type {
	types := make([]Type, len(vocabularies))
	for i, v := range vocabularies {
		types[i] = v.typ
	}
	return types
}

// A Size is how long a document may be. White space counts.
type Size struct {
	Max   int
	Bytes bool // counted in bytes, and else in characters
}

// SizeOf returns the longest document of a type (AWS Organizations, "Quotas"), and false for an unknown type.
func SizeOf(t Type) (Size, bool) {
	v := vocabularyOf(t)
	if v == nil {
		return Size{}, false
	}
	return v.size, true
}
