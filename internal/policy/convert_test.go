package policy

import (
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026":                          "2026-01-01T00:00:00Z",
		"2026-03":                       "2026-03-01T00:00:00Z",
		"2024-02-29":                    "2024-02-29T00:00:00Z",
		"2026-03-04T05:06Z":             "2026-03-04T05:06:00Z",
		"2026-03-04T05:06:07Z":          "2026-03-04T05:06:07Z",
		"2026-03-04T05:06:07.25Z":       "2026-03-04T05:06:07.25Z",
		"2026-03-04T05:06:07+08:00":     "2026-03-03T21:06:07Z",
		"2026-03-04T05:06:07-01:30":     "2026-03-04T06:36:07Z",
		"1767225600":                    "2026-01-01T00:00:00Z",
		"0001-01-01T00:00:00.000000001": "",
		"":                              "", "soon": "", "20": "", "2026-13": "", "2026-02-30": "", "2026-1-1": "", "2026-03-04T05": "",
		"2026-03-04T24:00Z": "", "2026-03-04T05:60Z": "", "2026-03-04 05:06:07Z": "", "2026-03-04T05:06:07.Z": "",
		"2026-03-04T05:06:07Zulu": "", "2026-03-04T05:06:07": "", "99999999999999999999": "", "2026-03-04T05:06:07+0800": "",
	} {
		got, ok := instant(text)
		if s := got.UTC().Format(time.RFC3339Nano); ok != (want != "") || ok && s != want {
			t.Errorf("%q is read as %s, %v", text, s, ok)
		}
	}
}

func TestNumbersAreDecimal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"0": true, "-1.5": true, "+2": true, "1e3": true, ".5": true,
		"": false, "inf": false, "NaN": false, "0x10": false, "1_000": false, "1 ": false, "e": false, "--1": false,
	} {
		if _, ok := number(text); ok != want {
			t.Errorf("%q: %v", text, ok)
		}
	}
}

func TestNetworks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		network, address string
		want             bool
	}{
		{"10.0.0.0/8", "10.1.2.3", true}, {"10.9.9.9/8", "10.1.2.3", true}, {"10.1.2.3", "10.1.2.3", true}, {"10.1.2.3", "10.1.2.4", false},
		{"::1", "::1", true}, {"2001:db8::/32", "2001:db8::5", true}, {"0.0.0.0/0", "::1", false}, {"::/0", "1.2.3.4", false},
		{"0.0.0.0/0", "::ffff:1.2.3.4", true}, {"10.0.0.0/33", "10.0.0.0", false}, {"", "10.0.0.0", false}, {"x", "x", false},
	} {
		op, _, _, _ := awsOperators.find("IpAddress")
		o := op.operand(c.network, false)
		if got := op.match(&o, c.address, nil); got != c.want {
			t.Errorf("%s in %s: %v", c.address, c.network, got)
		}
	}
}
