package inherit

import (
	"encoding/json"
	"fmt"

	"pgregory.net/rapid"
)

// samples are keys and values of every type. A place of a vocabulary takes those that keep to its check; no two of them differ in case alone,
// and none is a variable.
var samples = []string{
	"a", "b", "c*", "us-east-1", "eu-west-1", "ALL_SUPPORTED", "ec2:instance", "s3:*", "default", "lex", "optOut", "optIn", "enabled", "disabled", "public", "private",
	"user_role", "channel_role", "off", "block_ingress", "unblocked", "block_new_sharing", "required", "honor", "all", "none", "first", "second", "60", "5", "true",
	"cron(0 2 ? * * *)", "arn:aws:iam::111122223333:role/r", "arn:aws:iam::111122223333:role/s", "arn:aws:bedrock:us-east-1:111122223333:guardrail/g:1", "EBS", "FULL_SCAN",
	"selective", "amazon", "x1",
}

func samplesFor(c check) []string {
	var fit []string
	for _, s := range samples {
		if c == nil || c(s) == "" {
			fit = append(fit, s)
		}
	}
	return fit
}

// drawElement draws what a document says at a place of its vocabulary.
func drawElement(t *rapid.T, e *element) map[string]any {
	here := map[string]any{}
	drawControls(t, here)
	switch {
	case e.leaf != nil:
		drawLeaf(t, e, here)
	case e.each != nil:
		for _, key := range rapid.SliceOfNDistinct(rapid.SampledFrom(samplesFor(e.key)), 0, 2, rapid.ID).Draw(t, "keys") {
			here[key] = drawElement(t, e.each)
		}
	default:
		for _, m := range e.members {
			if len(e.named) > 0 || rapid.IntRange(0, len(e.members)).Draw(t, m.name) < 2 {
				here[m.name] = drawElement(t, m)
			}
		}
	}
	return here
}

func drawLeaf(t *rapid.T, e *element, into map[string]any) {
	value := rapid.SampledFrom(samplesFor(e.leaf.value))
	if !e.leaf.list {
		if rapid.Bool().Draw(t, "assigned") {
			into["@@assign"] = value.Draw(t, "value")
		}
		return
	}
	for _, operator := range []string{"@@assign", "@@append", "@@remove"} {
		if rapid.Bool().Draw(t, operator) {
			into[operator] = rapid.SliceOfN(value, 0, 2).Draw(t, "items")
		}
	}
}

// drawLevelsOf draws the documents of a path for any type. What the laws of the type refuse is left out.
func drawLevelsOf(t *rapid.T, v *vocabulary) ([][]string, []Node) {
	levels := make([][]string, rapid.IntRange(1, 4).Draw(t, "levels"))
	path := make([]Node, len(levels))
	for i := range levels {
		path[i].ID = fmt.Sprint("n", i)
		for range rapid.IntRange(0, 2).Draw(t, "policies") {
			text, err := json.Marshal(map[string]any{v.top.name: drawElement(t, v.top)})
			if err != nil {
				t.Fatal(err)
			}
			p, err := Parse(v.typ, string(text))
			if err != nil {
				continue
			}
			levels[i] = append(levels[i], string(text))
			path[i].Policies = append(path[i].Policies, Attached{ID: fmt.Sprintf("p%d.%d", i, len(levels[i])), Order: int64(len(levels[i])), Policy: p})
		}
	}
	return levels, path
}
