// Package hworg is the Huawei Cloud Organizations API on the wire: its contract, the shapes generated from it, the tables of its faults and
// failures, and the translation between Huawei's words and the control plane's. It holds no law of the domain.
//
// The contract is contract.yaml. The shapes, the routes and the table of operations are generated from it. API embeds Unimplemented and overrides
// the operations that are served; New puts it on the wire with faults and denials around it, Mount anything else that has the contract's methods.
package hworg

//go:generate oapi-codegen -config oapi.yaml contract.yaml
//go:generate go run ../../gen/hwgen -package hworg -unserved Organizations.1000 contract.yaml
