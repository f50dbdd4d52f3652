package sweep_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/conformance/harness"
)

// own stands for an operation that names nothing of another organization: a stranger is answered about its own.
const own = ""

const (
	denied   = "AccessDeniedException"
	notInUse = "AWSOrganizationsNotInUseException"

	noPolicy          = "PolicyNotFoundException"
	noEffectivePolicy = "EffectivePolicyNotFoundException"
	noHandshake       = "HandshakeNotFoundException"
	noTransfer        = "ResponsibilityTransferNotFoundException"
)

// awsRows say, for each operation that is served, what a member is answered, a stranger who names things of the organization, and an account in
// no organization. An operation without a row is not served, and says so to everybody whose signature holds.
var awsRows = map[string]struct{ member, stranger, loner string }{
	"CreateOrganization":               {"AlreadyInOrganizationException", "AlreadyInOrganizationException", ""},
	"DescribeOrganization":             {"", own, notInUse},
	"DeleteOrganization":               {denied, own, notInUse},
	"ListRoots":                        {denied, own, notInUse},
	"CreateAccount":                    {denied, own, notInUse},
	"DescribeCreateAccountStatus":      {denied, "CreateAccountStatusNotFoundException", notInUse},
	"ListCreateAccountStatus":          {denied, own, notInUse},
	"DescribeAccount":                  {denied, "AccountNotFoundException", notInUse},
	"ListAccounts":                     {denied, own, notInUse},
	"ListAccountsForParent":            {denied, "ParentNotFoundException", notInUse},
	"MoveAccount":                      {denied, "AccountNotFoundException", notInUse},
	"CreateOrganizationalUnit":         {denied, "ParentNotFoundException", notInUse},
	"DescribeOrganizationalUnit":       {denied, "OrganizationalUnitNotFoundException", notInUse},
	"ListOrganizationalUnitsForParent": {denied, "ParentNotFoundException", notInUse},
	"ListParents":                      {denied, "ChildNotFoundException", notInUse},
	"TagResource":                      {denied, "TargetNotFoundException", notInUse},
	"UntagResource":                    {denied, "TargetNotFoundException", notInUse},
	"ListTagsForResource":              {denied, "TargetNotFoundException", notInUse},

	"EnableAWSServiceAccess":              {denied, own, notInUse},
	"DisableAWSServiceAccess":             {denied, own, notInUse},
	"ListAWSServiceAccessForOrganization": {denied, own, notInUse},
	"RegisterDelegatedAdministrator":      {denied, "AccountNotFoundException", notInUse},
	"DeregisterDelegatedAdministrator":    {denied, "AccountNotFoundException", notInUse},
	"ListDelegatedAdministrators":         {denied, own, notInUse},
	"ListDelegatedServicesForAccount":     {denied, "AccountNotFoundException", notInUse},
	"PutResourcePolicy":                   {denied, "InvalidInputException", notInUse},
	"DescribeResourcePolicy":              {denied, "ResourcePolicyNotFoundException", notInUse},
	"DeleteResourcePolicy":                {denied, "ResourcePolicyNotFoundException", notInUse},

	"CreatePolicy":          {denied, own, notInUse},
	"UpdatePolicy":          {denied, noPolicy, notInUse},
	"DeletePolicy":          {denied, noPolicy, notInUse},
	"DescribePolicy":        {denied, noPolicy, notInUse},
	"ListPolicies":          {denied, own, notInUse},
	"AttachPolicy":          {denied, noPolicy, notInUse},
	"DetachPolicy":          {denied, noPolicy, notInUse},
	"ListPoliciesForTarget": {denied, "TargetNotFoundException", notInUse},
	"ListTargetsForPolicy":  {denied, noPolicy, notInUse},
	"EnablePolicyType":      {denied, "RootNotFoundException", notInUse},
	"DisablePolicyType":     {denied, "RootNotFoundException", notInUse},

	"DescribeEffectivePolicy":                {noEffectivePolicy, noEffectivePolicy, notInUse}, // each account's own, of a type that is off
	"ListAccountsWithInvalidEffectivePolicy": {denied, noEffectivePolicy, notInUse},
	"ListEffectivePolicyValidationErrors":    {denied, "AccountNotFoundException", notInUse},

	"InviteAccountToOrganization":   {denied, "InvalidInputException", notInUse},
	"AcceptHandshake":               {noHandshake, noHandshake, noHandshake},
	"DeclineHandshake":              {noHandshake, noHandshake, noHandshake},
	"CancelHandshake":               {noHandshake, noHandshake, noHandshake},
	"DescribeHandshake":             {noHandshake, noHandshake, noHandshake},
	"ListHandshakesForAccount":      {own, own, own},
	"ListHandshakesForOrganization": {denied, own, notInUse},
	"EnableAllFeatures":             {denied, "HandshakeConstraintViolationException", notInUse},

	"InviteOrganizationToTransferResponsibility": {denied, "InvalidInputException", notInUse},
	"DescribeResponsibilityTransfer":             {denied, noTransfer, notInUse},
	"ListInboundResponsibilityTransfers":         {denied, own, notInUse},
	"ListOutboundResponsibilityTransfers":        {denied, own, notInUse},
	"UpdateResponsibilityTransfer":               {denied, noTransfer, notInUse},
	"TerminateResponsibilityTransfer":            {denied, noTransfer, notInUse},

	"CloseAccount":                  {denied, "AccountNotFoundException", notInUse},
	"RemoveAccountFromOrganization": {denied, "AccountNotFoundException", notInUse},
	"LeaveOrganization":             {denied, "MasterCannotLeaveOrganizationException", notInUse}, // the member by a service control policy
	"CreateGovCloudAccount":         {denied, "ConstraintViolationException", notInUse},
	"ListChildren":                  {denied, "ParentNotFoundException", notInUse},
	"UpdateOrganizationalUnit":      {denied, "OrganizationalUnitNotFoundException", notInUse},
	"DeleteOrganizationalUnit":      {denied, "OrganizationalUnitNotFoundException", notInUse},
}

