// Package awsjson speaks the AWS JSON 1.1 protocol on the server's side: one POST a call, the operation in X-Amz-Target, JSON both ways,
// faults as {"__type", "Message"}. It knows no service: operations, authentication and the fault table come from the API package.
//
// A Service answers requests from a table of operations. The shapes of an operation are generated (see internal/gen/awsgen) and call the
// decoders, checks and encoders of this package:
//
//	body --Decode--> Input --Validate--> Operation.Call --> Output --Append--> body
//	  |                |                     |
//	SerializationException  Violation       error, folded to a Fault by Service.Fault
//
// Member names are case-sensitive, unknown members are ignored, null is the same as absent, and of a member given twice the last one counts.
package awsjson
