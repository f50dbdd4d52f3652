package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// contract is a stripped AWS model. A key that is not listed here is an error, so that no constraint is dropped unseen.
type contract struct {
	Counts     json.RawMessage      `json:"counts"`
	Metadata   map[string]any       `json:"metadata"`
	Operations map[string]operation `json:"operations"`
	Paginators map[string]paginator `json:"paginators"`
	Shapes     map[string]shape     `json:"shapes"`
}

type operation struct {
	Input  string   `json:"input"`
	Output string   `json:"output"`
	Errors []string `json:"errors"`
}

type paginator struct {
	InputToken       string          `json:"input_token"`
	OutputToken      string          `json:"output_token"`
	LimitKey         string          `json:"limit_key"`
	ResultKey        json.RawMessage `json:"result_key"`
	NonAggregateKeys []string        `json:"non_aggregate_keys"`
}

type shape struct {
	Type            string            `json:"type"`
	Members         map[string]string `json:"members"`
	Required        []string          `json:"required"`
	Of              string            `json:"of"`
	Min             *int              `json:"min"`
	Max             *int              `json:"max"`
	Pattern         string            `json:"pattern"`
	Enum            []string          `json:"enum"`
	Sensitive       bool              `json:"sensitive"`
	Box             bool              `json:"box"`
	TimestampFormat string            `json:"timestampFormat"`
	Exception       bool              `json:"exception"`
	Fault           bool              `json:"fault"`
	HTTPStatus      int               `json:"httpStatus"`
}

func parse(text []byte) (*contract, error) {
	c := &contract{}
	strict := json.NewDecoder(bytes.NewReader(text))
	strict.DisallowUnknownFields()
	if err := strict.Decode(c); err != nil {
		return nil, err
	}
	for _, name := range sorted(c.Shapes) {
		if err := c.check(c.Shapes[name]); err != nil {
			return nil, fmt.Errorf("shape %s: %w", name, err)
		}
	}
	return c, nil
}

// check refuses what the templates have no words for.
func (c *contract) check(s shape) error {
	for member, of := range s.Members {
		if _, ok := c.Shapes[of]; !ok {
			return fmt.Errorf("member %s is of unknown shape %q", member, of)
		}
	}
	for _, r := range s.Required {
		if _, ok := s.Members[r]; !ok {
			return fmt.Errorf("required member %q does not exist", r)
		}
	}
	switch {
	case len(s.Members) > 64:
		return fmt.Errorf("%d members; awsjson.Seen holds 64", len(s.Members))
	case s.Type == "list" && (s.Min != nil || s.Max != nil):
		return fmt.Errorf("bounds of a list are not supported")
	case s.Type == "list" && c.Shapes[s.Of].Type != "structure" && c.Shapes[s.Of].Type != "string":
		return fmt.Errorf("a list of %q is not supported", s.Of)
	case !slices.Contains([]string{"structure", "list", "string", "integer", "boolean", "timestamp"}, s.Type):
		return fmt.Errorf("type %q is not supported", s.Type)
	}
	return nil
}

// tokens returns the shapes of page tokens. An empty token would make clients ask for the first page again.
func (c *contract) tokens() map[string]bool {
	found := map[string]bool{}
	for name, p := range c.Paginators {
		op := c.Operations[name]
		found[c.Shapes[op.Input].Members[p.InputToken]] = true
		found[c.Shapes[op.Output].Members[p.OutputToken]] = true
	}
	return found
}

// reach returns the shapes that the named one consists of, itself included.
func (c *contract) reach(name string, into map[string]bool) {
	if name == "" || into[name] {
		return
	}
	into[name] = true
	for _, m := range c.Shapes[name].Members {
		c.reach(m, into)
	}
	c.reach(c.Shapes[name].Of, into)
}

var unicodeEscape = regexp.MustCompile(`\\u([0-9A-Fa-f]{4})`)

// goPattern returns the pattern in Go's syntax, or "" if it takes any string. The model's patterns anchor at most their first and last
// branch, such as ^(r-…)|(ou-…)$, or not at all; the service anchors every branch.
func goPattern(pattern string) (string, error) {
	if pattern == "" || pattern == `[\s\S]*` {
		return "", nil
	}
	p := strings.TrimPrefix(unicodeEscape.ReplaceAllString(pattern, `\x{$1}`), "^")
	if !strings.HasSuffix(p, `\$`) {
		p = strings.TrimSuffix(p, "$")
	}
	p = "^(?:" + p + ")$"
	if strings.Contains(p, "`") {
		return "", fmt.Errorf("pattern %s holds a back quote", p)
	}
	_, err := regexp.Compile(p)
	return p, err
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
