package awsiam_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/api/awsiam"
	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
)

// served are the actions, with what each needs to be asked at all.
var served = map[string][]string{
	"CreateServiceLinkedRole": {"AWSServiceName", "config.amazonaws.com"}, "GetRole": {"RoleName", "OrganizationAccountAccessRole"}, "ListRoles": nil,
	"GetUser": {"UserName", "admin"}, "ListAccountAliases": nil, "GetAccountPasswordPolicy": nil, "ListOrganizationsFeatures": nil,
	"EnableOrganizationsRootCredentialsManagement": nil, "DisableOrganizationsRootCredentialsManagement": nil,
	"EnableOrganizationsRootSessions": nil, "DisableOrganizationsRootSessions": nil,
}

func TestEveryActionDemandsASignatureAndARight(t *testing.T) {
	t.Parallel()
	h := newHouse(t, gate.Verify, nil)
	if d := cmp.Diff(slices.Sorted(maps.Keys(served)), awsiam.Operations()); d != "" {
		t.Fatal(d)
	}
	powerless := h.admins[management].Caller
	powerless.Admin, powerless.Temporary, powerless.Kind = false, true, org.Role
	weak := gatetest.Key{ID: "ASIAPOWERLESS0000001", Secret: "x"}
	weak.Token = h.Token(powerless, weak, 3600e9)
	for name, parameters := range served {
		h.ask(t, gatetest.Key{}, name, parameters...).is(t, 403, "MissingAuthenticationToken", "Authentication Token")
		h.ask(t, gatetest.Key{ID: h.key(management).ID, Secret: "wrong"}, name, parameters...).is(t, 403, "SignatureDoesNotMatch", "does not match")
		h.ask(t, gatetest.Key{ID: "AKIANOBODY0000000001", Secret: "x"}, name, parameters...).is(t, 403, "InvalidClientTokenId", "security token")
		h.ask(t, weak, name, parameters...).is(t, 403, "AccessDenied", "is not authorized to perform: iam:"+name)
	}
	h.ask(t, gatetest.Key{}, "Nonsense").is(t, 403, "MissingAuthenticationToken", "")
}

func TestSessionTokensAreNotForIAM(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mode   gate.Mode
		status int
		code   string
	}{{gate.Verify, 403, "InvalidClientTokenId"}, {gate.Soft, 403, "InvalidClientTokenId"}, {gate.Open, 200, ""}} {
		h := newHouse(t, c.mode, nil)
		issued, err := h.SessionToken(t.Context(), h.admins[management].Caller, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		h.ask(t, gatetest.Key{ID: string(issued.KeyID), Secret: issued.Secret, Token: issued.Token}, "GetUser").is(t, c.status, c.code, "")
	}
}

func TestWhatIsNotServedSaysSo(t *testing.T) {
	t.Parallel()
	h := newHouse(t, gate.Verify, nil)
	for _, name := range []string{"CreateUser", "DeleteServiceLinkedRole", "Nonsense"} {
		h.ask(t, h.key(management), name).is(t, 400, "InvalidAction", "Could not find operation "+name+" for version 2010-05-08")
	}
	for _, name := range []string{"GenerateOrganizationsAccessReport", "GetOrganizationsAccessReport"} {
		h.ask(t, h.key(management), name, "EntityPath", string(h.id)+"/r-abcd").is(t, 400, "UnsupportedOperation", name)
	}
}

