// Package awssts is the AWS Security Token Service on the wire, as far as clients of an organization need it: who am I, enter a member account, act as
// its root user for one task, get session credentials, whose key is this. It translates between Amazon's words and the control plane's and holds no law of the domain.
//
// Session policies are refused rather than ignored: credentials that are wider than what was asked for would be a lie.
package awssts
