package org

import "testing"

func TestThePatternsOfEveryRulebookCompile(t *testing.T) {
	t.Parallel()
	seen := 0
	for partition, r := range rulebooks {
		for what, p := range map[string]Pattern{
			"account id": r.AccountID, "role name": r.RoleName,
			"unit name": r.UnitName.Pattern, "account name": r.AccountName.Pattern, "policy name": r.PolicyName.Pattern,
		} {
			if p == nil {
				continue
			}
			seen++
			if p() != p() || p().MatchString("\n") {
				t.Errorf("%s: the pattern of an %s is not anchored or not kept", partition, what)
			}
		}
	}
	if seen < 12 {
		t.Errorf("only %d patterns", seen)
	}
}
