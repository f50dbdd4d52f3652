// Package awsorg is the AWS Organizations API on the wire: its contract, the shapes generated from it, the table of its operations, the
// table of its faults, and the translation between Amazon's words and the control plane's. It holds no law of the domain.
//
// contract.json is the model of version 2016-11-28, stripped to what a server needs. Everything in the *_gen.go files comes from it. How a
// member of a shape is written in Go depends on whether its zero value could be meant:
//
//   - A required string, number or boolean is a plain value.
//   - An optional one is plain as well if the contract does not allow "" or 0 there: the zero value says that it is absent. This covers
//     ids, names, enums, page tokens (an empty one would be taken for another page) and timestamps.
//   - An optional one for which the zero value means something, such as a policy's Description, is a pointer: new(d).
//   - A shape is a pointer, nil when absent.
//   - A list is nil when absent. The lists at the top of an answer are always written, nil as [], because clients index them unseen.
//
// In a request that reaches a handler every required member is present and every member obeys the contract's lengths, patterns and enums.
// Validate judges what Decode read: a shape put together by hand counts as one without members. Shapes that hold a sensitive member print
// and log as their name alone.
package awsorg

//go:generate go run ../../gen/awsgen -reason PolicyTargetId=INVALID_PATTERN_TARGET_ID -reason PolicyId=INVALID_SYNTAX_POLICY_ID -reason PolicyType=INVALID_ENUM_POLICY_TYPE -reason EffectivePolicyType=INVALID_ENUM_POLICY_TYPE
