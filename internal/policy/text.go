package policy

import "fmt"

// AWSMemberDenial is what AWS Organizations tells callers in a member account, whatever the reason.
const AWSMemberDenial = "You don't have permissions to access this resource."

var awsNames = [...]string{
	ServiceControl:      "service control policy",
	ResourceControl:     "resource control policy",
	ResourceBased:       "resource-based policy",
	RoleTrust:           "role trust policy",
	IdentityBased:       "identity-based policy",
	PermissionsBoundary: "permissions boundary",
	SessionBased:        "session policy",
}

func (c Class) String() string {
	if c == NoPolicy {
		return "no policy"
	}
	return awsNames[c]
}

// AWSDenial words a denial as AWS does (IAM User Guide, "Troubleshoot access denied error messages").
func AWSDenial(v Verdict, r *Request) string {
	s := fmt.Sprintf("User: %s is not authorized to perform: %s", r.Principal.Name, r.Action)
	if r.Resource != "" {
		s += " on resource: " + r.Resource
	}
	switch name := awsNames[v.Class]; {
	case v.Effect == Deny && v.Class == IdentityBased:
		return s + " with an explicit deny in an " + name
	case v.Effect == Deny:
		return s + " with an explicit deny in a " + name
	default:
		return s + fmt.Sprintf(" because no %s allows the %s action", name, r.Action)
	}
}

// The names that Huawei Cloud's texts put in front of the word policy. The boundary's is our reading.
var huaweiNames = [...]string{
	ServiceControl:      "service control",
	ResourceControl:     "resource control",
	ResourceBased:       "resource-based",
	RoleTrust:           "trust",
	IdentityBased:       "identity-based",
	PermissionsBoundary: "permissions boundary",
	SessionBased:        "session",
}

// HuaweiDenial words a denial as Huawei Cloud does (IAM FAQ, "Why is a request denied").
func HuaweiDenial(v Verdict, r *Request) string {
	resource := r.Resource
	if resource == "" {
		resource = "*"
	}
	s := fmt.Sprintf("User: %s is not authorized to perform: %s on resource: %s", r.Principal.Name, r.Action, resource)
	if v.Effect == Deny {
		return s + fmt.Sprintf(" with an explicit deny in the %s policy.", huaweiNames[v.Class])
	}
	return s + fmt.Sprintf(" because no %s policy allows the %s action.", huaweiNames[v.Class], r.Action)
}

// String tells the verdict and its reason in one line for people and logs.
func (v Verdict) String() string {
	at := ""
	if v.Node != "" {
		at = " at " + v.Node
	}
	switch {
	case v.Effect == None:
		return fmt.Sprintf("denied: no %s allows%s", v.Class, at)
	case v.By == nil:
		return "allowed by " + v.Class.String()
	case v.Effect == Deny:
		return fmt.Sprintf("denied by %s %s%s", v.Class, v.By, at)
	default:
		return fmt.Sprintf("allowed by %s %s%s", v.Class, v.By, at)
	}
}

// String names the statement: by its Sid if it has one, else by its place in the list.
func (r *Reference) String() string {
	if r.Sid != "" {
		return r.Policy + "[" + r.Sid + "]"
	}
	return fmt.Sprintf("%s[%d]", r.Policy, r.Index)
}
