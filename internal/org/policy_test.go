package org

import (
	"crypto/rand"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFiguresOfPolicyTypes(t *testing.T) {
	t.Parallel()
	type figures struct{ policies, most, least int }
	for _, c := range []struct {
		p    Partition
		kind PolicyType
		want figures
	}{
		{AWS, ServiceControl, figures{10000, 10, 1}},
		{AWSGov, ResourceControl, figures{2000, 5, 1}},
		{AWS, TagPolicy, figures{1000, 10, 0}},
		{AWS, BackupPolicy, figures{1000, 10, 0}},
		{AWS, DeclarativeEC2Policy, figures{1000, 10, 0}},
		{AWS, ChatbotPolicy, figures{1000, 5, 0}},
		{AWS, AIServicesPolicy, figures{1000, 5, 0}},
		{AWSChina, SecurityHubPolicy, figures{1000, 10, 0}},
		{Huawei, ServiceControl, figures{1000, 5, 1}},
		{Huawei, TagPolicy, figures{1000, 10, 0}},
	} {
		rule := RulesOf(c.p).PolicyRule(c.kind)
		if rule == nil {
			t.Fatalf("%s has no %s", c.p, c.kind)
		}
		if got := (figures{rule.Policies, rule.Most, rule.Least}); got != c.want {
			t.Errorf("%s %s: %+v, want %+v", c.p, c.kind, got, c.want)
		}
	}
	if RulesOf(Huawei).PolicyRule(ResourceControl) != nil {
		t.Error("Huawei Cloud has resource control policies")
	}
}

// Getting Started with Amazon Web Services in China, "Amazon Organizations".
func TestChinaLacksFiveTypesOfPolicies(t *testing.T) {
	t.Parallel()
	missing := []PolicyType{BackupPolicy, ChatbotPolicy, AIServicesPolicy, BedrockPolicy, NetworkSecurityDirectorPolicy}
	for _, rule := range RulesOf(AWS).Policies {
		if got := RulesOf(AWSChina).PolicyRule(rule.Type) == nil; got != slices.Contains(missing, rule.Type) {
			t.Errorf("%s: missing %t", rule.Type, got)
		}
		if RulesOf(AWSGov).PolicyRule(rule.Type) == nil {
			t.Errorf("GovCloud lacks %s", rule.Type)
		}
	}
	o := Organization{Partition: AWSChina, FeatureSet: AllFeatures}
	for _, kind := range missing {
		if _, err := o.PolicyRule(kind); ReasonOf(err) != PolicyTypeUnavailable {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestHuaweiPoliciesAreMadeWhileTheirTypeIsOn(t *testing.T) {
	t.Parallel()
	for _, p := range Partitions {
		for _, rule := range RulesOf(p).Policies {
			if rule.OnlyOn != (p == Huawei && !rule.Type.Tried()) {
				t.Errorf("%s %s: %t", p, rule.Type, rule.OnlyOn)
			}
		}
	}
}

func TestListedServicesAreWhatTagPoliciesAreEnforcedOn(t *testing.T) {
	t.Parallel()
	r := RulesOf(Huawei)
	listed := 0
	for _, s := range (Catalogs{}).Of(r).TagPolicyServices {
		for _, name := range s.Types {
			listed++
			if !slices.Contains(slices.Collect(maps.Values(r.TagPolicyNames)), s.Name+":"+name) {
				t.Errorf("%s:%s is listed and not enforced", s.Name, name)
			}
		}
	}
	if listed != len(r.TagPolicyNames) {
		t.Errorf("%d types are listed, %d enforced", listed, len(r.TagPolicyNames))
	}
}

func TestPolicyRulesAreWhole(t *testing.T) {
	t.Parallel()
	for _, p := range Partitions {
		r := RulesOf(p)
		if len(r.Policies) == 0 {
			t.Errorf("%s has no policies", p)
		}
		for _, rule := range r.Policies {
			if rule.Type == "" || rule.Grammar == "" || rule.Policies == 0 || rule.Most == 0 || rule.Least > 0 && rule.Own == nil {
				t.Errorf("%s: %+v", p, rule)
			}
			if rule.Own == nil {
				continue
			}
			if own, ok := r.OwnPolicy(rule.Own.ID); !ok || own != *rule.Own || !own.BuiltIn() || own.Type != rule.Type {
				t.Errorf("%s: %+v", p, own)
			}
			if own, ok := r.OwnPolicyOf(rule.Type); !ok || own.Name == "" || own.Description == "" || !strings.Contains(own.Content, "Allow") {
				t.Errorf("%s: %+v", p, own)
			}
		}
	}
	if got := RulesOf(AWS).PolicyTypesOf("securityhub.amazonaws.com"); len(got) != 1 || got[0] != SecurityHubPolicy {
		t.Errorf("%v", got)
	}
	if got := RulesOf(AWS).PolicyTypesOf(""); got != nil {
		t.Errorf("%v", got)
	}
}

func TestPolicyIDsKeepTheContract(t *testing.T) {
	t.Parallel()
	for p, pattern := range map[Partition]string{AWS: `^p-[0-9a-z]{10,32}$`, Huawei: `^p-[0-9a-zA-Z_]{8,128}$`} {
		if id := (Mint{Random: rand.Reader}).Policy(RulesOf(p)); !regexp.MustCompile(pattern).MatchString(string(id)) {
			t.Errorf("%s: %s", p, id)
		}
	}
}

func TestNewPolicy(t *testing.T) {
	t.Parallel()
	all := Organization{ID: "o-1", Partition: AWS, FeatureSet: AllFeatures, Version: 7}
	shared := all
	shared.FeatureSet = ConsolidatedBilling
	huawei := Organization{ID: "o-1", Partition: Huawei, FeatureSet: AllFeatures}
	for _, c := range []struct {
		says              string
		o                 Organization
		kind              PolicyType
		name, description string
		want              Reason
	}{
		{"a name of 128 characters", all, TagPolicy, strings.Repeat("é", 128), "", ""},
		{"a description of 512 characters", all, TagPolicy, "x", strings.Repeat("é", 512), ""},
		{"no name", all, TagPolicy, "", "", InvalidPolicyName},
		{"a name of 129 characters", all, TagPolicy, strings.Repeat("é", 129), "", InvalidPolicyName},
		{"a description of 513 characters", all, TagPolicy, "x", strings.Repeat("é", 513), InputTooLong},
		{"a zero in a description", all, TagPolicy, "x", "\x00", InputMalformed},
		{"the name of the cloud's own", all, TagPolicy, "RCPFullAWSAccess", "", PolicyNameTaken},
		{"a type of nobody's", all, "x", "x", "", PolicyTypeUnavailable},
		{"an organization that shares its bill", shared, TagPolicy, "x", "", PolicyTypeUnavailable},
		{"a type of another cloud", huawei, BackupPolicy, "x", "", PolicyTypeUnavailable},
		{"a name with a space at its end", huawei, TagPolicy, "x ", "", InvalidPolicyName},
		{"a name in Chinese", huawei, TagPolicy, "标签 1", "", ""},
	} {
		p, err := NewPolicy(c.o, "p-1", c.kind, c.name, c.description, "{}", time.Unix(1, 0))
		if ReasonOf(err) != c.want {
			t.Errorf("%s: %v, want %q", c.says, err, c.want)
		}
		if err == nil && (p.Version != c.o.Version || p.Name != c.name || p.BuiltIn()) {
			t.Errorf("%s: %+v", c.says, p)
		}
	}
}

func TestAChangeLeavesTheRestAsItIs(t *testing.T) {
	t.Parallel()
	r := RulesOf(AWS)
	p := Policy{ID: "p-1", OrganizationID: "o-1", Type: TagPolicy, Name: "n", Description: "d", Content: "c", Version: 1}
	for says, c := range map[string]struct {
		change PolicyChange
		want   Policy
		reason Reason
	}{
		"nothing":          {PolicyChange{}, Policy{Name: "n", Description: "d", Content: "c"}, ""},
		"a name":           {PolicyChange{Name: new("m")}, Policy{Name: "m", Description: "d", Content: "c"}, ""},
		"a description":    {PolicyChange{Description: new("")}, Policy{Name: "n", Content: "c"}, ""},
		"a content":        {PolicyChange{Content: new("x")}, Policy{Name: "n", Description: "d", Content: "x"}, ""},
		"an empty name":    {PolicyChange{Name: new("")}, Policy{}, InvalidPolicyName},
		"the cloud's name": {PolicyChange{Name: new("FullAWSAccess")}, Policy{}, PolicyNameTaken},
	} {
		got, err := p.Change(r, c.change, 9)
		if ReasonOf(err) != c.reason {
			t.Errorf("%s: %v", says, err)
		}
		if err == nil && (got.Name != c.want.Name || got.Description != c.want.Description || got.Content != c.want.Content || got.Version != 9 || got.ID != p.ID) {
			t.Errorf("%s: %+v", says, got)
		}
	}
	own, _ := r.OwnPolicy("p-FullAWSAccess")
	if _, err := own.Change(r, PolicyChange{}, 1); ReasonOf(err) != PolicyImmutable {
		t.Errorf("the cloud's own: %v", err)
	}
}
