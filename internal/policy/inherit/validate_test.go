package inherit

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// entries writes the members of a JSON object.
func entries(n int, from int, entry string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(entry, from+i)
	}
	return strings.Join(all, ",")
}

func mergeTexts(t *testing.T, typ Type, texts ...string) []ValidationError {
	t.Helper()
	var path []Node
	for i, text := range texts {
		path = append(path, Node{ID: fmt.Sprint(i), Policies: []Attached{{ID: fmt.Sprint("p", i), Policy: mustParse(t, typ, text)}}})
	}
	_, errs := Merge(typ, path)
	return errs
}

func rulesOf(n, from int) string {
	rule := `"r%d":{"schedule_expression":{"@@assign":"cron(0 2 ? * * *)"},"target_backup_vault_name":{"@@assign":"V"}}`
	return `{"plans":{"P":{"regions":{"@@assign":["us-east-1"]},"rules":{` + entries(n, from, rule) + `},
		"selections":{"resources":{"all":{"iam_role_arn":{"@@assign":"arn:aws:iam::$account:role/B"},"resource_types":{"@@assign":["*"]}}}}}}}`
}

func conditions(n, from int) string {
	condition := `"c%d":{"condition_key":{"@@assign":"aws:ResourceTag/a"},"condition_value":{"@@assign":"b"}}`
	return `{"plans":{"P":{"selections":{"resources":{"all":{"conditions":{"string_like":{` + entries(n, from, condition) + `}}}}}}}}`
}

func requiring(n, from int, resource string) string {
	return `{"tags":{` + entries(n, from, `"k%d":{"report_required_tag_for":{"@@assign":["`+resource+`"]}}`) + `}}`
}

func workspaces(n, from int) string {
	return `{"chatbot":{"platforms":{"slack":{"workspaces":{"@@append":[` + entries(n, from, `"T%d"`) + `]}}}}}`
}

func TestMergedPoliciesKeepTheLimitsOfTheirType(t *testing.T) {
	t.Parallel()
	full := "plans/P/selections/resources/all/conditions"
	for _, c := range []struct {
		name  string
		typ   Type
		texts []string
		path  string // of the one error of too many elements; empty for none
		by    []string
	}{
		{"ten rules in a plan", Backup, []string{rulesOf(6, 0), rulesOf(4, 6)}, "", nil},
		{"eleven rules in a plan", Backup, []string{rulesOf(6, 0), rulesOf(5, 6)}, "plans/P/rules", []string{"p0", "p1"}},
		{"eleven rules in one document", Backup, []string{rulesOf(11, 0)}, "plans/P/rules", []string{"p0"}},
		{"thirty conditions in a selection", Backup, []string{rulesOf(1, 0), conditions(15, 0), conditions(15, 15)}, "", nil},
		{"thirty-one conditions in a selection", Backup, []string{rulesOf(1, 0), conditions(16, 0), conditions(15, 16)}, full, []string{"p1", "p2"}},
		{"fifty keys required for a type", Tag, []string{requiring(50, 0, "ec2:instance"), requiring(10, 100, "ec2:volume")}, "", nil},
		{"fifty-one keys required for a type", Tag, []string{requiring(50, 0, "ec2:instance"), requiring(1, 50, "ec2:instance")}, "tags", []string{"p0", "p1"}},
		{"fifty-one keys by way of the whole service", Tag, []string{requiring(30, 0, "ec2:instance"), requiring(21, 30, "ec2:ALL_SUPPORTED")},
			"tags", []string{"p0", "p1"}},
		{"255 workspaces", Chatbot, []string{workspaces(200, 0), workspaces(55, 200)}, "", nil},
		{"256 workspaces", Chatbot, []string{workspaces(200, 0), workspaces(56, 200)}, "chatbot/platforms/slack/workspaces", []string{"p0", "p1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			errs := mergeTexts(t, c.typ, c.texts...)
			if c.path == "" {
				if len(errs) > 0 {
					t.Fatal(errs)
				}
				return
			}
			if len(errs) != 1 || errs[0].Code != TooMany || errs[0].Path != c.path || !slices.Equal(errs[0].Policies, c.by) {
				t.Fatalf("%+v", errs)
			}
		})
	}
}

func TestAnEffectiveTagPolicyIsAtMost395000CharactersLong(t *testing.T) {
	t.Parallel()
	s := Begin(Tag)
	long := strings.Repeat("ü", 256)
	for i := range 60 {
		values := entries(30, i*30, `"%d-`+long[:2*240]+`"`)
		text := fmt.Sprintf(`{"tags":{"k%d":{"tag_value":{"@@append":[%s]}}}}`, i, values)
		s = s.Extend(Node{Policies: []Attached{{ID: fmt.Sprint("p", i), Policy: mustParse(t, Tag, text)}}})
		content := s.Effective().Content
		errs := s.ValidationErrors()
		if tooLong := len([]rune(content)) > 395_000; tooLong != (len(errs) == 1) {
			t.Fatalf("%d characters, %v", len([]rune(content)), errs)
		}
		if i == 59 && (len(errs) != 1 || errs[0].Code != TooMany || errs[0].Path != "tags" || len(errs[0].Policies) != 60) {
			t.Fatal(errs)
		}
	}
}

func TestErrorsComeInAFixedOrder(t *testing.T) {
	t.Parallel()
	for range 5 {
		errs := mergeTexts(t, Tag, requiring(51, 0, "s3:bucket"), requiring(51, 100, "ec2:volume"), requiring(51, 200, "ec2:instance"))
		if len(errs) != 3 || !strings.Contains(errs[0].Message, "ec2:instance") || !strings.Contains(errs[2].Message, "s3:bucket") {
			t.Fatal(errs)
		}
	}
}
