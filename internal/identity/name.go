package identity

import "github.com/polity-cloud/polity/internal/org"

// ARN returns the name under which AWS knows a caller (IAM User Guide, "IAM identifiers"): the session's for an assumed role.
func ARN(c org.Caller) string {
	p, a := string(c.Partition), string(c.AccountID)
	switch {
	case c.Kind == org.RootUser:
		return "arn:" + p + ":iam::" + a + ":root"
	case c.Kind == org.User:
		return "arn:" + p + ":iam::" + a + ":user" + c.Path + c.Name
	default:
		return "arn:" + p + ":sts::" + a + ":assumed-role/" + c.Name + "/" + c.Session
	}
}

// UserID returns what AWS calls a caller's unique id: the account for its root, the principal otherwise, with the session's name behind it
// when a role was assumed.
func UserID(c org.Caller) string {
	switch c.Kind {
	case org.RootUser:
		return string(c.AccountID)
	case org.User:
		return string(c.PrincipalID)
	default:
		return string(c.PrincipalID) + ":" + c.Session
	}
}

// RootTask returns the ARN of the policy that scopes a session of a root user to a task (STS, AssumeRoot); the empty text for none.
func RootTask(p org.Partition, task string) string {
	if task == "" {
		return ""
	}
	return "arn:" + string(p) + ":iam::aws:policy/root-task/" + task
}

// URN returns the name under which Huawei Cloud knows a caller (IAM, "Identity identifiers").
func URN(c org.Caller) string {
	a := string(c.AccountID)
	switch c.Kind {
	case org.RootUser:
		return "iam::" + a + ":root"
	case org.User:
		return "iam::" + a + ":user:" + c.Name
	default:
		return "sts::" + a + ":assumed-agency:" + c.Name + "/" + c.Session
	}
}
