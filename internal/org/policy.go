package org

import (
	"time"
	"unicode/utf8"
)

// PolicyID names a policy of an organization, or one of the cloud's own.
type PolicyID string

// PolicyType tells what policies say and how they work down the tree.
type PolicyType string

// The types of policy. Which of them a cloud has is for its rulebook.
const (
	ServiceControl  PolicyType = "service_control"  // what the principals of an account may do at most
	ResourceControl PolicyType = "resource_control" // what may be done at most to the resources of an account

	TagPolicy                     PolicyType = "tag"
	BackupPolicy                  PolicyType = "backup"
	AIServicesPolicy              PolicyType = "ai_services_opt_out"
	ChatbotPolicy                 PolicyType = "chatbot"
	DeclarativeEC2Policy          PolicyType = "declarative_ec2"
	SecurityHubPolicy             PolicyType = "security_hub"
	InspectorPolicy               PolicyType = "inspector"
	UpgradeRolloutPolicy          PolicyType = "upgrade_rollout"
	BedrockPolicy                 PolicyType = "bedrock"
	S3Policy                      PolicyType = "s3"
	NetworkSecurityDirectorPolicy PolicyType = "network_security_director"
)

// PolicyDescription is how many characters a policy's description has at most.
const PolicyDescription = 512

// A Policy is a document that can be attached to the root, to units and to accounts. Its type never changes, and its content is kept byte for
// byte.
type Policy struct {
	ID             PolicyID
	OrganizationID OrganizationID // empty for the cloud's own
	Type           PolicyType
	Name           string
	Description    string
	Content        string
	CreatedAt      time.Time
	Version        int64 // of the organization when the policy was last changed
}

// BuiltIn reports whether the policy is the cloud's own, which every organization has and nobody changes.
func (p *Policy) BuiltIn() bool { return p.OrganizationID == "" }

// A PolicyChange is what may be changed of a policy; nil leaves a part as it is.
type PolicyChange struct {
	Name        *string
	Description *string
	Content     *string
}

// Change returns the policy as it is after a change. It fails with PolicyImmutable for the cloud's own, and with InvalidPolicyName and InputTooLong;
// what a document may say is judged elsewhere.
func (p Policy) Change(r *Rules, c PolicyChange, version int64) (Policy, error) {
	if p.BuiltIn() {
		return Policy{}, Errorf(PolicyImmutable, "the policy %s belongs to the cloud", p.ID)
	}
	if c.Name != nil {
		p.Name = *c.Name
	}
	if c.Description != nil {
		p.Description = *c.Description
	}
	if c.Content != nil {
		p.Content = *c.Content
	}
	p.Version = version
	return p, p.check(r)
}

// NewPolicy makes a policy. It fails with PolicyTypeUnavailable for a type that the organization cannot use, with InvalidPolicyName, and with
// InputTooLong for the description; what a document may say is judged elsewhere.
func NewPolicy(o Organization, id PolicyID, t PolicyType, name, description, content string, now time.Time) (Policy, error) {
	if _, err := o.PolicyRule(t); err != nil {
		return Policy{}, err
	}
	p := Policy{
		ID: id, OrganizationID: o.ID, Type: t, Name: name, Description: description, Content: content, CreatedAt: now, Version: o.Version,
	}
	return p, p.check(o.Rules())
}

func (p *Policy) check(r *Rules) error {
	if err := r.PolicyName.check(InvalidPolicyName, p.Name); err != nil {
		return err
	}
	if r.ownPolicyNamed(p.Name) {
		return Errorf(PolicyNameTaken, "the cloud's own policy %s has the name", p.Name)
	}
	if utf8.RuneCountInString(p.Description) > PolicyDescription {
		return Errorf(InputTooLong, "a description has at most %d characters", PolicyDescription)
	}
	return withoutZero(InputMalformed, "a description", p.Description)
}

// An Attachment is a policy on the root, a unit or an account.
type Attachment struct {
	OrganizationID OrganizationID
	PolicyID       PolicyID
	Type           PolicyType
	TargetID       string
	Position       int64 // the organization's version when it was attached, and so its place among the target's attachments
}