func TestSweepOfAWSOrganizations(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		contract, h := harness.ReadAWSContract(t), awsHouse(t, s)
		swept := 0
		for _, name := range contract.Names() {
			c := awsCall{s, h, name, contract.Input(t, name, h.awsValues(), float64(1801440000))}
			row, served := awsRows[name]
			c.want(t, "without a signature", nil, "MissingAuthenticationTokenException")
			forger := h.management
			forger.Secret += "x"
			c.want(t, "with a bad signature", &forger, "InvalidSignatureException")
			if !served {
				row.member, row.stranger, row.loner = "UnsupportedOperationException", "UnsupportedOperationException", "UnsupportedOperationException"
			}
			c.want(t, "from a member", &h.member, row.member)
			stranger, loner := awsStranger(t, s), s.Mint(t, harness.AWS)
			c.want(t, "from a stranger", &stranger, row.stranger)
			c.want(t, "from an account in no organization", &loner, row.loner)
			swept++
		}
		if swept != 63 {
			t.Errorf("%d operations were swept, want 63", swept)
		}
		for name := range awsRows {
			if _, ok := contract.Operations[name]; !ok {
				t.Errorf("the row %s is of no operation", name)
			}
		}
	})
}

// awsValues are the things of the organization by the names of their shapes.
func (h *house) awsValues() map[string]any {
	return map[string]any{
		"AccountId": h.member.Account, "ChildId": h.member.Account, "ParentId": h.root, "RootId": h.root, "OrganizationalUnitId": h.unit,
		"CreateAccountRequestId": h.creation, "TaggableResourceId": h.unit, "PolicyTargetId": h.unit,
		"ServicePrincipal": "ssm.amazonaws.com", "PolicyId": h.policy, "Email": "sweep-" + h.id + "@corp.example",
	}
}

type awsCall struct {
	*harness.Server
	house house
	name  string
	in    map[string]any
}

// want checks the answer to a caller: 400 and the code, or 200 without anything of the house when the caller is no member of it.
func (c awsCall) want(t *testing.T, who string, k *harness.Key, code string) {
	t.Helper()
	r, body := c.JSONRequest(t, c.name, c.in)
	if k != nil {
		harness.SignAWS(t, r, body, *k, "organizations", time.Now())
	}
	status, _, answer := harness.Do(t, r)
	var fault struct {
		Type    string `json:"__type"`
		Message string
		Low     string `json:"message"`
	}
	if len(answer) > 0 {
		if err := json.Unmarshal(answer, &fault); err != nil {
			t.Errorf("%s %s is answered %d and what is no JSON: %s", c.name, who, status, answer)
		}
	}
	wantStatus := http.StatusBadRequest
	if code == "" {
		wantStatus = http.StatusOK
	}
	if status != wantStatus || fault.Type != code || code != "" && fault.Message+fault.Low == "" {
		t.Errorf("%s %s is answered %d %s, want %d %s", c.name, who, status, answer, wantStatus, code)
	}
	if who != "from a member" && strings.Contains(string(answer), c.house.id) {
		t.Errorf("%s %s is answered with what is not the caller's: %s", c.name, who, answer)
	}
}