func TestWhatTheContractForbids(t *testing.T) {
	t.Parallel()
	h := newHouse(t, gate.Verify, nil)
	long := strings.Repeat("x", 1001)
	for _, c := range []struct{ action, name, value, says string }{
		{"GetRole", "", "", "Value null at 'roleName' failed to satisfy constraint: Member must not be null"},
		{"GetRole", "RoleName", long, "less than or equal to 64"},
		{"GetRole", "RoleName", "a b", "regular expression"},
		{"GetUser", "UserName", "", "greater than or equal to 1"},
		{"GetUser", "UserName", long, "less than or equal to 128"},
		{"ListRoles", "MaxItems", "0", "greater than or equal to 1"},
		{"ListRoles", "MaxItems", "1001", "less than or equal to 1000"},
		{"ListRoles", "PathPrefix", "x", "regular expression"},
		{"ListRoles", "Marker", "made-up", "Invalid Marker"},
		{"ListAccountAliases", "Marker", "made-up", "Invalid Marker"},
		{"ListAccountAliases", "MaxItems", "many", "integer"},
		{"CreateServiceLinkedRole", "", "", "Value null at 'aWSServiceName'"},
		{"CreateServiceLinkedRole", "Description", long, "less than or equal to 1000"},
		{"CreateServiceLinkedRole", "CustomSuffix", "a/b", "regular expression"},
	} {
		var parameters []string
		if c.name != "" {
			parameters = []string{c.name, c.value}
		}
		h.ask(t, h.key(management), c.action, parameters...).is(t, 400, "ValidationError", c.says)
	}
}

func TestAnInjectedFaultComesBeforeTheAction(t *testing.T) {
	t.Parallel()
	faults := twin.NewFaults(twin.Codes{Reason: func(_, code, _ string) (org.Reason, bool) { return awsiam.ReasonOf(code) }})
	if _, err := faults.Add(twin.Fault{API: awsiam.Name, Operation: "ListRoles", Error: "Throttling"}); err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, gate.Verify, faults)
	h.ask(t, h.key(management), "ListRoles").is(t, 400, "Throttling", "Rate exceeded")
	h.ask(t, h.key(management), "ListRoles").works(t)
}

func TestAccountsHaveNoAliasAndNoPasswordPolicy(t *testing.T) {
	t.Parallel()
	h := newHouse(t, gate.Verify, nil)
	a := h.ask(t, h.key(lone), "ListAccountAliases", "MaxItems", "5").works(t)
	if !strings.Contains(a.Page, "<ListAccountAliasesResult><AccountAliases></AccountAliases><IsTruncated>false</IsTruncated></ListAccountAliasesResult>") {
		t.Error(a.Page)
	}
	h.ask(t, h.key(lone), "GetAccountPasswordPolicy").is(t, 404, "NoSuchEntity", "The Password Policy with domain name 333333333333 cannot be found.")
}

func TestGetUser(t *testing.T) {
	t.Parallel()
	h, open := newHouse(t, gate.Verify, nil), newHouse(t, gate.Open, nil)
	admin := h.admins[member].Caller
	for _, parameters := range [][]string{nil, {"UserName", "admin"}} {
		got := h.ask(t, h.key(member), "GetUser", parameters...).works(t).User
		if got.Arn != "arn:aws:iam::222222222222:user/admin" || got.UserName != "admin" || got.UserID != string(admin.PrincipalID) || got.Path != "/" || got.CreateDate == "" {
			t.Errorf("%v: %+v", parameters, got)
		}
	}
	got := open.ask(t, gatetest.Key{ID: string(member)}, "GetUser").works(t).User
	if got.Arn != "arn:aws:iam::222222222222:root" || got.UserID != "222222222222" || got.UserName != "root" || got.Path != "/" {
		t.Errorf("the root user is %+v", got)
	}
	h.ask(t, h.key(member), "GetUser", "UserName", "nobody").is(t, 404, "NoSuchEntity", "The user with name nobody cannot be found.")
	h.ask(t, h.key(member), "GetUser", "UserName", "root").is(t, 404, "NoSuchEntity", "")
	h.Role(org.AWS, member, "/", "Access", management)
	session, err := h.AssumeRole(t.Context(), h.admins[management].Caller, controlplane.Assumption{AccountID: member, Role: "Access", Session: "s1", Duration: 900e9})
	if err != nil {
		t.Fatal(err)
	}
	h.ask(t, gatetest.KeyOfIssued(session), "GetUser").is(t, 400, "ValidationError", "Must specify userName when calling with non-User credentials")
	h.ask(t, gatetest.KeyOfIssued(session), "GetUser", "UserName", "admin").works(t)
}

