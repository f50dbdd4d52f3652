// Package hwtest holds answers and requests of a Huawei Cloud API against its contract, for the tests of the APIs.
package hwtest

import (
	"maps"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// Contract is one API's contract.
type Contract struct {
	rows map[string]row
}

type row struct {
	method, path string
	op           *openapi3.Operation
}

// Load reads the contract in file, as strict as it is written.
func Load(tb testing.TB, file string) *Contract {
	tb.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	if err := doc.Validate(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	c := &Contract{rows: map[string]row{}}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			c.rows[op.OperationID] = row{method, path, op}
		}
	}
	if len(c.rows) == 0 {
		tb.Fatalf("%s has no operation", file)
	}
	return c
}

// Operations returns the names of all operations, sorted.
func (c *Contract) Operations() []string { return slices.Sorted(maps.Keys(c.rows)) }

func (c *Contract) row(tb testing.TB, operation string) row {
	tb.Helper()
	r, ok := c.rows[operation]
	if !ok {
		tb.Fatalf("the contract has no operation %s", operation)
	}
	return r
}
