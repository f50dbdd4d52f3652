package awsorg

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

func TestCreationsAreShownAsTheSample(t *testing.T) {
	t.Parallel()
	h := managed(t)
	made := h.do("CreateAccount", payer, `{"AccountName":"build","Email":"build@corp.example","IamUserAccessToBilling":"DENY","RoleName":"Enter","Tags":[{"Key":"k","Value":""}]}`)
	id := h.find(made, "CreateAccountStatus", "Id").(string)
	running := `{"CreateAccountStatus":{"Id":"` + id + `","AccountName":"build","State":"IN_PROGRESS","RequestedTimestamp":1767225600.125}}`
	h.answers("DescribeCreateAccountStatus", payer, object("CreateAccountRequestId", id), running)
	if h.text(made) != h.text(h.parse(running)) || !strings.HasPrefix(id, "car-") {
		t.Errorf("%s", h.text(made))
	}
	h.pass(42*time.Second + 375*time.Millisecond)
	account := h.vend(id, "")
	done := `{"Id":"` + id + `","AccountName":"build","State":"SUCCEEDED","RequestedTimestamp":1767225600.125,"CompletedTimestamp":1767225642.5,"AccountId":"` + account + `"}`
	h.answers("DescribeCreateAccountStatus", payer, object("CreateAccountRequestId", id), `{"CreateAccountStatus":`+done+`}`)
	h.answers("ListCreateAccountStatus", payer, `{}`, `{"CreateAccountStatuses":[`+done+`]}`)
	h.answers("ListCreateAccountStatus", payer, `{"States":["IN_PROGRESS","FAILED"]}`, `{"CreateAccountStatuses":[]}`)
	h.answers("ListTagsForResource", payer, object("ResourceId", account), `{"Tags":[{"Key":"k","Value":""}]}`)
}

func TestAFailedCreationTellsItsReason(t *testing.T) {
	t.Parallel()
	h := managed(t)
	id := h.find(h.do("CreateAccount", payer, object("AccountName", "x", "Email", payer+"@Account.example")), "CreateAccountStatus", "Id").(string)
	h.pass(time.Second)
	h.vend(id, "")
	h.answers("DescribeCreateAccountStatus", payer, object("CreateAccountRequestId", id), `{"CreateAccountStatus":{"Id":"`+id+`","AccountName":"x","State":"FAILED",
		"RequestedTimestamp":1767225600.125,"CompletedTimestamp":1767225601.125,"FailureReason":"EMAIL_ALREADY_EXISTS"}}`)
}

// Each of them is refused at once, and no request is recorded.
func TestWhatCreateAccountRefuses(t *testing.T) {
	t.Parallel()
	h := managed(t)
	var many []string
	for i := range 51 {
		many = append(many, fmt.Sprintf(`{"Key":"k%d","Value":""}`, i))
	}
	with := func(more string) string { return `{"AccountName":"x","Email":"x@corp.example"` + more + `}` }
	for _, c := range []struct{ says, body, code, reason string }{
		{"nothing", `{}`, "InvalidInputException", "INPUT_REQUIRED"},
		{"no address", object("AccountName", "x"), "InvalidInputException", "INPUT_REQUIRED"},
		{"a short address", object("AccountName", "x", "Email", "a@b.c"), "InvalidInputException", "MIN_LENGTH_EXCEEDED"},
		{"a long address", object("AccountName", "x", "Email", strings.Repeat("a", 60)+"@b.example"), "InvalidInputException", "MAX_LENGTH_EXCEEDED"},
		{"an address without a domain", object("AccountName", "x", "Email", "someone"), "InvalidInputException", "INVALID_PATTERN"},
		{"an empty name", object("AccountName", "", "Email", "x@corp.example"), "InvalidInputException", "MIN_LENGTH_EXCEEDED"},
		{"a name that is not ASCII", object("AccountName", "ü", "Email", "x@corp.example"), "InvalidInputException", "INVALID_PATTERN"},
		{"a service's role name", with(`,"RoleName":"AWSServiceRoleForX"`), "InvalidInputException", "INVALID_ROLE_NAME"},
		{"a role name that is none", with(`,"RoleName":"a b"`), "InvalidInputException", "INVALID_PATTERN"},
		{"neither allowed nor denied", with(`,"IamUserAccessToBilling":"MAYBE"`), "InvalidInputException", "INVALID_ENUM"},
		{"a tag of AWS's", with(`,"Tags":[{"Key":"AWS:x","Value":""}]`), "InvalidInputException", "INVALID_SYSTEM_TAGS_PARAMETER"},
		{"a tag key twice", with(`,"Tags":[{"Key":"k","Value":""},{"Key":"k","Value":""}]`), "InvalidInputException", "DUPLICATE_TAG_KEY"},
		{"a tag without a value", with(`,"Tags":[{"Key":"k"}]`), "InvalidInputException", "INPUT_REQUIRED"},
		{"too many tags", with(`,"Tags":[` + strings.Join(many, ",") + `]`), "ConstraintViolationException", "MAX_TAG_LIMIT_EXCEEDED"},
		{"a name that is a number", `{"AccountName":1,"Email":"x@corp.example"}`, "SerializationException", ""},
	} {
		h.refuses(c.says, "CreateAccount", payer, c.body, c.code, c.reason)
	}
	h.answers("ListCreateAccountStatus", payer, `{}`, `{"CreateAccountStatuses":[]}`)
	for i := range 5 {
		h.do("CreateAccount", payer, object("AccountName", "x", "Email", fmt.Sprintf("x%d@corp.example", i)))
	}
	h.refuses("a sixth at once", "CreateAccount", payer, with(""), "ConstraintViolationException", "ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED")
	h.refuses("a request of nobody's", "DescribeCreateAccountStatus", payer, object("CreateAccountRequestId", "car-12345678"), "CreateAccountStatusNotFoundException", "")
	h.refuses("an id that is none", "DescribeCreateAccountStatus", payer, object("CreateAccountRequestId", "h-12345678"), "InvalidInputException", "INVALID_PATTERN")
	h.refuses("a state of nobody's", "ListCreateAccountStatus", payer, `{"States":["DONE"]}`, "InvalidInputException", "INVALID_LIST_MEMBER")
}

func TestEveryFailureIsFolded(t *testing.T) {
	t.Parallel()
	m, err := contractModel()
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]bool{}
	for _, v := range m.Shapes["CreateAccountFailureReason"].Enum {
		values[v] = false
	}
	if len(values) != 15 {
		t.Fatalf("%d failure reasons", len(values))
	}
	for f := range org.FailureSteps {
		r, ok := failures[f]
		if _, known := values[string(r)]; !ok || !known {
			t.Errorf("%s is folded to %q", f, r)
		}
		values[string(r)] = true
	}
	if len(failures) != len(org.FailureSteps) {
		t.Errorf("%d failures are folded, %d exist", len(failures), len(org.FailureSteps))
	}
	for v, produced := range values {
		if never := v == "UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED"; produced == never {
			t.Errorf("%s: produced is %v", v, produced)
		}
		f, ok := FailureOf(v)
		if ok != values[v] || ok && string(failures[f]) != v {
			t.Errorf("%s is read as %q", v, f)
		}
	}
	if f, _ := FailureOf("INTERNAL_FAILURE"); f != org.FailInternal {
		t.Errorf("INTERNAL_FAILURE is read as %s", f)
	}
	if _, ok := FailureOf("NO_SUCH"); ok {
		t.Error("a failure of nobody's is read")
	}
}
