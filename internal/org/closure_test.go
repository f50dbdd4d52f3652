package org

import (
	"testing"
	"time"
)

func TestWhatForbidsClosing(t *testing.T) {
	t.Parallel()
	all := Organization{Partition: AWS, ManagementID: "m", FeatureSet: AllFeatures}
	bill, huawei, gov := all, all, all
	bill.FeatureSet, huawei.Partition, gov.Partition = ConsolidatedBilling, Huawei, AWSGov
	for says, c := range map[string]struct {
		o    Organization
		a    Account
		want Reason
	}{
		"an active member":                         {all, Account{ID: "a", State: AccountActive}, ""},
		"a suspended member":                       {all, Account{ID: "a", State: AccountSuspended}, AccountClosing},
		"a member that never finished its sign-up": {all, Account{ID: "a", State: AccountPendingActivation}, AccountClosing},
		"an invited member":                        {all, Account{ID: "a", State: AccountActive, JoinMethod: Invited}, ""},
		"Huawei Cloud, an invited member":          {huawei, Account{ID: "a", State: AccountActive, JoinMethod: Invited}, InvitedNotClosable},
		"Huawei Cloud, a created member":           {huawei, Account{ID: "a", State: AccountActive, JoinMethod: Created}, ""},
		"the management account":                   {all, Account{ID: "m", State: AccountActive}, ManagementNotClosable},
		"a closed member":                          {all, Account{ID: "a", State: AccountClosed}, AccountAlreadyClosed},
		"a member that is being closed":            {all, Account{ID: "a", State: AccountPendingClosure}, AccountClosing},
		"GovCloud, any account":                    {gov, Account{ID: "a", State: AccountActive}, NotInPartition},
		"a member for the bill alone":              {bill, Account{ID: "a"}, AllFeaturesRequired},
		"the management account, bill only":        {bill, Account{ID: "m"}, AllFeaturesRequired},
	} {
		if got := reasonOf(CheckClosing(c.o, c.a)); got != c.want {
			t.Errorf("%s: %q, want %q", says, got, c.want)
		}
	}
}

func reasonOf(err error) Reason {
	if err == nil {
		return ""
	}
	return ReasonOf(err)
}

func TestHowManyAccountsMayBeClosed(t *testing.T) {
	t.Parallel()
	for says, c := range map[string]struct {
		q             ClosureQuota
		members, want int
	}{
		"AWS, a small organization":     {RulesOf(AWS).Vendor.Closures, 4, 250},
		"AWS, where a share is as much": {RulesOf(AWS).Vendor.Closures, 1250, 250},
		"AWS, where a share is more":    {RulesOf(AWS).Vendor.Closures, 1255, 251},
		"AWS, where a share is most":    {RulesOf(AWS).Vendor.Closures, 5000, 1000},
		"AWS, a giant":                  {RulesOf(AWS).Vendor.Closures, 50000, 1000},
		"Huawei Cloud, small":           {RulesOf(Huawei).Vendor.Closures, 19, 1},
		"Huawei Cloud, large":           {RulesOf(Huawei).Vendor.Closures, 9000, 200},
		"a fixed number":                {ClosureQuota{Floor: 7, Ceiling: 7}, 1000, 7},
	} {
		if got := c.q.Limit(c.members); got != c.want {
			t.Errorf("%s: %d, want %d", says, got, c.want)
		}
	}
}

func TestTheQuotasOfClosing(t *testing.T) {
	t.Parallel()
	vendor := RulesOf(AWS).Vendor
	for says, c := range map[string]struct {
		q                        Quotas
		running, lately, members int
		want                     Reason
	}{
		"the third at once":                 {vendor, 2, 2, 9, ""},
		"the fourth at once":                {vendor, 3, 3, 9, ClosingLimit},
		"the last in its time":              {vendor, 0, 249, 9, ""},
		"one too many in its time":          {vendor, 0, 250, 9, ClosureLimit},
		"both":                              {vendor, 3, 250, 9, ClosingLimit},
		"no quotas":                         {RulesOf(AWS).Relaxed, 99, 9999, 9, ""},
		"a share of nothing is no closing":  {Quotas{Closures: ClosureQuota{Percent: 10}}, 0, 0, 9, ClosureLimit},
		"a share without floor and ceiling": {Quotas{Closures: ClosureQuota{Percent: 10}}, 0, 0, 10, ""},
	} {
		if got := reasonOf(c.q.CheckClosures(c.running, c.lately, c.members)); got != c.want {
			t.Errorf("%s: %q, want %q", says, got, c.want)
		}
	}
}

func TestAClosedAccountIsRestoredOrGone(t *testing.T) {
	t.Parallel()
	closed := Account{State: AccountClosed, ClosedAt: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	end := closed.ClosedAt.AddDate(0, 0, 90)
	for says, c := range map[string]struct {
		p    Partition
		a    Account
		at   time.Time
		want Reason
	}{
		"at once":                   {AWS, closed, closed.ClosedAt, ""},
		"in the last moment":        {AWS, closed, end.Add(-time.Microsecond), ""},
		"when its time is over":     {AWS, closed, end, AccountGone},
		"an active one":             {AWS, Account{State: AccountActive}, end, AccountNotClosed},
		"one that is being closed":  {AWS, Account{State: AccountPendingClosure}, end, AccountNotClosed},
		"Huawei, when it is over":   {Huawei, closed, end, AccountGone},
		"GovCloud, when it is over": {AWSGov, closed, end, AccountGone},
	} {
		if got := reasonOf(CheckRestoring(RulesOf(c.p).Relaxed, c.a, c.at)); got != c.want {
			t.Errorf("%s: %q, want %q", says, got, c.want)
		}
	}
	if got := reasonOf(CheckRestoring(Quotas{}, closed, closed.ClosedAt)); got != AccountGone {
		t.Errorf("one that does not stay: %q", got)
	}
}