func TestOrganizationsFeatures(t *testing.T) {
	t.Parallel()
	h := newHouse(t, gate.Verify, nil)
	admin, key := h.admins[management].Caller, h.key(management)
	h.ask(t, h.key(lone), "ListOrganizationsFeatures").is(t, 400, "OrganizationNotFoundException", "no organization")
	h.ask(t, key, "ListOrganizationsFeatures").is(t, 400, "ServiceAccessNotEnabledException", "trusted access")
	h.ask(t, h.key(member), "ListOrganizationsFeatures").is(t, 400, "AccountNotManagementOrDelegatedAdministratorException", "delegated administrator")
	if err := h.TrustService(t.Context(), admin, org.RootAccessService); err != nil {
		t.Fatal(err)
	}
	a := h.ask(t, key, "ListOrganizationsFeatures").works(t)
	if a.Features.OrganizationID != string(h.id) || a.Features.Enabled == nil || len(a.Features.Enabled.Member) != 0 {
		t.Errorf("at first %s", a.Page)
	}
	a = h.ask(t, key, "EnableOrganizationsRootSessions").works(t)
	if a.On.OrganizationID != string(h.id) || strings.Join(a.On.Enabled.Member, " ") != "RootSessions" {
		t.Errorf("%s", a.Page)
	}
	h.ask(t, key, "EnableOrganizationsRootCredentialsManagement").works(t)
	if err := h.RegisterDelegate(t.Context(), admin, member, org.RootAccessService); err != nil {
		t.Fatal(err)
	}
	delegate := h.key(member)
	if got := h.ask(t, delegate, "ListOrganizationsFeatures").works(t).Features.Enabled.Member; strings.Join(got, " ") != "RootCredentialsManagement RootSessions" {
		t.Errorf("on are %v", got)
	}
	h.ask(t, delegate, "EnableOrganizationsRootSessions").is(t, 400, "CallerIsNotManagementAccountException", "not the management account")
	h.ask(t, delegate, "DisableOrganizationsRootSessions").works(t)
	h.ask(t, key, "DisableOrganizationsRootCredentialsManagement").works(t)
	if got := h.ask(t, key, "ListOrganizationsFeatures").works(t).Features.Enabled.Member; len(got) != 0 {
		t.Errorf("on are %v", got)
	}
	if _, err := h.CreateOrganization(t.Context(), h.admins[lone].Caller, org.ConsolidatedBilling); err != nil {
		t.Fatal(err)
	}
	h.ask(t, h.key(lone), "EnableOrganizationsRootSessions").is(t, 400, "OrganizationNotInAllFeaturesModeException", "All features")
}

// A session of a root user is for its task, and sees itself where the task is about that.
func TestARootSessionAsksWhoItIs(t *testing.T) {
	t.Parallel()
	h := newHouse(t, gate.Verify, nil)
	root, key := org.Caller{Partition: org.AWS, AccountID: member, Kind: org.RootUser, Path: "/", Temporary: true, Admin: true}, gatetest.Key{ID: "ASIAROOTSESSION00001", Secret: "x"}
	for task, works := range map[string]bool{"IAMAuditRootUserCredentials": true, "S3UnlockBucketPolicy": false} {
		root.Task = task
		key.Token = h.Token(root, key, 900e9)
		a := h.ask(t, key, "GetUser")
		if works && a.works(t).User.Arn != identity.ARN(root) {
			t.Errorf("%s", a.Page)
		} else if !works {
			a.is(t, 403, "AccessDenied", "because no session policy allows the iam:GetUser action")
		}
		h.ask(t, key, "ListRoles").is(t, 403, "AccessDenied", "session policy")
	}
}
