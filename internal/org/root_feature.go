package org

// RootAccessService is the service by which an organization looks after the root users of its members.
const RootAccessService = "iam.amazonaws.com"

// A RootFeature is a part of that care which an organization turns on (IAM User Guide, "Centralize root access for member accounts").
type RootFeature string

// The parts.
const (
	RootCredentials RootFeature = "RootCredentialsManagement" // what root users log in with
	RootSessions    RootFeature = "RootSessions"              // tasks in members that take a root user
)

// A RootTask is what a session of a member's root user is for.
type RootTask struct {
	Name    string // of the cloud's own policy that scopes the session
	Feature RootFeature
	Actions []string // what the session may do
}

// RootTasks are all tasks that there are (STS, AssumeRoot, TaskPolicyArn).
var RootTasks = []RootTask{
	{"IAMAuditRootUserCredentials", RootCredentials, []string{
		"iam:GetAccessKeyLastUsed", "iam:GetAccountSummary", "iam:GetLoginProfile", "iam:GetUser", "iam:ListAccessKeys", "iam:ListMFADevices",
		"iam:ListSigningCertificates",
	}},
	{"IAMCreateRootUserPassword", RootCredentials, []string{"iam:CreateLoginProfile", "iam:GetLoginProfile"}},
	{"IAMDeleteRootUserCredentials", RootCredentials, []string{
		"iam:DeactivateMFADevice", "iam:DeleteAccessKey", "iam:DeleteLoginProfile", "iam:DeleteSigningCertificate", "iam:DeleteVirtualMFADevice",
		"iam:GetAccessKeyLastUsed", "iam:GetLoginProfile", "iam:GetUser", "iam:ListAccessKeys", "iam:ListMFADevices", "iam:ListSigningCertificates",
	}},
	{"S3UnlockBucketPolicy", RootSessions, []string{"s3:DeleteBucketPolicy", "s3:GetBucketPolicy", "s3:ListAllMyBuckets", "s3:PutBucketPolicy"}},
	{"SQSUnlockQueuePolicy", RootSessions, []string{"sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueues", "sqs:SetQueueAttributes"}},
}

// RootTaskOf returns the task of a name, and false when there is none.
func RootTaskOf(name string) (RootTask, bool) {
	for _, t := range RootTasks {
		if t.Name == name {
			return t, true
		}
	}
	return RootTask{}, false
}
