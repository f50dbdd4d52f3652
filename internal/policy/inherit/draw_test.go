package inherit

import (
	"encoding/json"
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

var (
	someKeys     = []string{"team", "Team", "cost", "SIZE"}
	someValues   = []string{"a", "b", "c", "d"}
	someServices = []string{"ec2:instance", "s3:*", "rds:ALL_SUPPORTED"}
)

func drawControls(t *rapid.T, into map[string]any) {
	names := rapid.SampledFrom([][]string{nil, nil, nil, nil, {"@@none"}, {"@@all"}, {"@@assign"}, {"@@append"}, {"@@remove"}, {"@@append", "@@remove"}}).Draw(t, "controls")
	if names != nil {
		into[controls] = names
	}
}

func drawList(t *rapid.T, from []string) map[string]any {
	list := map[string]any{}
	drawControls(t, list)
	for _, operator := range []string{"@@assign", "@@append", "@@remove"} {
		if rapid.Bool().Draw(t, operator) {
			list[operator] = rapid.SliceOfN(rapid.SampledFrom(from), 0, 3).Draw(t, "items")
		}
	}
	return list
}

func drawTag(t *rapid.T, key string) map[string]any {
	tag := map[string]any{}
	drawControls(t, tag)
	if rapid.Bool().Draw(t, "tag_key") {
		spelled := map[string]any{}
		drawControls(t, spelled)
		if rapid.Bool().Draw(t, "assigned") {
			spelled["@@assign"] = rapid.SampledFrom([]string{key, strings.ToUpper(key)}).Draw(t, "spelling")
		}
		tag["tag_key"] = spelled
	}
	if rapid.Bool().Draw(t, "tag_value") {
		tag["tag_value"] = drawList(t, someValues)
	}
	if rapid.Bool().Draw(t, "enforced_for") {
		tag["enforced_for"] = drawList(t, someServices)
	}
	return tag
}

func drawDocument(t *rapid.T) string {
	tags := map[string]any{}
	drawControls(t, tags)
	seen := map[string]bool{}
	for _, key := range rapid.SliceOfN(rapid.SampledFrom(someKeys), 0, 3).Draw(t, "keys") {
		if !seen[strings.ToLower(key)] {
			seen[strings.ToLower(key)] = true
			tags[key] = drawTag(t, key)
		}
	}
	text, err := json.Marshal(map[string]any{"tags": tags})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// drawLevels draws the documents of a path, level by level in the order of attaching.
func drawLevels(t *rapid.T) [][]string {
	levels := make([][]string, rapid.IntRange(1, 4).Draw(t, "levels"))
	for i := range levels {
		for range rapid.IntRange(0, 3).Draw(t, "policies") {
			levels[i] = append(levels[i], drawDocument(t))
		}
	}
	return levels
}

func nodeOf(t *rapid.T, level int, documents []string) Node {
	n := Node{ID: fmt.Sprint("n", level)}
	for i, text := range documents {
		p, err := Parse(Tag, text)
		if err != nil {
			t.Fatalf("%s\n%v", text, err)
		}
		n.Policies = append(n.Policies, Attached{ID: fmt.Sprintf("p%d.%d", level, i), Order: int64(i), Policy: p})
	}
	return n
}

func pathOf(t *rapid.T, levels [][]string) []Node {
	path := make([]Node, len(levels))
	for i, documents := range levels {
		path[i] = nodeOf(t, i, documents)
	}
	return path
}

func contentOf(path []Node) string {
	e, _ := Merge(Tag, path)
	return e.Content
}

// turned writes a document with the keys of every object in reverse.
func turned(t *rapid.T, text string) string {
	v, f := read(text, true)
	if f != nil {
		t.Fatal(f)
	}
	var b strings.Builder
	var write func(value)
	write = func(v value) {
		switch v.kind {
		case object:
			b.WriteByte('{')
			for i := range v.members {
				if i > 0 {
					b.WriteByte(',')
				}
				m := v.members[len(v.members)-1-i]
				b.WriteString(quote(m.key) + ":")
				write(m.value)
			}
			b.WriteByte('}')
		case array:
			b.WriteByte('[')
			for i, item := range v.items {
				if i > 0 {
					b.WriteByte(',')
				}
				write(item)
			}
			b.WriteByte(']')
		default:
			b.WriteString(quote(v.text))
		}
	}
	write(v)
	return b.String()
}
