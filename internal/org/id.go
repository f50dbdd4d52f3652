package org

// Identifiers are typed so that no floor of the house mixes them up. Their spelling is the partition's (Rules), and no code
// reads meaning out of one except through a rulebook.
type (
	OrganizationID string // "o-…"
	UnitID         string // of a unit ("ou-…") or of the root ("r-…"): the root is the unit without a parent
	AccountID      string // 12 digits on AWS, 32 hex digits on Huawei Cloud
	CreationID     string // of one request to create an account: "car-…" or "h-…"
	PrincipalID    string // "AROA…", "AIDA…" on AWS, 32 hex digits on Huawei Cloud
	KeyID          string // of an access key
	OperationID    string // of a long operation on a landing zone
)

// A Resource names anything that carries tags: an account, a unit, the root or a policy.
type Resource string
