package org

import (
	"testing"
	"time"
)

func TestATypeOfPolicyIsSwitchedInTheTimeOfItsCloud(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 15, 8, 30, 0, 0, time.UTC)
	for _, c := range []struct {
		says    string
		p       Partition
		at, now time.Time
		want    bool
	}{
		{"on Huawei Cloud, at once", Huawei, at, at, true},
		{"on Huawei Cloud, just before its time", Huawei, at, at.Add(3*time.Second - 1), true},
		{"on Huawei Cloud, then", Huawei, at, at.Add(3 * time.Second), false},
		{"never switched", Huawei, time.Time{}, time.Time{}.Add(1), false},
		{"on AWS, which shows no way there", AWS, at, at, false},
	} {
		if got := RulesOf(c.p).Switching(c.at, c.now); got != c.want {
			t.Errorf("%s: %t", c.says, got)
		}
	}
}
