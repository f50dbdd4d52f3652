package main

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// demand is what one operation asks of a request, in the form that hwrest reads.
type demand struct {
	Parameters []*openapi3.Parameter `json:"parameters,omitempty"` // of path and query
	Body       *openapi3.SchemaRef   `json:"body,omitempty"`       // required when present
}

// demandsOf returns the demands of all operations as JSON, free of references and of all that does not decide about a request.
func demandsOf(ops []operation) ([]byte, error) {
	all := map[string]demand{}
	for _, op := range ops {
		d, err := demandOf(op.raw)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", op.ID, err)
		}
		all[op.ID] = d
	}
	text, err := json.MarshalIndent(all, "", " ")
	return append(text, '\n'), err
}

func demandOf(op *openapi3.Operation) (demand, error) {
	var d demand
	for _, p := range op.Parameters {
		// Header parameters are not checked: X-Security-Token belongs to authentication, and an unknown X-Language must not refuse a request.
		if p.Value.In == openapi3.ParameterInHeader {
			continue
		}
		c := *p.Value
		c.Description, c.Extensions, c.Schema = "", nil, plain(c.Schema)
		d.Parameters = append(d.Parameters, &c)
	}
	if op.RequestBody == nil {
		return d, nil
	}
	media := op.RequestBody.Value.Content.Get("application/json")
	if media == nil || !op.RequestBody.Value.Required {
		return d, fmt.Errorf("a body must be required and JSON")
	}
	d.Body = plain(media.Schema)
	return d, nil
}

// plain returns a copy of s without references, texts and defaults, in which every optional property may also be null: clients that
// marshal whole structures send null for what they mean to leave out (inferred).
func plain(s *openapi3.SchemaRef) *openapi3.SchemaRef {
	if s == nil {
		return nil
	}
	c := *s.Value
	c.Description, c.Extensions, c.Default = "", nil, nil
	c.Items = plain(c.Items)
	c.Properties = openapi3.Schemas{}
	for name, p := range s.Value.Properties {
		q := plain(p)
		if !slices.Contains(s.Value.Required, name) {
			q.Value.Nullable = true
		}
		c.Properties[name] = q
	}
	return &openapi3.SchemaRef{Value: &c}
}
