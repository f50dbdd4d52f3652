package hwrest

import (
	"encoding/json"
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"
)

// Contract is what is generated from one API's contract.
type Contract struct {
	Name       string               // the API's name, for the log
	Operations map[string]Operation // by name
	Demands    []byte               // what each operation asks of a request; see demand
}

// Operation is one row of a contract.
type Operation struct {
	Method  string
	Path    string   // with parameters as {name}
	Success int      // HTTP status of the success
	Action  string   // the identity-policy action; empty when the vendor documents none
	Callers []string // the contract's x-callers
}

// demand is what one operation asks of a request: parameters of path and query, and the body, which is required when there is a schema.
type demand struct {
	Parameters []*openapi3.Parameter `json:"parameters"`
	Body       *openapi3.Schema      `json:"body"`
}

func readDemands(text []byte) (map[string]demand, error) {
	var all map[string]demand
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("read the contract's demands: %w", err)
	}
	return all, nil
}
