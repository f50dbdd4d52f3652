// Package awsaccount is the AWS Account Management API on the wire: its contract, the shapes generated from it, the table of its operations, the
// table of its faults, and the translation between Amazon's words and the control plane's. It holds no law of the domain.
//
// contract.json is the model of version 2021-02-01, stripped to what a server needs. Everything in the *_gen.go files comes from it; package
// awsorg says how a member of a shape is written in Go.
package awsaccount

//go:generate go run ../../gen/awsgen
