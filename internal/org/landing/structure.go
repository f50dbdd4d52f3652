package landing

import (
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// DefaultCoreUnit is the name of the core unit when the request gives none (RGC console).
const DefaultCoreUnit = "Security"

// NewSetup checks what a zone is asked to be, fills in what the request leaves open, and returns it. It fails with HomeRegionWrong,
// PhoneRequired, InvalidEmail, IdentityStoreMailMissing, InvalidUnitName, InvalidAccountName, and InputMissing or InputMalformed for a
// structure that is not one core with exactly one log and one audit account and at most one custom unit.
func NewSetup(r *org.Rules, s Setup) (Setup, error) {
	if err := s.checkRegions(); err != nil {
		return Setup{}, err
	}
	if err := s.checkIdentity(); err != nil {
		return Setup{}, err
	}
	var err error
	if s.Structure, err = s.completed(r); err != nil {
		return Setup{}, err
	}
	return s, s.checkAccounts(r)
}

func (s *Setup) checkIdentity() error {
	if s.IdentityCenter && s.IdentityStoreEmail == "" {
		return org.Errorf(org.IdentityStoreMailMissing, "the identity center needs an e-mail address for its administrator")
	}
	if s.IdentityStoreEmail == "" {
		return nil
	}
	return org.CheckEmail(s.IdentityStoreEmail)
}

// completed returns the structure with the core unit named, or unnamed where the zone makes none.
func (s *Setup) completed(r *org.Rules) ([]Structure, error) {
	out := make([]Structure, 0, len(s.Structure))
	seen := map[bool]string{}
	for _, part := range s.Structure {
		if _, twice := seen[part.Core]; twice {
			return nil, org.Errorf(org.InputMalformed, "the structure has one core part and at most one custom part")
		}
		switch {
		case part.Core && s.NonStandard:
			part.UnitName = ""
		case part.Core && part.UnitName == "":
			part.UnitName = DefaultCoreUnit
		case !part.Core && len(part.Accounts) > 0:
			return nil, org.Errorf(org.InputMalformed, "log and audit accounts stand in the core part")
		}
		if part.UnitName != "" {
			if _, err := org.NewUnit(r, "", org.Unit{}, part.UnitName, time.Time{}); err != nil {
				return nil, err
			}
		}
		seen[part.Core] = part.UnitName
		out = append(out, part)
	}
	if _, core := seen[true]; !core {
		return nil, org.Errorf(org.InputMissing, "the structure needs a core part")
	}
	if seen[true] != "" && seen[true] == seen[false] {
		return nil, org.Errorf(org.InputMalformed, "the core and the custom unit need different names")
	}
	return out, nil
}

// checkAccounts holds the core accounts to one of each type, to the names and contact data that accounts need, and apart.
func (s *Setup) checkAccounts(r *org.Rules) error {
	types, names, ids := map[AccountType]bool{}, map[string]bool{}, map[org.AccountID]bool{}
	for _, a := range s.CoreAccounts() {
		if types[a.Type] || names[a.Name] || a.AccountID != "" && ids[a.AccountID] {
			return org.Errorf(org.InputMalformed, "the core accounts differ in type, name and id")
		}
		types[a.Type], names[a.Name], ids[a.AccountID] = true, true, true
		if err := a.check(r, s.chineseSite()); err != nil {
			return err
		}
	}
	if !types[LoggingAccount] || !types[SecurityAccount] || len(types) != 2 {
		return org.Errorf(org.InputMissing, "the core part needs one account of the type LOGGING and one of the type SECURITY")
	}
	return nil
}

func (a *CoreAccount) check(r *org.Rules, chinese bool) error {
	if _, err := org.NewCreation(r, "", org.Organization{}, a.Request(), org.Caller{}, time.Time{}); err != nil {
		return err
	}
	made := a.AccountID == ""
	switch {
	case made && chinese && a.Phone == "":
		return org.Errorf(org.PhoneRequired, "the account %s needs a phone number", a.Name)
	case a.Email == "" && a.Type == SecurityAccount:
		return org.Errorf(org.InputMissing, "the account %s needs an e-mail address, which receives alarms", a.Name)
	case made && !chinese && a.Email == "":
		return org.Errorf(org.InputMissing, "the account %s needs an e-mail address", a.Name)
	case a.Email != "":
		return org.CheckEmail(a.Email)
	}
	return nil
}

// Request returns what the organization is asked for when the account is made.
func (a *CoreAccount) Request() org.AccountRequest {
	return org.AccountRequest{Name: a.Name, Email: a.Email, Phone: a.Phone, Resource: a.Email == "" && a.Phone == ""}
}
