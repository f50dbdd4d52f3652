package org_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/polity-cloud/polity/internal/org"
)

var mint = org.Mint{Random: rand.Reader}

// The spellings are those that the clouds generate, within the patterns of their contracts.
func TestIDsAreSpelledAsTheCloudSpellsThem(t *testing.T) {
	t.Parallel()
	const uuid = `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`
	aws := map[string]string{
		"organization": `^o-[a-z0-9]{10}$`, "root": `^r-[0-9a-z]{4}$`, "unit": `^ou-q8w1-[a-z0-9]{8}$`, "account": `^\d{12}$`,
		"creation": `^car-[0-9a-f]{32}$`, "role": `^AROA[A-Z2-7]{17}$`, "user": `^AIDA[A-Z2-7]{17}$`, "service role": `^AROA[A-Z2-7]{17}$`,
		"key": `^AKIARZPUZDIK[A-P][A-Z2-7]{7}$`, "temporary key": `^ASIARZPUZDIK[A-P][A-Z2-7]{7}$`,
	}
	spelled := map[org.Partition]map[string]string{
		org.AWS: aws, org.AWSChina: aws, org.AWSGov: aws,
		org.Huawei: {
			"organization": `^o-[0-9a-z]{32}$`, "root": `^r-[0-9a-z]{12}$`, "unit": `^ou-[0-9a-z]{28}$`, "account": `^[0-9a-f]{32}$`,
			"creation": `^h-[0-9a-z]{32}$`, "role": `^[0-9a-f]{32}$`, "user": `^[0-9a-f]{32}$`, "service role": `^[0-9a-f]{32}$`,
			"key": `^[0-9A-Z]{20}$`, "temporary key": `^HST[0-9A-Z]{17}$`,
		},
	}
	for _, p := range org.Partitions {
		r := org.RulesOf(p)
		for range 50 {
			check := func(kind, id string) {
				t.Helper()
				if want := spelled[p][kind]; want == "" || !regexp.MustCompile(want).MatchString(id) {
					t.Errorf("%s: a %s is %q, want %s", p, kind, id, want)
				}
			}
			check("organization", string(mint.Organization(r)))
			check("root", string(mint.Root(r)))
			check("unit", string(mint.Unit(r, "r-q8w1")))
			check("account", string(mint.Account(r)))
			check("creation", string(mint.Creation(r)))
			check("role", string(mint.Principal(r, org.Role)))
			check("user", string(mint.Principal(r, org.User)))
			check("service role", string(mint.Principal(r, org.ServiceRole)))
			check("key", string(mint.Key(r, "123456789012", false)))
			check("temporary key", string(mint.Key(r, "123456789012", true)))
			if err := r.CheckAccountID(mint.Account(r)); err != nil {
				t.Errorf("%s mints an account id that it refuses: %v", p, err)
			}
		}
	}
	for kind, c := range map[string]struct{ id, want string }{
		"secret":    {mint.Secret(), `^[A-Za-z0-9+/]{40}$`},
		"operation": {string(mint.Operation()), `^[0-9a-z]{8}(-[0-9a-z]{4}){3}-[0-9a-z]{12}$`},
		"UUID":      {mint.UUID(), uuid},
		"hex":       {mint.Hex(5), `^[0-9a-f]{10}$`},
	} {
		if !regexp.MustCompile(c.want).MatchString(c.id) {
			t.Errorf("a %s is %q, want %s", kind, c.id, c.want)
		}
	}
}

func TestIDsAreNotRepeated(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		for _, id := range []string{mint.UUID(), string(mint.Organization(org.RulesOf(org.AWS))), string(mint.Creation(org.RulesOf(org.Huawei)))} {
			if seen[id] {
				t.Fatalf("%s came twice", id)
			}
			seen[id] = true
		}
	}
}

