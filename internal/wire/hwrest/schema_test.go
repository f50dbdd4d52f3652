package hwrest

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// contracts are the demands that the served contracts make.
var contracts = []string{"../../api/hworg/requests_gen.json", "../../api/hwrgc/requests_gen.json"}

// TestBodiesAreHeldAgainstTheContractAsByKinOpenAPI takes a body that fits, spoils it in one place after another, and asks both judges.
func TestBodiesAreHeldAgainstTheContractAsByKinOpenAPI(t *testing.T) {
	t.Parallel()
	taken, refused := 0, 0
	for _, file := range contracts {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		ours, err := readDemands(text)
		if err != nil {
			t.Fatal(err)
		}
		var theirs map[string]struct{ Body *openapi3.Schema }
		if err := json.Unmarshal(text, &theirs); err != nil {
			t.Fatal(err)
		}
		for _, id := range slices.Sorted(maps.Keys(ours)) {
			body := ours[id].Body
			if body == nil {
				continue
			}
			random := rand.New(rand.NewPCG(7, uint64(len(id))))
			for range 400 {
				value := decoded(t, guess(body, random))
				want := theirs[id].Body.VisitJSON(value)
				got := body.check(value)
				if (got == nil) != (want == nil) {
					t.Fatalf("%s: %v: got %v, kin-openapi says %v", id, value, got, want)
				}
				if got == nil {
					taken++
				} else {
					refused++
				}
			}
		}
	}
	if taken < 1000 || refused < 1000 {
		t.Fatalf("%d taken, %d refused: the guesses prove little", taken, refused)
	}
}

// decoded returns value as a request would carry it.
func decoded(t *testing.T, value any) any {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	value, err = decode(text)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// guess returns a value that mostly fits s.
func guess(s *schema, random *rand.Rand) any {
	if random.IntN(30) == 0 {
		return []any{nil, "x", 7, 7.5, true, []any{}, map[string]any{}}[random.IntN(7)]
	}
	switch s.Type {
	case "object":
		object := map[string]any{"unknown": 1}
		for _, name := range s.names {
			if slices.Contains(s.Required, name) && random.IntN(20) > 0 || random.IntN(2) == 0 {
				object[name] = guess(s.Properties[name], random)
			}
		}
		return object
	case "array":
		items := make([]any, around(s.MinItems, s.MaxItems, random))
		for i := range items {
			items[i] = guess(s.Items, random)
		}
		return items
	case "string":
		if len(s.Enum) > 0 {
			return s.Enum[random.IntN(len(s.Enum))]
		}
		if s.Pattern != "" && random.IntN(2) == 0 {
			return fmt.Sprintf("r-%04d", random.IntN(10000))
		}
		return strings.Repeat([]string{"a", "é"}[random.IntN(2)], around(s.MinLength, s.MaxLength, random))
	case "integer":
		return random.IntN(4000) - 10
	case "boolean":
		return random.IntN(2) == 0
	default:
		return "anything"
	}
}

// around returns a number that is within the bounds or one off.
func around(lo int, hi *int, random *rand.Rand) int {
	top := lo + 2
	if hi != nil && random.IntN(4) == 0 {
		top = *hi + 1
	}
	return max(0, []int{lo - 1, lo, lo + 1, top, top - 1}[random.IntN(5)])
}

func TestAContractThatAsksForMoreIsNotRead(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a keyword":  `{"A": {"body": {"type": "array", "items": {"type": "string"}, "uniqueItems": true}}}`,
		"a pattern":  `{"A": {"body": {"type": "object", "properties": {"p": {"type": "string", "pattern": "("}}}}}`,
		"not JSON":   `{"A": `,
		"a header":   `{"A": {"parameters": [{"name": "p", "in": "query", "content": {}}]}}`,
		"a bad item": `{"A": {"parameters": [{"name": "p", "in": "query", "schema": {"type": "array", "items": {"type": "string", "pattern": "("}}}]}}`,
	} {
		if _, err := readDemands([]byte(text)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
