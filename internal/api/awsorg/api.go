package awsorg

import (
	"context"
	"net/http"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/throttle"
	"github.com/polity-cloud/polity/internal/twin"
	"github.com/polity-cloud/polity/internal/wire/awsjson"
	"github.com/polity-cloud/polity/internal/wire/pagetoken"
)

// Name is what this API is called in logs, metrics and faults.
const Name = "awsorg"

// TargetPrefix opens the X-Amz-Target header of every request to this API.
const TargetPrefix = "AWSOrganizationsV20161128."

// API translates between AWS Organizations and the control plane.
type API struct {
	plane  *controlplane.Plane
	tokens *pagetoken.Sealer

	limiter *throttle.Limiter

	stateAlone bool // accounts are shown without the Status that their State replaces
}

// An Authenticate proves who sent a request and returns a context that carries the caller.
type Authenticate func(ctx context.Context, r *http.Request, body []byte) (context.Context, error)

// An Option changes the API from its defaults.
type Option func(*API)

// Throttle holds callers to AWS's rates. By default they are not held.
func Throttle(l *throttle.Limiter) Option { return func(a *API) { a.limiter = l } }

// StateAlone shows accounts as AWS does once Status is gone, which it announced for 9 September 2026 (User Guide, "Monitor the state of your AWS accounts"). By default
// State comes with Status: clients still read it.
func StateAlone() Option { return func(a *API) { a.stateAlone = true } }

// New returns the handler of the API. Faults may be nil.
func New(plane *controlplane.Plane, auth Authenticate, tokens *pagetoken.Sealer, faults *twin.Faults, options ...Option) http.Handler {
	a := &API{plane: plane, tokens: tokens}
	for _, o := range options {
		o(a)
	}
	served := a.operations()
	for name, op := range served {
		call := op.Call
		op.Call = func(ctx context.Context, in awsjson.Input) (awsjson.Output, error) {
			if err := faults.Operation(Name, name); err != nil {
				return nil, err
			}
			if err := a.held(ctx, name); err != nil {
				return nil, err
			}
			return call(witnessed(ctx, in), in)
		}
		served[name] = op
	}
	return &awsjson.Service{
		API: Name, Prefix: TargetPrefix, Operations: served, Known: known, Authenticate: auth, Fault: fault,
	}
}

func known(name string) bool {
	_, ok := contract[name]
	return ok
}

