package org

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Rules is the rulebook of one partition: everything in which clouds differ, as data. The laws are code, elsewhere in this package, and
// read their figures here.
type Rules struct {
	Partition Partition

	RootName         string
	AccountID        Pattern
	Depth            int // levels of units below the root
	UnitName         NameRule
	AccountName      NameRule
	PairedName       NameRule // of an account that is to have a twin
	PolicyName       NameRule
	CreationTime     time.Duration // how long a creation takes at a realistic pace
	PolicyTypeTime   time.Duration // how long a type of policy takes to be turned on or off, then; zero is not at all
	CreatesHere      bool          // accounts can be created in this partition
	FeatureSets      []FeatureSet
	EndsOnlyWhenBare bool    // an organization ends only without units and policies of its own
	NeedsEmail       bool    // an account cannot exist without an e-mail address
	NeedsContact     bool    // an account that is no resource account is asked for with an e-mail address or a phone number
	EmailFailure     Failure // how a refused address ends a creation; empty when the request itself is refused
	AccountFails     Failure // an account record that cannot be made
	ResourceFails    Failure // the same for an account without contact data

	AccountNameUnique bool // in the whole partition
	PhoneAccounts     int  // how many accounts one phone number may serve
	Phone             Pattern

	AccessRole        string // the management account's way into a new account, unless the request names another
	ServiceRole       string // what the organizations service itself uses in every account of all features
	ServicePrincipal  string // that service
	ServiceRolePath   string
	ServiceRoleEnds   bool // with the membership
	RolePrefixRefused string
	RoleName          Pattern
	MaxSession        time.Duration // of the access role

	Tags            int
	TagKeyLength    int
	TagValueLength  int
	SystemTagPrefix string
	TagPolicyNames  map[ThingKind]string // what tag policies call the things that are tagged here

	Policies []PolicyRule // every type of policy that there is, in the order of the cloud's contract

	Services          Services
	Catalog           Partition // whose catalog of services holds here, unless there is one of this partition
	NegationsEnd      time.Time // from when on a resource policy can no longer say NotAction and NotResource
	HasResourcePolicy bool      // organizations delegate the care of themselves by a policy

	Hinderings []Hindering // in the order in which they are told
	Failings   []Failing

	ClosureWindow time.Duration // in which ClosureQuota counts
	ClosesHere    bool          // accounts can be closed in this partition
	ClosesInvited bool          // members that were invited can be closed, not only those that were created
	Paired        Partition     // where accounts may have a twin; empty when nowhere

	HomeRegion     string   // where the organizations service is; empty where it is everywhere
	DefaultRegions []string // enabled in every account
	OptInRegions   []string // which an account may enable

	Handshakes HandshakeRules

	Vendor  Quotas // the published default quotas
	Relaxed Quotas // those that keep the shape of the cloud without hindering anyone

	mint minter
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
	Pattern  Pattern
	Says     string // the rule in words
}

func (n NameRule) check(broken Reason, name string) error {
	if err := withoutZero(broken, "a name", name); err != nil {
		return err
	}
	length := utf8.RuneCountInString(name)
	if length < n.Min || length > n.Max || (n.Pattern != nil && !n.Pattern().MatchString(name)) {
		return Errorf(broken, "a name has %s", n.Says)
	}
	return nil
}

// CheckAccountName returns InvalidAccountName for a name that no account of the partition can have.
func (r *Rules) CheckAccountName(name string) error {
	return r.AccountName.check(InvalidAccountName, name)
}

// CheckUnitName returns InvalidUnitName for a name that no unit of the partition can have.
func (r *Rules) CheckUnitName(name string) error {
	return r.UnitName.check(InvalidUnitName, name)
}

// CheckAccountID returns InputMalformed for a text that no account of the partition can have as its id.
func (r *Rules) CheckAccountID(id AccountID) error {
	if !r.AccountID().MatchString(string(id)) {
		return Errorf(InputMalformed, "an account of the partition %s has no id like %q", r.Partition, id)
	}
	return nil
}

