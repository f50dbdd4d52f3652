package org

import (
	"strings"
	"testing"
	"time"
)

func TestADryRunIsChanged(t *testing.T) {
	t.Parallel()
	then, now := time.Unix(1, 0).UTC(), time.Unix(2, 0).UTC()
	on := DryRun{OrganizationID: "o-1", Type: TriedControl, On: true, Bucket: "logs", Region: "cn-north-4", Prefix: "p", Agency: "a", CreatedAt: then, UpdatedAt: then, SwitchedAt: then}
	off := on
	off.On = false
	yes, no, text := true, false, func(s string) *string { return &s }
	with := func(d DryRun, f func(*DryRun)) DryRun { d.UpdatedAt = now; f(&d); return d }
	for name, c := range map[string]struct {
		from   DryRun
		change DryRunChange
		want   DryRun
		reason Reason
	}{
		"nothing leaves all but the time":          {on, DryRunChange{}, with(on, func(*DryRun) {}), ""},
		"the first change makes it":                {DryRun{Type: TriedControl}, DryRunChange{Prefix: text("")}, DryRun{Type: TriedControl, CreatedAt: now, UpdatedAt: now}, ""},
		"turning on":                               {off, DryRunChange{On: &yes}, with(on, func(d *DryRun) { d.SwitchedAt = now }), ""},
		"turning off keeps the place":              {on, DryRunChange{On: &no}, with(off, func(d *DryRun) { d.SwitchedAt = now }), ""},
		"turning on what is on switches nothing":   {on, DryRunChange{On: &yes}, with(on, func(*DryRun) {}), ""},
		"turning off what is off switches nothing": {off, DryRunChange{On: &no}, with(off, func(*DryRun) {}), ""},
		"another place while it is on":             {on, DryRunChange{Bucket: text("two"), Region: text(""), Prefix: text(""), Agency: text("b")}, with(on, func(d *DryRun) { d.Bucket, d.Region, d.Prefix, d.Agency = "two", "", "", "b" }), ""},
		"on without a bucket":                      {DryRun{}, DryRunChange{On: &yes, Agency: text("a")}, DryRun{}, InputMissing},
		"on without an agency":                     {DryRun{}, DryRunChange{On: &yes, Bucket: text("logs")}, DryRun{}, InputMissing},
		"taking the bucket away while it is on":    {on, DryRunChange{Bucket: text("")}, DryRun{}, InputMissing},
		"taking the agency away while it is off":   {off, DryRunChange{Agency: text("")}, with(off, func(d *DryRun) { d.Agency = "" }), ""},
	} {
		got, err := c.from.Change(c.change, now)
		if ReasonOf(err) != c.reason || err == nil && got != c.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestWhereRecordsMayBelong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part  string
		value string
		good  bool
	}{
		{"bucket", "logs", true}, {"bucket", "a.b-c", true}, {"bucket", strings.Repeat("a", 63), true}, {"bucket", "123", true},
		{"bucket", strings.Repeat("a", 64), false}, {"bucket", "ab", false}, {"bucket", "Logs", false}, {"bucket", "..", false}, {"bucket", "...", false},
		{"bucket", "a..b", false}, {"bucket", "a/b", false}, {"bucket", ".ab", false}, {"bucket", "ab-", false}, {"bucket", "a\\b", false}, {"bucket", "a-.b", false},
		{"bucket", "a\x00b", false}, {"bucket", "abc\n", false},
		{"prefix", "", true}, {"prefix", "a", true}, {"prefix", "a/b_c/D-e.f", true}, {"prefix", "a/", true}, {"prefix", strings.Repeat("a", 512), true},
		{"prefix", strings.Repeat("a", 513), false}, {"prefix", "/", false}, {"prefix", "/a", false}, {"prefix", "a//b", false}, {"prefix", "..", false},
		{"prefix", "a/../b", false}, {"prefix", "../a", false}, {"prefix", "a/.", false}, {"prefix", "a/..", false}, {"prefix", `a\..\b`, false}, {"prefix", "a b", false},
		{"prefix", "a\x00", false}, {"prefix", "C:", false}, {"prefix", "...", true},
		{"region", "cn-north-4", true}, {"region", "CN", false}, {"agency", "My_Agency-1", true}, {"agency", "a/b", false}, {"agency", strings.Repeat("a", 65), false},
	} {
		change := map[string]DryRunChange{"bucket": {Bucket: &c.value}, "prefix": {Prefix: &c.value}, "region": {Region: &c.value}, "agency": {Agency: &c.value}}[c.part]
		_, err := DryRun{}.Change(change, time.Now())
		if c.good && err != nil || !c.good && ReasonOf(err) != InputMalformed {
			t.Errorf("the %s %q: %v", c.part, c.value, err)
		}
	}
}

func TestARecordHasAPlaceOfItsOwn(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 23, 4, 5, 6, time.FixedZone("", -3600))
	for prefix, want := range map[string]string{
		"":     "PolicyDryRun/o-1/2026/03/02/20260302T000405Z_id.json",
		"a/b":  "a/b/PolicyDryRun/o-1/2026/03/02/20260302T000405Z_id.json",
		"a/b/": "a/b/PolicyDryRun/o-1/2026/03/02/20260302T000405Z_id.json",
	} {
		r := DryRunRecord{At: at}
		r.File(DryRun{OrganizationID: "o-1", Bucket: "b", Region: "r", Prefix: prefix}, "id")
		if r.Object != want || r.Bucket != "b" || r.Region != "r" || r.ID != "id" {
			t.Errorf("%q: %+v", prefix, r)
		}
	}
}

func TestWhatIsAskedOfSeveralThingsIsOneCall(t *testing.T) {
	t.Parallel()
	r := DryRunRecord{Action: "a", Resources: []string{"x"}, Denials: []TriedDenial{{PolicyID: "p"}}}
	if r.Merge(DryRunRecord{Action: "b", Resources: []string{"y"}}) {
		t.Error("two actions are one call")
	}
	if !r.Merge(DryRunRecord{Action: "a", Resources: []string{"x", "y"}, Denials: []TriedDenial{{PolicyID: "p"}, {PolicyID: "q"}}}) {
		t.Error("one action is two calls")
	}
	if strings.Join(r.Resources, " ") != "x y" || len(r.Denials) != 2 {
		t.Errorf("%+v", r)
	}
}
