package org_test

import (
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// What is wrong is said: a name of three characters has not too many of them.
func TestARefusedZeroCharacterIsNamed(t *testing.T) {
	t.Parallel()
	rules := org.RulesOf(org.AWS)
	_, unit := org.NewUnit(rules, "ou-1", org.Unit{ID: "r-1"}, "a\x00b", time.Time{})
	for says, c := range map[string]struct {
		err    error
		reason org.Reason
	}{
		"a unit's name":     {unit, org.InvalidUnitName},
		"an account's name": {rules.CheckAccountName("a\x00b"), org.InvalidAccountName},
		"a party's name":    {org.RulesOf(org.Huawei).CheckParty(org.Party{Kind: org.PartyName, ID: "a\x00b"}), org.InputMalformed},
		"a tag's key":       {org.CheckTags(rules, nil, []org.Tag{{Key: "a\x00b"}}), org.InvalidTag},
	} {
		if org.ReasonOf(c.err) != c.reason || !strings.Contains(c.err.Error(), "the zero character (U+0000) is not allowed in a") {
			t.Errorf("%s: %v", says, c.err)
		}
	}
}
