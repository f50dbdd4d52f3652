package org

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// Rules is the rulebook of one partition: everything in which clouds differ, as data. The laws are code, elsewhere in this package, and
// read their figures here.
type Rules struct {
	Partition Partition

	RootName         string
	AccountID        *regexp.Regexp
	Depth            int // levels of units below the root
	UnitName         NameRule
	AccountName      NameRule
	CreationTime     time.Duration // how long a creation takes at a realistic pace
	CreatesHere      bool          // accounts can be created in this partition
	FeatureSets      []FeatureSet
	UnitsBlockDelete bool    // an organization ends only without units
	NeedsEmail       bool    // an account cannot exist without an e-mail address
	NeedsContact     bool    // an account that is no resource account is asked for with an e-mail address or a phone number
	EmailFailure     Failure // how a refused address ends a creation; empty when the request itself is refused
	AccountFails     Failure // an account record that cannot be made
	ResourceFails    Failure // the same for an account without contact data

	AccountNameUnique bool // in the whole partition
	PhoneAccounts     int  // how many accounts one phone number may serve

	AccessRole        string // the management account's way into a new account, unless the request names another
	ServiceRole       string // what the organizations service itself uses in every account of all features
	ServicePrincipal  string // that service
	ServiceRolePath   string
	RolePrefixRefused string
	RoleName          *regexp.Regexp
	MaxSession        time.Duration // of the access role

	Tags            int
	TagKeyLength    int
	TagValueLength  int
	SystemTagPrefix string

	Vendor  Quotas // the published default quotas
	Relaxed Quotas // those that keep the shape of the cloud without hindering anyone

	mint minter
}

// Quotas are limits that an operator may set. Zero means none.
type Quotas struct {
	Accounts  int // in one organization, the management account included
	Creations int // in progress at once in one organization
	Units     int // in one organization, without the root
}

// RulesOf returns the rulebook of a partition. It panics for a partition that has none: partitions are constants.
func RulesOf(p Partition) *Rules {
	r, ok := rulebooks[p]
	if !ok {
		panic("org: no rulebook for partition " + string(p))
	}
	return r
}

// A NameRule says which names are accepted.
type NameRule struct {
	Min, Max int // characters
	Pattern  *regexp.Regexp
	Says     string // the rule in words
}

func (n NameRule) check(broken Reason, name string) error {
	length := utf8.RuneCountInString(name)
	if length < n.Min || length > n.Max || (n.Pattern != nil && !n.Pattern.MatchString(name)) {
		return Errorf(broken, "a name has %s", n.Says)
	}
	return nil
}

// CheckAccountName returns InvalidAccountName for a name that no account of the partition can have.
func (r *Rules) CheckAccountName(name string) error {
	return r.AccountName.check(InvalidAccountName, name)
}

// CheckAccountID returns InputMalformed for a text that no account of the partition can have as its id.
func (r *Rules) CheckAccountID(id AccountID) error {
	if !r.AccountID.MatchString(string(id)) {
		return Errorf(InputMalformed, "an account of the partition %s has no id like %q", r.Partition, id)
	}
	return nil
}

func (r *Rules) checkRole(name string) error {
	if r.RolePrefixRefused != "" && strings.HasPrefix(name, r.RolePrefixRefused) {
		return Errorf(InvalidRoleName, "role names that begin with %s belong to services", r.RolePrefixRefused)
	}
	if !r.RoleName.MatchString(name) {
		return Errorf(InvalidRoleName, "a role name has 1 to 64 characters out of letters, digits and _+=,.@-")
	}
	return nil
}

// checkContact keeps what the partition wants of contact data at once. A refused address is the creation's own end where EmailFailure says so.
func (r *Rules) checkContact(q AccountRequest) error {
	if r.NeedsContact && !q.Resource && q.Email == "" && q.Phone == "" {
		return Errorf(InputMissing, "an account needs an e-mail address or a phone number; a resource account needs neither")
	}
	if q.Email != "" && r.EmailFailure == "" {
		return CheckEmail(q.Email)
	}
	return nil
}

