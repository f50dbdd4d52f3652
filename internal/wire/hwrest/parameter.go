package hwrest

import (
	"encoding/json"
	"net/url"
	"strconv"
)

// parameter is what is asked of one parameter of the path or of the query. A list is a parameter that is given several times.
type parameter struct {
	Name     string `json:"name"`
	In       string `json:"in"` // path or query
	Required bool   `json:"required"`
	Style    string `json:"style"`   // form, the only one there is
	Explode  bool   `json:"explode"` // true for every list
	Schema   schema `json:"schema"`
}

// check holds what the request gives for p against its schema. What has no value is absent.
func (p *parameter) check(path map[string]string, query url.Values) *fault {
	given := query[p.Name]
	if p.In == "path" {
		given = []string{path[p.Name]}
	}
	if len(given) == 0 || given[0] == "" {
		if p.Required {
			return wrong("value is required but missing").within(p.Name)
		}
		return nil
	}
	value, f := p.Schema.parse(given)
	if f == nil {
		f = p.Schema.check(value)
	}
	if f == nil {
		return nil
	}
	return f.within(p.Name)
}

// parse reads text as a value of the schema's type.
func (s *schema) parse(given []string) (any, *fault) {
	switch text := given[0]; s.Type {
	case "array":
		items := make([]any, len(given))
		for i, text := range given {
			items[i] = text // lists of the contracts are lists of texts
		}
		return items, nil
	case "integer":
		if _, err := strconv.ParseInt(text, 10, 32); err != nil {
			return nil, wrong("an invalid integer")
		}
		return json.Number(text), nil
	case "boolean":
		v, err := strconv.ParseBool(text)
		if err != nil {
			return nil, wrong("an invalid boolean")
		}
		return v, nil
	default:
		return text, nil
	}
}
