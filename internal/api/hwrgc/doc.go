// Package hwrgc serves Huawei Cloud's Resource Governance Center (RGC).
//
// The contract is contract.yaml. The shapes, the routes and the table of operations are generated from it; an API embeds Unimplemented
// and overrides the operations it serves, and Mount puts it on the wire.
//
// An optional text is plain and left out of answers when it is empty. Optional numbers, flags and times are pointers. A list is always
// sent, so an answer sets every list, to an empty one if need be.
package hwrgc

//go:generate oapi-codegen -config oapi.yaml contract.yaml
//go:generate go run ../../gen/hwgen -package hwrgc -unserved RGC.400 contract.yaml
