package hwrest

import (
	"bytes"
	"encoding/json"
	"fmt"
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
	Parameters []parameter `json:"parameters"`
	Body       *schema     `json:"body"`
}

// readDemands returns the demands by operation. It fails on what check could not hold a request against.
func readDemands(text []byte) (map[string]demand, error) {
	var all map[string]demand
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&all); err != nil {
		return nil, fmt.Errorf("read the contract's demands: %w", err)
	}
	for id, d := range all {
		if err := d.prepare(); err != nil {
			return nil, fmt.Errorf("read the demands of %s: %w", id, err)
		}
	}
	return all, nil
}

func (d demand) prepare() error {
	for i := range d.Parameters {
		if err := d.Parameters[i].Schema.prepare(); err != nil {
			return fmt.Errorf("%s: %w", d.Parameters[i].Name, err)
		}
	}
	if d.Body == nil {
		return nil
	}
	return d.Body.prepare()
}
