package landing

import (
	"slices"

	"github.com/polity-cloud/polity/internal/org"
)

// Setup is what a zone is asked to be (SetupLandingZone).
type Setup struct {
	HomeRegion           string
	Regions              []Region
	Structure            []Structure
	NonStandard          bool // no core unit is made
	IdentityCenter       bool
	IdentityStoreEmail   string
	DenyUngovernedRegion bool
	CloudTrail           bool
	KMSKeyID             string
	Logging              Logging
	BaselineVersion      string
	RequestedBy          org.Caller
}

// Region says whether the zone governs a region.
type Region struct {
	Name    string
	Enabled bool
}

// Structure is a unit that set-up makes, with its accounts.
type Structure struct {
	Core     bool
	UnitName string
	Accounts []CoreAccount
}

// CoreAccount is an account that set-up makes or takes in.
type CoreAccount struct {
	Type       AccountType
	Name       string
	AccountID  org.AccountID  // an existing member; empty until the account is made
	CreationID org.CreationID // the organization's creation that makes it; empty for one taken in
	Email      string
	Phone      string
}

// Logging is where the zone keeps its logs.
type Logging struct {
	BucketName   string
	Bucket       Bucket
	AccessBucket Bucket
}

// Bucket is one log store.
type Bucket struct {
	RetentionDays int
	MultiZone     bool
}

// Defaults of the log buckets (RGC console).
const (
	LogDays       = 365
	AccessLogDays = 3650
)

// core returns the structure's core part, nil before NewSetup has made sure of one.
func (s *Setup) core() *Structure {
	for i := range s.Structure {
		if s.Structure[i].Core {
			return &s.Structure[i]
		}
	}
	return nil
}

// CoreUnitName returns the name of the core unit, empty where the zone makes none.
func (s *Setup) CoreUnitName() string {
	if c := s.core(); c != nil {
		return c.UnitName
	}
	return ""
}

// CoreAccounts returns the core accounts.
func (s *Setup) CoreAccounts() []CoreAccount {
	if c := s.core(); c != nil {
		return c.Accounts
	}
	return nil
}

// CoreAccount returns the core account of a type, the zero one where there is none.
func (s *Setup) CoreAccount(t AccountType) CoreAccount {
	for _, a := range s.CoreAccounts() {
		if a.Type == t {
			return a
		}
	}
	return CoreAccount{}
}

// WithCoreAccounts returns the setup with other core accounts.
func (s Setup) WithCoreAccounts(accounts []CoreAccount) Setup {
	s.Structure = slices.Clone(s.Structure)
	if c := s.core(); c != nil {
		c.Accounts = accounts
	}
	return s
}

// Continue returns the setup as it goes on from what an earlier one has made, so that a repeated set-up takes up the accounts that are
// there instead of failing on their names. The core unit cannot be renamed (RGC User Guide, "Setting up a landing zone"). An update or
// repair keeps the home region, which else fails with HomeRegionWrong, and the core accounts.
func (s Setup) Continue(before Setup, a Action) (Setup, error) {
	if a != Create && s.HomeRegion != before.HomeRegion {
		return Setup{}, org.Errorf(org.HomeRegionWrong, "the landing zone is at home in %s", before.HomeRegion)
	}
	if s.NonStandard != before.NonStandard || s.CoreUnitName() != before.CoreUnitName() {
		return Setup{}, org.Errorf(org.InputMalformed, "the core unit of the landing zone is %q and stays so", before.CoreUnitName())
	}
	accounts := slices.Clone(s.CoreAccounts())
	for i, now := range accounts {
		was := before.CoreAccount(now.Type)
		kept := now.AccountID == "" && now.Name == was.Name || now.AccountID != "" && now.AccountID == was.AccountID
		if kept {
			accounts[i].AccountID, accounts[i].CreationID = was.AccountID, was.CreationID
		} else if a != Create {
			return Setup{}, org.Errorf(org.InputMalformed, "the %s account of the landing zone is %s and stays so", was.Type, was.Name)
		}
	}
	return s.WithCoreAccounts(accounts), nil
}