func (r *Rules) checkRole(name string) error {
	if r.RolePrefixRefused != "" && strings.HasPrefix(name, r.RolePrefixRefused) {
		return Errorf(InvalidRoleName, "role names that begin with %s belong to services", r.RolePrefixRefused)
	}
	if !r.RoleName().MatchString(name) {
		return Errorf(InvalidRoleName, "the name of a role or agency has 1 to 64 characters out of letters, digits and _+=,.@-")
	}
	return nil
}

// checkContact keeps what the partition wants of contact data at once. A refused address is the creation's own end where EmailFailure says so.
func (r *Rules) checkContact(q AccountRequest) error {
	if r.NeedsContact && !q.Resource && q.Email == "" && q.Phone == "" {
		return Errorf(InputMissing, "an account needs an e-mail address or a phone number; a resource account needs neither")
	}
	if q.Phone != "" && r.Phone != nil && !r.Phone().MatchString(q.Phone) {
		return Errorf(InputMalformed, "a phone number has 1 to 64 ASCII characters, and no blank at either end")
	}
	if q.Email != "" && r.EmailFailure == "" {
		return CheckEmail(q.Email)
	}
	return nil
}

var rulebooks = map[Partition]*Rules{
	AWS:      awsRules(AWS, AllFeatures, ConsolidatedBilling),
	AWSChina: awsRules(AWSChina, AllFeatures, ConsolidatedBilling),
	AWSGov:   awsRules(AWSGov, AllFeatures),
	Huawei:   huaweiRules(),
}

// awsRules holds the figures of the AWS Organizations User Guide, "Quotas and service limits", and of CreateAccount. In which the other partitions differ,
// their guides say: "AWS Organizations in AWS GovCloud (US)" and "Amazon Organizations in Amazon Web Services China".
func awsRules(p Partition, sets ...FeatureSet) *Rules {
	return &Rules{
		Partition:         p,
		RootName:          "Root",
		AccountID:         pattern(`^\d{12}$`),
		Depth:             5,
		UnitName:          NameRule{Min: 1, Max: 128, Says: "1 to 128 characters"},
		AccountName:       NameRule{Min: 1, Max: 50, Pattern: pattern(`^[ -~]+$`), Says: "1 to 50 printable ASCII characters"},
		PairedName:        NameRule{Min: 1, Max: 50, Pattern: pattern(`^[A-Za-z0-9.-]+$`), Says: "1 to 50 letters, digits, - and ., for an account that has a twin"},
		PolicyName:        NameRule{Min: 1, Max: 128, Says: "1 to 128 characters"},
		CreationTime:      54 * time.Second,
		CreatesHere:       p != AWSGov, // they are created along with their twins, by CreateGovCloudAccount
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
		RoleName:          pattern(`^[\w+=,.@-]{1,64}$`),
		MaxSession:        time.Hour,
		Tags:              50,
		TagKeyLength:      128,
		TagValueLength:    256,
		SystemTagPrefix:   "aws:",
		Policies:          awsPolicies(p),
		TagPolicyNames: map[ThingKind]string{
			RootThing: "organizations:root", UnitThing: "organizations:ou", AccountThing: "organizations:account", PolicyThing: "organizations:policy",
			ResourcePolicyThing: "organizations:resourcepolicy", TransferThing: "organizations:transfer",
		},
		Services:          Services{Suffix: ".amazonaws.com", EndsTwice: true},
		Catalog:           AWS,
		NegationsEnd:      time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC),
		HasResourcePolicy: true,
		ClosureWindow:     30 * 24 * time.Hour,
		ClosesHere:        p != AWSGov, // they are closed along with their twins (AWS GovCloud (US) User Guide, "Closing an account")
		ClosesInvited:     true,
		Hinderings:        awsHinderings(p),
		Failings:          awsFailings(),
		Paired:            paired[p],
		HomeRegion:        homeRegions[p],
		DefaultRegions:    defaultRegions[p],
		OptInRegions:      optInRegions[p],
		Handshakes:        awsHandshakes(p),
		Vendor: Quotas{
			Accounts: 10, Creations: 5, Units: 2000, Closing: 3, Closures: ClosureQuota{Floor: 250, Percent: 20, Ceiling: 1000}, LeaveAfter: 4 * 24 * time.Hour,
			JoinAfter: 5 * time.Minute, ClosedFor: closedFor,
			Invitations: 20, InboundTransfers: 1000, OutboundTransfers: 1, TransferLevels: 1, ChainTransfers: 1000,
		},
		Relaxed: Quotas{Accounts: mostAccounts[p], Units: 2000, ClosedFor: closedFor, OutboundTransfers: 1, TransferLevels: 2},
		mint:    awsMinter{},
	}
}

