package main

import (
	"regexp"
	"strings"
)

var (
	word        = regexp.MustCompile(`[A-Z][a-z]+`)
	initialisms = map[string]string{
		"Arn": "ARN", "Arns": "ARNs", "Aws": "AWS", "Ec2": "EC2", "Eula": "EULA", "Iam": "IAM", "Id": "ID", "Ids": "IDs", "Json": "JSON", "Ou": "OU",
		"S3": "S3", "Url": "URL",
	}
)

// goName returns the Go name of a member: AccountId becomes AccountID.
func goName(member string) string {
	return word.ReplaceAllStringFunc(strings.ToUpper(member[:1])+member[1:], initial)
}

// constName returns the Go name of an enum's value: PolicyType and TAG_POLICY become PolicyTypeTagPolicy.
func constName(enum, value string) string {
	name := enum
	for part := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == '_' || r == '-' || r == '.' || r == ' ' || r == ':' }) {
		name += initial(part[:1] + strings.ToLower(part[1:]))
	}
	return name
}

// ruleName returns the name of the variable that holds the rule of a scalar shape.
func ruleName(shape string) string { return "rule" + goName(shape) }

func initial(w string) string {
	if i, ok := initialisms[w]; ok {
		return i
	}
	return w
}
