// Package inherit merges management (declarative) policies: it reads their documents, checks them against the vocabulary of their type, and
// works out what an account inherits, its effective policy.
//
//	Parse(type, text) ──> *Policy
//	                         │ attached, in an order
//	Begin(type) ──> State ── Extend(root) ── Extend(unit) ──┬── Extend(account) ──> Effective, ValidationErrors
//	                                                        └── Extend(account) ──> …
//
// A State never changes and shares what it inherits, so an organization costs one small step for each unit and each account. What a type of
// policy may say is data, one file a type.
//
// Sources: AWS Organizations User Guide, "Management policies", "Policy syntax and inheritance for management policy types" and the syntax
// page of each type; Huawei Cloud Organizations, "Tag policy syntax".
package inherit
