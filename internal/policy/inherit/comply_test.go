package inherit

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const strict = `{"tags":{
	"team":{"tag_key":"Team","tag_value":["red","app-*","*-x","ab*ba"],"enforced_for":["ec2:instance","s3:ALL_SUPPORTED","rds:*"]},
	"cost":{"enforced_for":["ec2:instance"]},
	"free":{"tag_key":"Free","tag_value":["only"]}}}`

func TestTagsComplyWithTheEffectivePolicy(t *testing.T) {
	t.Parallel()
	rules, err := TagRulesOf(strict)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name     string
		resource string
		tags     map[string]string
		breaches []string // keys
	}{
		{"no tags at all", "ec2:instance", nil, nil},
		{"an allowed value", "ec2:instance", map[string]string{"Team": "red"}, nil},
		{"another value", "ec2:instance", map[string]string{"Team": "blue"}, []string{"Team"}},
		{"a value in another case", "ec2:instance", map[string]string{"Team": "Red"}, []string{"Team"}},
		{"a key in another case", "ec2:instance", map[string]string{"team": "red"}, []string{"team"}},
		{"a star at the end", "ec2:instance", map[string]string{"Team": "app-1"}, nil},
		{"a star for nothing", "ec2:instance", map[string]string{"Team": "app-"}, nil},
		{"a star at the start", "ec2:instance", map[string]string{"Team": "1-x"}, nil},
		{"a star between", "ec2:instance", map[string]string{"Team": "ab-ba"}, nil},
		{"too short for both sides of a star", "ec2:instance", map[string]string{"Team": "aba"}, []string{"Team"}},
		{"a type that is not enforced", "ec2:volume", map[string]string{"Team": "blue", "team": "x"}, nil},
		{"a whole service", "s3:bucket", map[string]string{"Team": "blue"}, []string{"Team"}},
		{"a whole service in the older spelling", "rds:db", map[string]string{"Team": "blue"}, []string{"Team"}},
		{"a service of like name", "rdsx:db", map[string]string{"Team": "blue"}, nil},
		{"a key that no rule knows", "ec2:instance", map[string]string{"Other": "x"}, nil},
		{"without tag_key the lower case is asked for", "ec2:instance", map[string]string{"cost": "any", "Cost": "any"}, []string{"Cost"}},
		{"a rule that is enforced nowhere", "ec2:instance", map[string]string{"FREE": "x"}, nil},
		{"several breaches come in the order of keys", "ec2:instance", map[string]string{"TEAM": "red", "COST": "x", "Team": "no"}, []string{"COST", "TEAM", "Team"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var keys []string
			for _, b := range rules.Check(c.resource, c.tags) {
				if b.Message == "" || b.Value != c.tags[b.Key] {
					t.Errorf("%+v", b)
				}
				keys = append(keys, b.Key)
			}
			if d := cmp.Diff(c.breaches, keys); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestTagRulesComeFromTheTextOfAMerge(t *testing.T) {
	t.Parallel()
	p := mustParse(t, HuaweiTag, `{"tags":{"Owner":{"tag_key":{"@@assign":"Owner"},"tag_value":{"@@assign":["net"]},"enforced_for":{"@@assign":["ecs:*"]}}}}`)
	e, _ := Merge(HuaweiTag, []Node{{ID: "r", Policies: []Attached{{ID: "p", Policy: p}}}})
	rules, err := TagRulesOf(e.Content)
	if err != nil {
		t.Fatal(err)
	}
	if got := rules.Check("ecs:instance", map[string]string{"Owner": "db"}); len(got) != 1 {
		t.Error(got)
	}
}

func TestNoEffectivePolicyDemandsNothing(t *testing.T) {
	t.Parallel()
	rules, err := TagRulesOf("")
	if err != nil || rules.Check("ec2:instance", map[string]string{"a": "b"}) != nil {
		t.Error(err)
	}
	if _, err := TagRulesOf("{"); err == nil {
		t.Error("what is no JSON was accepted")
	}
}
