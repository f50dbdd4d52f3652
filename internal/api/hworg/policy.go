package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// policyTypes are the contract's words for types of policy.
var policyTypes = map[org.PolicyType]PolicyType{
	org.ServiceControl: PolicyTypeServiceControlPolicy, org.TagPolicy: PolicyTypeTagPolicy,
}

func policyTypeIn(t PolicyType) org.PolicyType {
	for ours, theirs := range policyTypes {
		if theirs == t {
			return ours
		}
	}
	return org.PolicyType(t) // the contract lets no other through
}

// CreatePolicy makes a policy of a type that is enabled.
func (a *API) CreatePolicy(ctx context.Context, in CreatePolicyRequestObject) (CreatePolicyResponseObject, error) {
	b := in.Body
	made, err := a.plane.CreatePolicy(ctx, identity.Caller(ctx), policyTypeIn(b.Type), b.Name, hwrest.Text(b.Description), b.Content, tagsIn(b.Tags))
	if err != nil {
		return nil, err
	}
	return CreatePolicy201JSONResponse{Policy: policy(ctx, made)}, nil
}

// ShowPolicy returns a policy with its content.
func (a *API) ShowPolicy(ctx context.Context, in ShowPolicyRequestObject) (ShowPolicyResponseObject, error) {
	found, err := a.plane.GetPolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID))
	if err != nil {
		return nil, err
	}
	return ShowPolicy200JSONResponse{Policy: policy(ctx, found)}, nil
}

// ListPolicies lists the policies that are attached directly to attached_entity_id, or all; service control policies come first.
func (a *API) ListPolicies(ctx context.Context, in ListPoliciesRequestObject) (ListPoliciesResponseObject, error) {
	q, c := in.Params, identity.Caller(ctx)
	list := func(page org.Page) (controlplane.Policies, error) {
		if q.AttachedEntityID == nil {
			return a.plane.ListAllPolicies(ctx, c, page)
		}
		return a.plane.ListAllAttachedPolicies(ctx, c, *q.AttachedEntityID, page)
	}
	rows, info, err := policyRows(ctx, a.list(c, "ListPolicies", hwrest.Text(q.AttachedEntityID)), q.Marker, q.Limit, list)
	if err != nil {
		return nil, err
	}
	return ListPolicies200JSONResponse{Policies: rows, PageInfo: info}, nil
}

// policyRows is a page of a list of policies, of those in force or of those that are tried out.
func policyRows(
	ctx context.Context, l listing, marker *Marker, limit *Limit, list func(org.Page) (controlplane.Policies, error),
) ([]PolicySummaryDto, PageInfoDto, error) {
	page := func(p org.Page) ([]controlplane.Policy, string, error) {
		found, err := list(p)
		return found.Policies, found.Next, err
	}
	found, next, err := from(l, marker, limit, func(p controlplane.Policy) string { return string(p.ID) }, page)
	if err != nil {
		return nil, PageInfoDto{}, err
	}
	rows := hwrest.Each(found, func(p controlplane.Policy) PolicySummaryDto { return policySummary(ctx, p) })
	return rows, l.info(len(rows), next), nil
}

// UpdatePolicy changes what the request names.
func (a *API) UpdatePolicy(ctx context.Context, in UpdatePolicyRequestObject) (UpdatePolicyResponseObject, error) {
	changed, err := a.plane.UpdatePolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID), policyChange(in.Body))
	if err != nil {
		return nil, err
	}
	return UpdatePolicy200JSONResponse{Policy: policy(ctx, changed)}, nil
}

func policyChange(b *UpdatePolicyReqBody) org.PolicyChange {
	return org.PolicyChange{Name: b.Name, Description: b.Description, Content: b.Content}
}

// DeletePolicy removes a policy that is attached nowhere.
func (a *API) DeletePolicy(ctx context.Context, in DeletePolicyRequestObject) (DeletePolicyResponseObject, error) {
	return DeletePolicy204Response{}, a.plane.DeletePolicy(ctx, identity.Caller(ctx), org.PolicyID(in.PolicyID))
}

func policy(ctx context.Context, p controlplane.Policy) PolicyDto {
	return PolicyDto{Content: p.Content, PolicySummary: policySummary(ctx, p)}
}

func policySummary(ctx context.Context, p controlplane.Policy) PolicySummaryDto {
	kind := policyTypes[p.Type.InForce()]
	out := PolicySummaryDto{
		ID: string(p.ID), Name: p.Name, Type: kind, Description: p.Description, IsBuiltin: p.BuiltIn(),
		URN: urn(p.Organization, "policy", string(kind), string(p.ID)),
	}
	if translated, ok := chinese[p.ID]; ok && out.IsBuiltin && hwrest.LanguageOf(ctx) == hwrest.Chinese {
		out.Description = translated
	}
	return out
}

// chinese are the descriptions of built-in policies under X-Language: zh-cn. Their names are names, and the same in every language.
var chinese = map[org.PolicyID]string{"p-FullAccess": "允许访问所有操作"}