// 36, 62 and 10 do not divide 256: a plain remainder would favour the first letters by up to a fifth.
func TestLettersAreEquallyLikely(t *testing.T) {
	t.Parallel()
	seeded := org.Mint{Random: mathrand.NewChaCha8([32]byte{1})}
	for name, c := range map[string]struct {
		letters int
		text    func() string
	}{
		"36 letters": {36, func() string { return string(seeded.Creation(org.RulesOf(org.Huawei)))[2:] }},
		"64 letters": {64, seeded.Secret},
		"10 digits":  {10, func() string { return string(seeded.Account(org.RulesOf(org.AWS))) }},
	} {
		count, all := map[rune]int{}, 0
		for range 4000 {
			for _, letter := range c.text() {
				count[letter]++
				all++
			}
		}
		if len(count) != c.letters {
			t.Errorf("%s: %d came up", name, len(count))
		}
		want := float64(all) / float64(c.letters)
		for letter, n := range count {
			if off := float64(n)/want - 1; off > .12 || off < -.12 {
				t.Errorf("%s: %c came %d times instead of %.0f", name, letter, n, want)
			}
		}
	}
}

func TestAServerWithoutRandomnessStops(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("an id was made of nothing")
		}
	}()
	org.Mint{Random: bytes.NewReader(nil)}.UUID()
}

// The pairs are computed from the rule that AWS's own keys follow.
func TestAnAWSKeyCarriesItsAccount(t *testing.T) {
	t.Parallel()
	for account, want := range map[org.AccountID]string{
		"123456789012": `^(AKIA|ASIA)RZPUZDIK[A-P]`, "999999999999": `^(AKIA|ASIA)6RVFFB77[Q-Z2-7]`, "000000000042": `^(AKIA|ASIA)QAAAAAAV[A-P]`,
	} {
		for range 40 {
			for _, temporary := range []bool{false, true} {
				key := mint.Key(org.RulesOf(org.AWS), account, temporary)
				if !regexp.MustCompile(want).MatchString(string(key)) {
					t.Errorf("%s has the key %s", account, key)
				}
				if got, ok := org.AccountOfKey(key); !ok || got != account {
					t.Errorf("%s is of %s, %v", key, got, ok)
				}
			}
		}
		for _, last := range []string{"A", "P"} {
			if strings.HasSuffix(want, "[A-P]") {
				key := org.KeyID("AKIA" + want[len("^(AKIA|ASIA)"):len(want)-len("[A-P]")] + last + "ZZZZZZZ")
				if got, ok := org.AccountOfKey(key); !ok || got != account {
					t.Errorf("%s is of %s, %v", key, got, ok)
				}
			}
		}
	}
	for says, key := range map[string]org.KeyID{
		"another prefix": "AIDARZPUZDIKA2222222", "too short": "AKIARZPUZDIKA", "not base32": "AKIA1111111111111111", "small letters": "AKIArzpuzdikaaaaaaaa",
		"a number of an older key": "AKIAIOSFODNN7EXAMPLE", "a number above twelve digits": "AKIA77777777Q7777777", "Huawei Cloud's": "HPUA0123456789ABCDEF", "nothing": "",
	} {
		if got, ok := org.AccountOfKey(key); ok {
			t.Errorf("%s: %s is of %s", says, key, got)
		}
	}
}

func TestEveryAccountComesBackFromItsKey(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		account := org.AccountID(fmt.Sprintf("%012d", rapid.Uint64Range(0, 999999999999).Draw(t, "account")))
		key := mint.Key(org.RulesOf(org.AWS), account, rapid.Bool().Draw(t, "temporary"))
		if got, ok := org.AccountOfKey(key); !ok || got != account || len(key) != 20 {
			t.Fatalf("%s is of %s, %v", key, got, ok)
		}
	})
}

func TestNoKeyBreaksTheReader(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key := org.KeyID(rapid.SampledFrom([]string{"", "AKIA", "ASIA"}).Draw(t, "prefix") + rapid.String().Draw(t, "rest"))
		if account, ok := org.AccountOfKey(key); ok && org.RulesOf(org.AWS).CheckAccountID(account) != nil {
			t.Fatalf("%q is of %q", key, account)
		}
	})
}
