package harness

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// AWSContract is the contract of AWS Organizations.
type AWSContract struct {
	Operations map[string]struct {
		Input  string
		Errors []string
	}
	Shapes map[string]struct {
		Type     string
		Members  map[string]string
		Required []string
		Of       string
		Enum     []string
		Pattern  string
		Min, Max int
	}
}

// ReadAWSContract reads the contract, and ends the test when that has no operations.
func ReadAWSContract(t testing.TB) *AWSContract {
	t.Helper()
	return Try(readAWS()).Or(t)
}

func readAWS() (*AWSContract, error) {
	text, err := contract("awsorg/contract.json")
	if err != nil {
		return nil, err
	}
	var c AWSContract
	if err := json.Unmarshal(text, &c); err != nil {
		return nil, err
	}
	if len(c.Operations) == 0 {
		return nil, errors.New("the contract has no operations")
	}
	return &c, nil
}

func contract(path string) ([]byte, error) {
	root, err := Root()
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(root, "internal/api", path))
}

// Names are the operations' names in order.
func (c *AWSContract) Names() []string { return slices.Sorted(maps.Keys(c.Operations)) }

// awsSamples are values for shapes of which not any text will do. A test gives its own for what it knows.
var awsSamples = map[string]any{
	"AccountId": "000000000001", "Email": "sample@corp.example", "HandshakeId": "h-0123456789", "PolicyId": "p-0123456789", "PolicyTargetId": "r-0123",
	"ParentId": "r-0123", "OrganizationalUnitId": "ou-0123-01234567", "CreateAccountRequestId": "car-0123456789", "RootId": "r-0123",
	"ResponsibilityTransferId": "rt-0123456789", "ChildId": "000000000001", "TaggableResourceId": "r-0123", "ServicePrincipal": "cloudtrail.amazonaws.com",
	"PolicyContent":         `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}`,
	"ResourcePolicyContent": `{"Version":"2012-10-17","Statement":[]}`,
}

// Input makes the smallest input of an operation that keeps the contract, with values by shape name where the caller has them. A timestamp is
// what the caller makes of it.
func (c *AWSContract) Input(t testing.TB, operation string, values map[string]any, timestamp any) map[string]any {
	t.Helper()
	input := c.Operations[operation].Input
	if input == "" {
		return map[string]any{}
	}
	all := maps.Clone(awsSamples)
	maps.Copy(all, values)
	all["Timestamp"] = timestamp
	return c.value(t, input, all).(map[string]any)
}

func (c *AWSContract) value(t testing.TB, shape string, values map[string]any) any {
	t.Helper()
	s := c.Shapes[shape]
	if v, ok := values[shape]; ok {
		if text, ok := v.(string); ok && !keeps(s.Pattern, text) {
			t.Fatalf("the value %q breaks the pattern of %s", text, shape)
		}
		return v
	}
	switch {
	case s.Type == "structure":
		out := map[string]any{}
		for _, name := range s.Required {
			out[name] = c.value(t, s.Members[name], values)
		}
		return out
	case s.Type == "list":
		return []any{c.value(t, s.Of, values)}
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Type == "string" && keeps(s.Pattern, "sample"):
		return "sample"
	}
	t.Fatal(fmt.Errorf("no sample of the shape %s (%s) is known", shape, s.Type))
	return nil
}

var codePoint = regexp.MustCompile(`\\u([0-9A-F]{4})`)

// keeps reports whether a text matches a pattern of the contract, which spells code points as Java does.
func keeps(pattern, text string) bool {
	return regexp.MustCompile(codePoint.ReplaceAllString(pattern, `\x{$1}`)).MatchString(text)
}