var rulebooks = map[Partition]*Rules{
	AWS:      awsRules(AWS, true, AllFeatures, ConsolidatedBilling),
	AWSChina: awsRules(AWSChina, false, AllFeatures, ConsolidatedBilling),
	AWSGov:   awsRules(AWSGov, true, AllFeatures),
	Huawei:   huaweiRules(),
}

// awsRules holds the figures of the AWS Organizations User Guide, "Quotas and service limits", and of CreateAccount.
func awsRules(p Partition, creates bool, sets ...FeatureSet) *Rules {
	return &Rules{
		Partition:         p,
		RootName:          "Root",
		AccountID:         regexp.MustCompile(`^\d{12}$`),
		Depth:             5,
		UnitName:          NameRule{Min: 1, Max: 128, Says: "1 to 128 characters"},
		AccountName:       NameRule{Min: 1, Max: 50, Pattern: regexp.MustCompile(`^[ -~]+$`), Says: "1 to 50 printable ASCII characters"},
		CreationTime:      54 * time.Second,
		CreatesHere:       creates,
		FeatureSets:       sets,
		NeedsEmail:        true,
		EmailFailure:      FailEmailRefused,
		AccountFails:      FailInternal,
		ResourceFails:     FailInternal,
		AccessRole:        "OrganizationAccountAccessRole",
		ServiceRole:       "AWSServiceRoleForOrganizations",
		ServicePrincipal:  "organizations.amazonaws.com",
		ServiceRolePath:   "/aws-service-role/organizations.amazonaws.com/",
		RolePrefixRefused: "AWSServiceRoleFor",
		RoleName:          regexp.MustCompile(`^[\w+=,.@-]{1,64}$`),
		MaxSession:        time.Hour,
		Tags:              50,
		TagKeyLength:      128,
		TagValueLength:    256,
		SystemTagPrefix:   "aws:",
		Vendor:            Quotas{Accounts: 10, Creations: 5, Units: 2000},
		Relaxed:           Quotas{Units: 2000},
		mint:              awsMinter{},
	}
}

// huaweiRules holds the figures of the Huawei Cloud Organizations User Guide, "Constraints"; what no page states is listed in
// docs/divergences.md.
func huaweiRules() *Rules {
	return &Rules{
		Partition:         Huawei,
		RootName:          "root",
		AccountID:         regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`),
		Depth:             5,
		UnitName:          NameRule{Min: 1, Max: 64, Pattern: regexp.MustCompile(`^[\p{L}\p{N}_-]([\p{L}\p{N}_ -]*[\p{L}\p{N}_-])?$`), Says: "1 to 64 letters, digits, _, - and inner spaces"},
		AccountName:       NameRule{Min: 6, Max: 30, Pattern: regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`), Says: "6 to 30 letters, digits, _ and -, the first a letter"},
		CreationTime:      5 * time.Second,
		CreatesHere:       true,
		NeedsContact:      true,
		UnitsBlockDelete:  true,
		FeatureSets:       []FeatureSet{AllFeatures},
		AccountFails:      FailAccount,
		ResourceFails:     FailResourceAccount,
		AccountNameUnique: true,
		PhoneAccounts:     5,
		AccessRole:        "OrganizationAccountAccessAgency",
		ServiceRole:       "ServiceLinkedAgencyForOrganizations",
		ServicePrincipal:  "service.Organizations",
		ServiceRolePath:   "/service-linked-agency/service.Organizations/",
		RoleName:          regexp.MustCompile(`^[\w+=,.@-]{1,64}$`),
		MaxSession:        time.Hour,
		Tags:              20,
		TagKeyLength:      128,
		TagValueLength:    255,
		Vendor:            Quotas{Accounts: 10, Creations: 5, Units: 1000},
		Relaxed:           Quotas{Units: 1000},
		mint:              huaweiMinter{},
	}
}
