package inherit

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// An oracle merges by flat paths, step by step as the merge is written down, without a thought for cost.
type oracle struct {
	result  map[string][]string
	allowed map[string]operators
}

// at joins the keys of a place. Keys of tag policies ignore case.
func at(keys []string) string { return strings.ToLower(strings.Join(keys, "\x00")) }

func newOracle() *oracle {
	return &oracle{map[string][]string{}, map[string]operators{}}
}

func (o *oracle) may(incoming map[string]operators, place string) operators {
	if allowed, ok := incoming[place]; ok {
		return allowed
	}
	return all
}

// visit calls f for every object of a document.
func visit(keys []string, tree map[string]any, f func([]string, map[string]any)) {
	f(keys, tree)
	for key, below := range tree {
		if below, ok := below.(map[string]any); ok {
			visit(append(slices.Clip(keys), key), below, f)
		}
	}
}

func stringsOf(v any) []string {
	if s, ok := v.(string); ok {
		return []string{s}
	}
	var items []string
	for _, item := range v.([]any) {
		if !slices.Contains(items, item.(string)) {
			items = append(items, item.(string))
		}
	}
	return items
}

func (o *oracle) level(t testing.TB, documents []string) {
	incoming, higher := maps.Clone(o.allowed), map[string]bool{}
	for place := range o.result {
		for i, c := range place + "\x00" {
			if c == 0 {
				higher[place[:i]] = true
			}
		}
	}
	assigned := map[string]bool{}
	for _, text := range documents {
		var tree map[string]any
		if err := json.Unmarshal([]byte(text), &tree); err != nil {
			t.Fatal(err)
		}
		visit(nil, tree, func(keys []string, here map[string]any) {
			o.leaf(keys, here, incoming, higher, assigned)
			if limits, ok := here[controls]; ok {
				stated := none
				for _, name := range stringsOf(limits) {
					stated |= controlOf[name]
				}
				o.allowed[at(keys)] = o.may(o.allowed, at(keys)) & stated
			}
		})
	}
}

func (o *oracle) leaf(keys []string, here map[string]any, incoming map[string]operators, higher, assigned map[string]bool) {
	for i := range keys {
		if i > 0 && !higher[at(keys[:i+1])] && o.may(incoming, at(keys[:i])) == none {
			return
		}
	}
	place := at(keys)
	may := o.may(incoming, place)
	if v, ok := here["@@assign"]; ok && may&assign != 0 && !assigned[place] {
		assigned[place] = true
		o.result[place] = stringsOf(v)
	}
	if v, ok := here["@@append"]; ok && may&add != 0 {
		sum := slices.Clone(o.result[place])
		for _, item := range stringsOf(v) {
			if !slices.Contains(sum, item) {
				sum = append(sum, item)
			}
		}
		o.result[place] = sum
	}
	if v, ok := here["@@remove"]; ok && may&remove != 0 && o.result[place] != nil {
		rest := []string{}
		for _, item := range o.result[place] {
			if !slices.Contains(stringsOf(v), item) {
				rest = append(rest, item)
			}
		}
		o.result[place] = rest
	}
}

// flat turns an effective policy into what an oracle has.
func flat(t testing.TB, content string) map[string][]string {
	t.Helper()
	result := map[string][]string{}
	var tree map[string]any
	if err := json.Unmarshal([]byte(content), &tree); err != nil {
		t.Fatal(err)
	}
	visit(nil, tree, func(keys []string, here map[string]any) {
		for key, v := range here {
			if _, group := v.(map[string]any); !group {
				result[at(append(slices.Clip(keys), key))] = stringsOf(v)
			}
		}
	})
	return result
}

func (o *oracle) effective() map[string][]string {
	shown := maps.Clone(o.result)
	maps.DeleteFunc(shown, func(_ string, items []string) bool { return len(items) == 0 })
	return shown
}
