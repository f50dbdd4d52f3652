package org_test

import (
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestACatalogReplacesThatOfItsPartitionAlone(t *testing.T) {
	t.Parallel()
	c, err := org.ReadCatalogs([]byte(`{"huaweicloud":{"services":[{"principal":"service.Mine","delegates":true,"most":2}],"tag_policy_services":[{"name":"mine","types":["*"]}]},
		"aws-cn":{"services":[]}}`))
	if err != nil {
		t.Fatal(err)
	}
	for says, tt := range map[string]struct {
		p         org.Partition
		principal string
		want      org.Reason
	}{
		"its own service":                       {org.Huawei, "service.Mine", ""},
		"a built-in one that it leaves out":     {org.Huawei, "service.CTS", org.ServiceUnknown},
		"a partition that it does not name":     {org.AWS, "guardduty.amazonaws.com", ""},
		"one that shares the other's":           {org.AWSGov, "guardduty.amazonaws.com", ""},
		"one that would share, with an own one": {org.AWSChina, "guardduty.amazonaws.com", org.ServiceUnknown},
	} {
		r := org.RulesOf(tt.p)
		if _, err := r.Service(c.Of(r), tt.principal, false); org.ReasonOf(err) != tt.want {
			t.Errorf("%s: %v", says, err)
		}
	}
	if own := c.Of(org.RulesOf(org.Huawei)); own.Services[0].Most != 2 || len(own.TagPolicyServices) != 1 || own.TagPolicyServices[0].Name != "mine" {
		t.Errorf("%+v", own)
	}
}

func TestACatalogThatIsSharedIsReplacedForAllWhoShareIt(t *testing.T) {
	t.Parallel()
	c, err := org.ReadCatalogs([]byte(`{"aws":{"services":[{"principal":"mine.amazonaws.com"}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []org.Partition{org.AWS, org.AWSChina, org.AWSGov} {
		if own := c.Of(org.RulesOf(p)); len(own.Services) != 1 {
			t.Errorf("%s: %+v", p, own)
		}
	}
}

func TestCatalogsThatAreRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		``:                          "EOF",
		`[]`:                        "cannot unmarshal",
		`{} {}`:                     "follows",
		`{"moon":{}}`:               "no partition",
		`{"aws":null}`:              "no services",
		`{"aws":{"service":[]}}`:    "unknown field",
		`{"aws":{"services":[{}]}}`: "no name",
		`{"aws":{"services":[{"principal":"a"},{"principal":"a"}]}}`:          "twice",
		`{"aws":{"services":[{"principal":"a","most":1}]}}`:                   "administered",
		`{"aws":{"services":[{"principal":"a","delegates":true,"most":-1}]}}`: "administered",
		`{"huaweicloud":{"tag_policy_services":[{"name":"a"}]}}`:              "no types",
		`{"huaweicloud":{"tag_policy_services":[{"types":["b"]}]}}`:           "no name",
	} {
		if _, err := org.ReadCatalogs([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func FuzzReadCatalogs(f *testing.F) {
	for _, seed := range []string{`{}`, `{"aws":{"services":[{"principal":"a.amazonaws.com"}]}}`, `{"huaweicloud":{"tag_policy_services":[{"name":"a","types":["b"]}]}}`, `{"aws":null}`, `[`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := org.ReadCatalogs([]byte(text))
		if err != nil {
			return
		}
		for _, p := range org.Partitions {
			if c.Of(org.RulesOf(p)) == nil {
				t.Errorf("%s has no catalog", p)
			}
		}
	})
}