// operations is the table of what is served. What the contract has beyond it answers UnsupportedOperationException.
func (a *API) operations() map[string]awsjson.Operation {
	return map[string]awsjson.Operation{
		"CreateOrganization":   awsjson.Handle(a.createOrganization),
		"DescribeOrganization": awsjson.Handle(a.describeOrganization),
		"DeleteOrganization":   awsjson.Do(a.deleteOrganization),
		"ListRoots":            awsjson.Handle(a.listRoots),

		"CreateAccount":               awsjson.Handle(a.createAccount),
		"DescribeCreateAccountStatus": awsjson.Handle(a.describeCreateAccountStatus),
		"ListCreateAccountStatus":     awsjson.Handle(a.listCreateAccountStatus),
		"DescribeAccount":             awsjson.Handle(a.describeAccount),
		"ListAccounts":                awsjson.Handle(a.listAccounts),
		"ListAccountsForParent":       awsjson.Handle(a.listAccountsForParent),
		"MoveAccount":                 awsjson.Do(a.moveAccount),

		"CreateOrganizationalUnit":         awsjson.Handle(a.createOrganizationalUnit),
		"DescribeOrganizationalUnit":       awsjson.Handle(a.describeOrganizationalUnit),
		"ListOrganizationalUnitsForParent": awsjson.Handle(a.listOrganizationalUnitsForParent),
		"ListParents":                      awsjson.Handle(a.listParents),

		"CreatePolicy":          awsjson.Handle(a.createPolicy),
		"UpdatePolicy":          awsjson.Handle(a.updatePolicy),
		"DeletePolicy":          awsjson.Do(a.deletePolicy),
		"DescribePolicy":        awsjson.Handle(a.describePolicy),
		"ListPolicies":          awsjson.Handle(a.listPolicies),
		"AttachPolicy":          awsjson.Do(a.attachPolicy),
		"DetachPolicy":          awsjson.Do(a.detachPolicy),
		"ListPoliciesForTarget": awsjson.Handle(a.listPoliciesForTarget),
		"ListTargetsForPolicy":  awsjson.Handle(a.listTargetsForPolicy),
		"EnablePolicyType":      awsjson.Handle(a.enablePolicyType),
		"DisablePolicyType":     awsjson.Handle(a.disablePolicyType),

		"DescribeEffectivePolicy":                awsjson.Handle(a.describeEffectivePolicy),
		"ListAccountsWithInvalidEffectivePolicy": awsjson.Handle(a.listAccountsWithInvalidEffectivePolicy),
		"ListEffectivePolicyValidationErrors":    awsjson.Handle(a.listEffectivePolicyValidationErrors),

		"InviteAccountToOrganization":   awsjson.Handle(a.inviteAccountToOrganization),
		"AcceptHandshake":               awsjson.Handle(a.acceptHandshake),
		"DeclineHandshake":              awsjson.Handle(a.declineHandshake),
		"CancelHandshake":               awsjson.Handle(a.cancelHandshake),
		"DescribeHandshake":             awsjson.Handle(a.describeHandshake),
		"ListHandshakesForAccount":      awsjson.Handle(a.listHandshakesForAccount),
		"ListHandshakesForOrganization": awsjson.Handle(a.listHandshakesForOrganization),
		"EnableAllFeatures":             awsjson.Handle(a.enableAllFeatures),

		"InviteOrganizationToTransferResponsibility": awsjson.Handle(a.inviteOrganizationToTransferResponsibility),
		"DescribeResponsibilityTransfer":             awsjson.Handle(a.describeResponsibilityTransfer),
		"ListInboundResponsibilityTransfers":         awsjson.Handle(a.listInboundResponsibilityTransfers),
		"ListOutboundResponsibilityTransfers":        awsjson.Handle(a.listOutboundResponsibilityTransfers),
		"UpdateResponsibilityTransfer":               awsjson.Handle(a.updateResponsibilityTransfer),
		"TerminateResponsibilityTransfer":            awsjson.Handle(a.terminateResponsibilityTransfer),

		"CloseAccount":                  awsjson.Do(a.closeAccount),
		"RemoveAccountFromOrganization": awsjson.Do(a.removeAccountFromOrganization),
		"LeaveOrganization":             awsjson.Do(a.leaveOrganization),
		"CreateGovCloudAccount":         awsjson.Handle(a.createGovCloudAccount),
		"ListChildren":                  awsjson.Handle(a.listChildren),
		"UpdateOrganizationalUnit":      awsjson.Handle(a.updateOrganizationalUnit),
		"DeleteOrganizationalUnit":      awsjson.Do(a.deleteOrganizationalUnit),

		"EnableAWSServiceAccess":              awsjson.Do(a.enableAWSServiceAccess),
		"DisableAWSServiceAccess":             awsjson.Do(a.disableAWSServiceAccess),
		"ListAWSServiceAccessForOrganization": awsjson.Handle(a.listAWSServiceAccessForOrganization),
		"RegisterDelegatedAdministrator":      awsjson.Do(a.registerDelegatedAdministrator),
		"DeregisterDelegatedAdministrator":    awsjson.Do(a.deregisterDelegatedAdministrator),
		"ListDelegatedAdministrators":         awsjson.Handle(a.listDelegatedAdministrators),
		"ListDelegatedServicesForAccount":     awsjson.Handle(a.listDelegatedServicesForAccount),
		"PutResourcePolicy":                   awsjson.Handle(a.putResourcePolicy),
		"DescribeResourcePolicy":              awsjson.Handle(a.describeResourcePolicy),
		"DeleteResourcePolicy":                awsjson.Do(a.deleteResourcePolicy),

		"TagResource":         awsjson.Do(a.tagResource),
		"UntagResource":       awsjson.Do(a.untagResource),
		"ListTagsForResource": awsjson.Handle(a.listTagsForResource),
	}
}

// Coverage tells of every operation of the contract whether it is served.
func Coverage() map[string]bool {
	served := (&API{}).operations()
	out := make(map[string]bool, len(contract))
	for name := range contract {
		_, out[name] = served[name]
	}
	return out
}
