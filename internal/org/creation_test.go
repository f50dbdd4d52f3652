package org_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
)

func TestANewCreationIsInProgress(t *testing.T) {
	t.Parallel()
	now, by := time.Unix(1767225600, 0), org.Caller{AccountID: "123456789012"}
	o := org.Organization{ID: "o-1", Partition: org.AWS}
	got, err := org.NewCreation(o.Rules(), "car-1", o, org.AccountRequest{Name: "build", Email: "build@corp.example"}, by, now)
	if err != nil {
		t.Fatal(err)
	}
	want := org.Creation{
		ID: "car-1", OrganizationID: "o-1", Partition: org.AWS, State: org.CreationRunning, RequestedBy: by, RequestedAt: now,
		Request: org.AccountRequest{Name: "build", Email: "build@corp.example", RoleName: "OrganizationAccountAccessRole"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestWhatACreationRefusesAtOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		says string
		p    org.Partition
		q    org.AccountRequest
		want org.Reason
	}{
		{"a role name of a service", org.AWS, org.AccountRequest{RoleName: "AWSServiceRoleForMe"}, org.InvalidRoleName},
		{"a role name with a space", org.AWS, org.AccountRequest{RoleName: "a b"}, org.InvalidRoleName},
		{"a role name with all marks", org.AWS, org.AccountRequest{RoleName: "a_Z0+=,.@-"}, ""},
		{"an agency named as AWS names services' roles", org.Huawei, org.AccountRequest{RoleName: "AWSServiceRoleForMe"}, ""},
		{"a bad tag", org.AWS, org.AccountRequest{Tags: []org.Tag{{}}}, org.InvalidTag},
		{"a tag key twice", org.AWS, org.AccountRequest{Tags: []org.Tag{{Key: "k"}, {Key: "k"}}}, org.DuplicateTagKey},
		{"a tag of the cloud", org.AWS, org.AccountRequest{Tags: []org.Tag{{Key: "aws:k"}}}, org.SystemTag},
		{"too many tags", org.AWS, org.AccountRequest{Tags: tags(51, "k")}, org.TagLimit},
		// On AWS an address that the request's pattern lets pass ends the creation later, as INVALID_EMAIL.
		{"a refused address", org.AWS, org.AccountRequest{Email: "a..b@c"}, ""},
		{"a refused address", org.Huawei, org.AccountRequest{Email: "a..b@c"}, org.InvalidEmail},
		{"neither address nor phone", org.Huawei, org.AccountRequest{Email: "none"}, org.InputMissing},
		{"a phone alone", org.Huawei, org.AccountRequest{Email: "none", Phone: "13800000000"}, ""},
		{"a phone abroad", org.Huawei, org.AccountRequest{Email: "none", Phone: "+49 170-1234567"}, ""},
		{"a phone of a blank", org.Huawei, org.AccountRequest{Email: "none", Phone: " "}, org.InputMalformed},
		{"a phone in other digits", org.Huawei, org.AccountRequest{Phone: "１３８"}, org.InputMalformed},
		{"a phone of 64 digits", org.Huawei, org.AccountRequest{Phone: strings.Repeat("1", 64)}, ""},
		{"a phone of 65 digits", org.Huawei, org.AccountRequest{Phone: strings.Repeat("1", 65)}, org.InputMalformed},
		{"a phone with a line feed", org.Huawei, org.AccountRequest{Phone: "13800000000\n"}, org.InputMalformed},
		{"a resource account without contact data", org.Huawei, org.AccountRequest{Email: "none", Resource: true}, ""},
	} {
		q := c.q
		q.Name = "building"
		switch q.Email {
		case "":
			q.Email = "build@corp.example"
		case "none":
			q.Email = ""
		}
		o := org.Organization{ID: "o-1", Partition: c.p}
		got, err := org.NewCreation(o.Rules(), "car-1", o, q, org.Caller{}, time.Time{})
		if org.ReasonOf(err) != c.want {
			t.Errorf("%s: %s: %v, want %q", c.p, c.says, err, c.want)
		}
		if err != nil && got.ID != "" {
			t.Errorf("%s: %s: a refused creation came back", c.p, c.says)
		}
	}
}

func TestWhatAnAccountKeepsToItself(t *testing.T) {
	t.Parallel()
	aws := org.Reservations(org.RulesOf(org.AWS), "build", "Build@Corp.example", "123")
	if d := cmp.Diff([]org.Reservation{{Partition: org.AWS, Field: org.FieldEmail, Value: "build@corp.example", Slots: 1}}, aws); d != "" {
		t.Errorf("AWS: %s", d)
	}
	huawei := org.Reservations(org.RulesOf(org.Huawei), "Build1", "", "123")
	want := []org.Reservation{
		{Partition: org.Huawei, Field: org.FieldName, Value: "Build1", Slots: 1}, {Partition: org.Huawei, Field: org.FieldPhone, Value: "123", Slots: 5},
	}
	if d := cmp.Diff(want, huawei); d != "" {
		t.Errorf("Huawei Cloud: %s", d)
	}
}
