package awsorg

import (
	"fmt"
	"strings"
	"testing"
)

func TestTagsComeAndGo(t *testing.T) {
	t.Parallel()
	h := managed(t)
	for _, id := range []string{h.r, h.unit(h.r, "unit"), h.member("one"), payer} {
		h.answers("ListTagsForResource", payer, object("ResourceId", id), `{"Tags":[]}`)
		h.answers("TagResource", payer, `{"ResourceId":"`+id+`","Tags":[{"Key":"b","Value":"1"},{"Key":"a","Value":""}]}`, "")
		h.answers("TagResource", payer, `{"ResourceId":"`+id+`","Tags":[{"Key":"b","Value":"2"}]}`, "")
		h.answers("ListTagsForResource", payer, object("ResourceId", id), `{"Tags":[{"Key":"a","Value":""},{"Key":"b","Value":"2"}]}`)
		h.answers("UntagResource", payer, `{"ResourceId":"`+id+`","TagKeys":["b","never there"]}`, "")
		h.answers("ListTagsForResource", payer, object("ResourceId", id), `{"Tags":[{"Key":"a","Value":""}]}`)
	}
}

func TestWhatTagOperationsRefuse(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var many []string
	for i := range 51 {
		many = append(many, fmt.Sprintf(`{"Key":"k%d","Value":""}`, i))
	}
	tag := func(id, tags string) string { return `{"ResourceId":"` + id + `","Tags":[` + tags + `]}` }
	one := `{"Key":"k","Value":"v"}`
	for _, c := range []struct{ says, operation, body, code, reason string }{
		{"an id that is none", "TagResource", tag("o-b7k2m9q4zx", one), "InvalidInputException", "INVALID_PATTERN"},
		{"nothing that is there", "TagResource", tag("999999999999", one), "TargetNotFoundException", ""},
		{"a stranger", "TagResource", tag(stranger, one), "TargetNotFoundException", ""},
		{"a policy, of which there are none", "TagResource", tag("p-12345678", one), "TargetNotFoundException", ""},
		{"no tags", "TagResource", object("ResourceId", h.r), "InvalidInputException", "INPUT_REQUIRED"},
		{"a tag of AWS's", "TagResource", tag(h.r, one+`,{"Key":"aws:x","Value":""}`), "InvalidInputException", "INVALID_SYSTEM_TAGS_PARAMETER"},
		{"a key twice", "TagResource", tag(h.r, one+","+one), "InvalidInputException", "DUPLICATE_TAG_KEY"},
		{"a null value", "TagResource", tag(h.r, `{"Key":"k","Value":null}`), "InvalidInputException", "INPUT_REQUIRED"},
		{"too many", "TagResource", tag(h.r, strings.Join(many, ",")), "ConstraintViolationException", "MAX_TAG_LIMIT_EXCEEDED"},
		{"nothing that is there", "UntagResource", `{"ResourceId":"999999999999","TagKeys":["k"]}`, "TargetNotFoundException", ""},
		{"a tag of AWS's", "UntagResource", `{"ResourceId":"` + h.r + `","TagKeys":["k","AWS:x"]}`, "InvalidInputException", "INVALID_SYSTEM_TAGS_PARAMETER"},
		{"nothing that is there", "ListTagsForResource", object("ResourceId", "999999999999"), "TargetNotFoundException", ""},
		{"a token of nobody's", "ListTagsForResource", object("ResourceId", h.r, "NextToken", "x"), "InvalidInputException", "INVALID_NEXT_TOKEN"},
	} {
		h.refuses(c.says, c.operation, payer, c.body, c.code, c.reason)
	}
	h.answers("ListTagsForResource", payer, object("ResourceId", h.r), `{"Tags":[]}`)
}
