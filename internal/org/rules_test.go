package org_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

func TestRulebooksAreWhole(t *testing.T) {
	t.Parallel()
	if len(org.Partitions) != 4 {
		t.Fatalf("%d partitions", len(org.Partitions))
	}
	// What no cloud can be without; for all else it is enough that some cloud has the law.
	everywhere := []string{
		"Partition", "RootName", "AccountID", "Depth", "UnitName", "AccountName", "CreationTime", "FeatureSets", "AccountFails", "ResourceFails", "AccessRole",
		"ServiceRole", "ServicePrincipal", "ServiceRolePath", "RoleName", "MaxSession", "Tags", "TagKeyLength", "TagValueLength", "Vendor", "Relaxed", "mint",
	}
	filled := map[string]bool{}
	for _, p := range org.Partitions {
		r := org.RulesOf(p)
		if r.Partition != p {
			t.Errorf("the rulebook of %s says it is of %s", p, r.Partition)
		}
		v := reflect.ValueOf(*r)
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if v.Field(i).IsZero() && slices.Contains(everywhere, name) {
				t.Errorf("%s: %s is empty", p, name)
			}
			if !v.Field(i).IsZero() {
				filled[name] = true
			}
		}
		for _, f := range []org.Failure{r.AccountFails, r.ResourceFails} {
			if _, ok := org.FailureSteps[f]; !ok {
				t.Errorf("%s: %q is no failure", p, f)
			}
		}
		if !slices.Contains(r.FeatureSets, org.AllFeatures) {
			t.Errorf("%s has no organization with all features", p)
		}
		if r.NeedsEmail == r.NeedsContact {
			t.Errorf("%s: an address is needed always or instead of a phone number", p)
		}
		if r.Relaxed.Accounts != 0 && r.Relaxed.Accounts < 100*r.Vendor.Accounts || r.Relaxed.Creations != 0 {
			t.Errorf("%s: relaxed quotas hinder: %+v", p, r.Relaxed)
		}
	}
	for f := range reflect.TypeFor[org.Rules]().Fields() {
		if !filled[f.Name] {
			t.Errorf("no cloud has %s", f.Name)
		}
	}
	for _, name := range everywhere {
		if !filled[name] {
			t.Errorf("the rulebook has no %s", name)
		}
	}
}

func TestFiguresOfTheClouds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		p                          org.Partition
		depth, tags, key, value    int
		root                       string
		vendor                     org.Quotas
		creates, billing, sameName bool
		role                       string
	}{
		{org.AWS, 5, 50, 128, 256, "Root", org.Quotas{Accounts: 10, Creations: 5, Units: 2000}, true, true, false, "OrganizationAccountAccessRole"},
		{org.AWSChina, 5, 50, 128, 256, "Root", org.Quotas{Accounts: 10, Creations: 5, Units: 2000}, true, true, false, "OrganizationAccountAccessRole"},
		{org.AWSGov, 5, 50, 128, 256, "Root", org.Quotas{Accounts: 10, Creations: 5, Units: 2000}, false, false, false, "OrganizationAccountAccessRole"},
		{org.Huawei, 5, 20, 128, 255, "root", org.Quotas{Accounts: 10, Creations: 5, Units: 1000}, true, false, true, "OrganizationAccountAccessAgency"},
	} {
		r := org.RulesOf(c.p)
		if r.Depth != c.depth || r.Tags != c.tags || r.TagKeyLength != c.key || r.TagValueLength != c.value || r.RootName != c.root {
			t.Errorf("%s: %+v", c.p, r)
		}
		shared := org.Quotas{Accounts: r.Vendor.Accounts, Creations: r.Vendor.Creations, Units: r.Vendor.Units}
		if shared != c.vendor || r.CreatesHere != c.creates || r.AccountNameUnique != c.sameName || r.AccessRole != c.role {
			t.Errorf("%s: %+v", c.p, r)
		}
		if slices.Contains(r.FeatureSets, org.ConsolidatedBilling) != c.billing {
			t.Errorf("%s: feature sets %v", c.p, r.FeatureSets)
		}
	}
}

// Getting Started with Amazon Web Services in China, "Amazon Organizations".
func TestAnOrganizationInChinaHasAtMost5000Accounts(t *testing.T) {
	t.Parallel()
	for p, want := range map[org.Partition]int{org.AWS: 0, org.AWSChina: 5000, org.AWSGov: 0, org.Huawei: 0} {
		if got := org.RulesOf(p).Relaxed.Accounts; got != want {
			t.Errorf("%s: %d, want %d", p, got, want)
		}
	}
}

func TestAPartitionWithoutARulebookIsAMistake(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	org.RulesOf("mars")
}

func TestAccountNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		says string
		p    org.Partition
		name string
		ok   bool
	}{
		{"one character", org.AWS, "a", true},
		{"50 characters", org.AWS, strings.Repeat("a", 50), true},
		{"51 characters", org.AWS, strings.Repeat("a", 51), false},
		{"none", org.AWS, "", false},
		{"the whole of printable ASCII", org.AWS, " ~!\"#'\\", true},
		{"a tab", org.AWS, "a\tb", false},
		{"a line's end behind it", org.AWS, "a\n", false},
		{"a letter that is not ASCII", org.AWS, "bücher", false},
		{"six characters", org.Huawei, "abcdef", true},
		{"five characters", org.Huawei, "abcde", false},
		{"30 characters", org.Huawei, "a" + strings.Repeat("-", 29), true},
		{"31 characters", org.Huawei, "a" + strings.Repeat("_", 30), false},
		{"a digit first", org.Huawei, "1abcdef", false},
		{"a space", org.Huawei, "abc def", false},
	} {
		_, err := org.NewCreation(org.RulesOf(c.p), "car-1", org.Organization{Partition: c.p}, org.AccountRequest{Name: c.name, Email: "a@b.example"}, org.Caller{}, time.Time{})
		if (err == nil) != c.ok || !c.ok && org.ReasonOf(err) != org.InvalidAccountName {
			t.Errorf("%s: %s: %v", c.p, c.says, err)
		}
	}
}

func TestAccountIDs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		says string
		p    org.Partition
		id   org.AccountID
		ok   bool
	}{
		{"twelve digits", org.AWS, "000000000000", true},
		{"eleven digits", org.AWS, "00000000000", false},
		{"a letter", org.AWSGov, "00000000000a", false},
		{"a line's end", org.AWSChina, "000000000000\n", false},
		{"32 hex digits", org.Huawei, "0a0b0c0d0e0f0a0b0c0d0e0f0a0b0c0d", true},
		{"what older accounts have", org.Huawei, "Older_account-1", true},
		{"nothing", org.Huawei, "", false},
		{"a slash", org.Huawei, "a/b", false},
		{"65 characters", org.Huawei, org.AccountID(strings.Repeat("a", 65)), false},
	} {
		if err := org.RulesOf(c.p).CheckAccountID(c.id); (err == nil) != c.ok || !c.ok && org.ReasonOf(err) != org.InputMalformed {
			t.Errorf("%s: %s: %v", c.p, c.says, err)
		}
	}
}