// closedFor is how long a closed account stays (AWS Account Management, "Close an AWS account"; of Huawei Cloud no page says).
const closedFor = 90 * day

// mostAccounts is how far the quota of accounts can be raised, where the partition's guide says so.
var mostAccounts = map[Partition]int{AWSChina: 5000}

// homeRegions are the regions of the service's endpoints (General Reference, "AWS Organizations endpoints and quotas").
var homeRegions = map[Partition]string{AWS: "us-east-1", AWSChina: "cn-northwest-1", AWSGov: "us-gov-west-1"}

// huaweiRules holds the figures of the Huawei Cloud Organizations User Guide, "Constraints"; what no page states is listed in
// docs/divergences.md.
func huaweiRules() *Rules {
	return &Rules{
		Partition:         Huawei,
		RootName:          "root",
		AccountID:         pattern(`^[A-Za-z0-9_-]{1,64}$`),
		Depth:             5,
		UnitName:          NameRule{Min: 1, Max: 64, Pattern: pattern(`^[\p{L}\p{N}_-]([\p{L}\p{N}_ -]*[\p{L}\p{N}_-])?$`), Says: "1 to 64 letters, digits, _, - and inner spaces"},
		AccountName:       NameRule{Min: 6, Max: 30, Pattern: pattern(`^[A-Za-z][A-Za-z0-9_-]*$`), Says: "6 to 30 letters, digits, _ and -, the first a letter"},
		PolicyName:        NameRule{Min: 1, Max: 64, Pattern: pattern(`^[\p{L}\p{N}_-]([\p{L}\p{N}_ -]*[\p{L}\p{N}_-])?$`), Says: "1 to 64 letters, digits, _, - and inner spaces"},
		CreationTime:      5 * time.Second,
		PolicyTypeTime:    3 * time.Second,
		CreatesHere:       true,
		NeedsContact:      true,
		EndsOnlyWhenBare:  true,
		FeatureSets:       []FeatureSet{AllFeatures},
		AccountFails:      FailAccount,
		ResourceFails:     FailResourceAccount,
		AccountNameUnique: true,
		PhoneAccounts:     5,
		Phone:             pattern(`^[!-~]([ -~]{0,62}[!-~])?$`),
		AccessRole:        "OrganizationAccountAccessAgency",
		ServiceRole:       "ServiceLinkedAgencyForOrganizations",
		ServicePrincipal:  "service.Organizations",
		ServiceRolePath:   "/service-linked-agency/service.Organizations/",
		ServiceRoleEnds:   true,
		RoleName:          pattern(`^[\w+=,.@-]{1,64}$`),
		MaxSession:        time.Hour,
		Tags:              20,
		TagKeyLength:      128,
		TagValueLength:    255,
		Policies:          huaweiPolicies(),
		TagPolicyNames: map[ThingKind]string{
			RootThing: "organizations:roots", UnitThing: "organizations:ous", AccountThing: "organizations:accounts", PolicyThing: "organizations:policies",
		},
		Services:      Services{Prefix: "service."},
		Catalog:       Huawei,
		Hinderings:    leaving,
		ClosureWindow: 30 * 24 * time.Hour,
		ClosesHere:    true,
		Handshakes:    huaweiHandshakes(),
		Vendor: Quotas{
			Accounts: 10, Creations: 5, Units: 1000, Closing: 3, Closures: ClosureQuota{Percent: 10, Ceiling: 200, Active: true}, LeaveAfter: 7 * 24 * time.Hour,
			ClosedFor:   closedFor,
			Invitations: 20,
		},
		Relaxed: Quotas{Units: 1000, ClosedFor: closedFor},
		mint:    huaweiMinter{},
	}
}
