package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// operation is one row of the contract.
type operation struct {
	ID, Method, Path string
	Success          int
	Action           string   // x-action; empty when the contract says there is none
	Callers          []string // x-callers
	raw              *openapi3.Operation
}

// read returns the contract's operations in order of their names.
func read(path string) ([]operation, error) {
	doc, err := openapi3.NewLoader().LoadFromFile(path)
	if err != nil {
		return nil, err
	}
	var ops []operation
	for path, item := range doc.Paths.Map() {
		for method, raw := range item.Operations() {
			op, err := row(method, path, raw)
			if err != nil {
				return nil, fmt.Errorf("%s %s: %w", method, path, err)
			}
			ops = append(ops, op)
		}
	}
	slices.SortFunc(ops, func(a, b operation) int { return cmp.Compare(a.ID, b.ID) })
	return ops, nil
}

func row(method, path string, raw *openapi3.Operation) (operation, error) {
	op := operation{ID: raw.OperationID, Method: method, Path: path, raw: raw}
	for status := range raw.Responses.Map() {
		if code, err := strconv.Atoi(status); err == nil && op.Success == 0 {
			op.Success = code
		} else if err == nil {
			return op, fmt.Errorf("more than one success: %d and %d", op.Success, code)
		}
	}
	// The contracts say "none (...)" where the vendor documents no action.
	if action, _ := raw.Extensions["x-action"].(string); !strings.HasPrefix(action, "none") {
		op.Action = action
	}
	callers, _ := raw.Extensions["x-callers"].([]any)
	for _, c := range callers {
		op.Callers = append(op.Callers, fmt.Sprint(c))
	}
	if op.ID == "" || op.Success == 0 || len(op.Callers) == 0 {
		return op, fmt.Errorf("no operationId, no success or no x-callers")
	}
	return op, nil
}
