// Package conformance has real clients drive the running binary: the AWS SDK for Go and the Huawei Cloud SDK for Go, whose dependencies clash
// with those of the product and so live in a module of their own. The tests hold the clouds' documented behaviour against the answers; they
// know nothing of the product's insides but its contracts.
//
//	harness    builds and runs the binary, and makes clients
//	aws        AWS Organizations and STS; all that the contract lists is seen
//	huawei     Huawei Cloud Organizations, RGC, IAM and STS
//	signature  what proves a caller, and what does not
//	sweep      every operation of every API, from every sort of caller
//	twin       open mode, the twin's controls, quotas, the provisioner
package conformance
