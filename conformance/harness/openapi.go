package harness

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// RESTContract is the contract of one of Huawei Cloud's APIs.
type RESTContract struct {
	Operations []RESTOperation
	document   node
}

// RESTRequest is what goes over the wire, unsigned.
type RESTRequest struct {
	Method string
	Path   string
	Query  map[string]string
	Body   any // nil for none
}

type node = map[string]any

// ReadRESTContract reads the contract of an API, "hworg" or "hwrgc", and ends the test when that has no operations.
func ReadRESTContract(t testing.TB, api string) *RESTContract {
	t.Helper()
	return Try(readREST(api)).Or(t)
}

func readREST(api string) (*RESTContract, error) {
	text, err := contract(api + "/contract.yaml")
	if err != nil {
		return nil, err
	}
	c := &RESTContract{}
	if err := yaml.Unmarshal(text, &c.document); err != nil {
		return nil, err
	}
	paths, _ := c.document["paths"].(node)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		for method, details := range paths[path].(node) {
			d, ok := details.(node)
			if !ok {
				continue // parameters of all methods, of which these contracts have none
			}
			op := RESTOperation{Name: d["operationId"].(string), Method: strings.ToUpper(method), Path: path, details: d}
			for _, who := range list(d["x-callers"]) {
				op.Callers = append(op.Callers, who.(string))
			}
			c.Operations = append(c.Operations, op)
		}
	}
	if len(c.Operations) == 0 {
		return nil, fmt.Errorf("the contract of %s has no operations", api)
	}
	slices.SortFunc(c.Operations, func(a, b RESTOperation) int { return strings.Compare(a.Name, b.Name) })
	return c, nil
}

// restSamples are values for names of which not any text will do.
var restSamples = map[string]any{
	"root_id": "r-0123456789ab", "content": `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["ecs:*:*"]}]}`, "version": "V1",
	"service_principal": "service.CTS", "resource_type": "organizations:accounts",
}

// Request makes the smallest request of an operation that keeps the contract, with values by name where the caller has them.
func (c *RESTContract) Request(t testing.TB, op RESTOperation, values map[string]any) RESTRequest {
	t.Helper()
	r := RESTRequest{Method: op.Method, Path: op.Path, Query: map[string]string{}}
	for name, value := range c.Input(t, op, values) {
		switch hole := "{" + name + "}"; {
		case name == "body":
			r.Body = value
		case strings.Contains(r.Path, hole):
			r.Path = strings.ReplaceAll(r.Path, hole, fmt.Sprint(value))
		default:
			r.Query[name] = fmt.Sprint(value)
		}
	}
	return r
}

// Input is what Request is made of: parameters by their names, and the body, where there is one, as "body".
func (c *RESTContract) Input(t testing.TB, op RESTOperation, values map[string]any) map[string]any {
	t.Helper()
	all := maps.Clone(restSamples)
	maps.Copy(all, values)
	in := map[string]any{}
	for _, p := range list(op.details["parameters"]) {
		p := c.resolve(t, p)
		if name := p["name"].(string); p["required"] == true {
			in[name] = c.value(t, name, p["schema"], all)
		}
	}
	if op.details["requestBody"] != nil {
		body := c.resolve(t, op.details["requestBody"])
		in["body"] = c.value(t, "body", body["content"].(node)["application/json"].(node)["schema"], all)
	}
	return in
}

func (c *RESTContract) value(t testing.TB, name string, schema any, values map[string]any) any {
	t.Helper()
	if v, ok := values[name]; ok {
		return v
	}
	s := c.resolve(t, schema)
	switch s["type"] {
	case "object":
		out := map[string]any{}
		properties, _ := s["properties"].(node)
		for _, required := range list(s["required"]) {
			out[required.(string)] = c.value(t, required.(string), properties[required.(string)], values)
		}
		return out
	case "array":
		return []any{c.value(t, name, s["items"], values)}
	case "integer", "number":
		return 1
	case "boolean":
		return false
	}
	if enum := list(s["enum"]); len(enum) > 0 {
		return enum[0]
	}
	return "sample-name"
}

func (c *RESTContract) resolve(t testing.TB, v any) node {
	t.Helper()
	n, ok := v.(node)
	for ok && n["$ref"] != nil {
		at := any(c.document)
		for step := range strings.SplitSeq(strings.TrimPrefix(n["$ref"].(string), "#/"), "/") {
			at = at.(node)[step]
		}
		n, ok = at.(node)
	}
	if !ok {
		t.Fatalf("the contract has %v where an object should be", v)
	}
	return n
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}
