package landing_test

import (
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
)

var rules = org.RulesOf(org.Huawei)

// setup is one that keeps all laws; each call makes another.
func setup() landing.Setup {
	return landing.Setup{
		HomeRegion:     "cn-north-4",
		Regions:        []landing.Region{{Name: "cn-north-4", Enabled: true}, {Name: "cn-east-3", Enabled: true}, {Name: "cn-south-1"}},
		IdentityCenter: true, IdentityStoreEmail: "admin@example.com",
		Structure: []landing.Structure{
			{Core: true, UnitName: "Security", Accounts: []landing.CoreAccount{
				{Type: landing.LoggingAccount, Name: "log-archive", Phone: "13800000000"},
				{Type: landing.SecurityAccount, Name: "audit-account", Phone: "13800000000", Email: "audit@example.com"},
			}},
			{UnitName: "Sandbox"},
		},
	}
}

func TestNewSetup(t *testing.T) {
	t.Parallel()
	account := func(i int, change func(*landing.CoreAccount)) func(*landing.Setup) {
		return func(s *landing.Setup) { change(&s.Structure[0].Accounts[i]) }
	}
	abroad := func(s *landing.Setup) {
		s.HomeRegion, s.Regions = "ap-southeast-1", []landing.Region{{Name: "ap-southeast-1", Enabled: true}}
	}
	for _, c := range []struct {
		name   string
		change func(*landing.Setup)
		fails  org.Reason
	}{
		{"a whole one is right", func(*landing.Setup) {}, ""},
		{"a custom part is optional", func(s *landing.Setup) { s.Structure = s.Structure[:1] }, ""},
		{"a custom part needs no name", func(s *landing.Setup) { s.Structure[1].UnitName = "" }, ""},
		{"no unit is asked for", func(s *landing.Setup) { s.NonStandard = true }, ""},
		{"the identity center is optional", func(s *landing.Setup) { s.IdentityCenter, s.IdentityStoreEmail = false, "" }, ""},
		{"an existing account needs no phone", account(0, func(a *landing.CoreAccount) { a.AccountID, a.Phone = "a-1", "" }), ""},

		{"an unknown home", func(s *landing.Setup) { s.HomeRegion, s.Regions[0].Name = "mars-1", "mars-1" }, org.HomeRegionWrong},
		{"a home that is not enabled", func(s *landing.Setup) { s.Regions[0].Enabled = false }, org.HomeRegionWrong},
		{"a home that is not listed", func(s *landing.Setup) { s.Regions = s.Regions[1:] }, org.HomeRegionWrong},
		{"a region twice", func(s *landing.Setup) { s.Regions = append(s.Regions, s.Regions[2]) }, org.InputMalformed},
		{"an identity center without an address", func(s *landing.Setup) { s.IdentityStoreEmail = "" }, org.IdentityStoreMailMissing},
		{"an identity center with a wrong address", func(s *landing.Setup) { s.IdentityStoreEmail = "admin" }, org.InvalidEmail},
		{"no core part", func(s *landing.Setup) { s.Structure = s.Structure[1:] }, org.InputMissing},
		{"two core parts", func(s *landing.Setup) { s.Structure[1].Core = true }, org.InputMalformed},
		{"two custom parts", func(s *landing.Setup) { s.Structure[0].Core = false; s.Structure[0].Accounts = nil }, org.InputMalformed},
		{"accounts in the custom part", func(s *landing.Setup) { s.Structure[1].Accounts = s.Structure[0].Accounts }, org.InputMalformed},
		{"two units of one name", func(s *landing.Setup) { s.Structure[1].UnitName = "Security" }, org.InputMalformed},
		{"a unit's name that is too long", func(s *landing.Setup) { s.Structure[1].UnitName = strings.Repeat("u", 65) }, org.InvalidUnitName},
		{"no audit account", func(s *landing.Setup) { s.Structure[0].Accounts = s.Structure[0].Accounts[:1] }, org.InputMissing},
		{"no log account", func(s *landing.Setup) { s.Structure[0].Accounts = s.Structure[0].Accounts[1:] }, org.InputMissing},
		{"two log accounts", account(1, func(a *landing.CoreAccount) { a.Type = landing.LoggingAccount }), org.InputMalformed},
		{"another type of core account", account(0, func(a *landing.CoreAccount) { a.Type = landing.CustomAccount }), org.InputMissing},
		{"two accounts of one name", account(1, func(a *landing.CoreAccount) { a.Name = "log-archive" }), org.InputMalformed},
		{"one account for both", func(s *landing.Setup) {
			s.Structure[0].Accounts[0].AccountID, s.Structure[0].Accounts[1].AccountID = "a-1", "a-1"
		}, org.InputMalformed},
		{"an account's name that is too short", account(0, func(a *landing.CoreAccount) { a.Name = "log" }), org.InvalidAccountName},
		{"no phone on the Chinese site", account(0, func(a *landing.CoreAccount) { a.Phone = "" }), org.PhoneRequired},
		{"no address for alarms", account(1, func(a *landing.CoreAccount) { a.Email = "" }), org.InputMissing},
		{"no address for alarms of an existing account", account(1, func(a *landing.CoreAccount) { a.AccountID, a.Email = "a-1", "" }), org.InputMissing},
		{"a wrong address", account(1, func(a *landing.CoreAccount) { a.Email = "audit" }), org.InvalidEmail},
		{"no address on the international site", abroad, org.InputMissing},
		{"no phone on the international site", func(s *landing.Setup) {
			abroad(s)
			s.Structure[0].Accounts[0].Phone, s.Structure[0].Accounts[0].Email = "", "log@example.com"
		}, ""},
	} {
		s := setup()
		c.change(&s)
		_, err := landing.NewSetup(rules, s)
		if org.ReasonOf(err) != c.fails {
			t.Errorf("%s: %v, want %q", c.name, err, c.fails)
		}
	}
}

func TestTheCoreUnitIsNamed(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(*landing.Setup){
		"Security": func(s *landing.Setup) { s.Structure[0].UnitName = "" },
		"Core":     func(s *landing.Setup) { s.Structure[0].UnitName = "Core" },
		"":         func(s *landing.Setup) { s.NonStandard = true },
	} {
		s := setup()
		change(&s)
		got, err := landing.NewSetup(rules, s)
		if err != nil || got.CoreUnitName() != want {
			t.Errorf("got %q, %v, want %q", got.CoreUnitName(), err, want)
		}
	}
}
