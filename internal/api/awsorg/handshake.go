package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func (a *API) inviteAccountToOrganization(ctx context.Context, in *InviteAccountToOrganizationRequest) (*InviteAccountToOrganizationResponse, error) {
	h, err := a.plane.InviteAccount(ctx, identity.Caller(ctx), offer(in.Target, in.Notes, in.Tags))
	if err != nil {
		return nil, err
	}
	return &InviteAccountToOrganizationResponse{Handshake: handshake(h)}, nil
}

func offer(to *HandshakeParty, notes *string, tags []Tag) org.Offer {
	q := org.Offer{To: org.Party{Kind: org.PartyKind(to.Type), ID: to.ID}, Tags: tagsIn(tags)}
	if notes != nil {
		q.Notes = *notes
	}
	return q
}

func (a *API) enableAllFeatures(ctx context.Context, _ *EnableAllFeaturesRequest) (*EnableAllFeaturesResponse, error) {
	h, err := a.plane.EnableAllFeatures(ctx, identity.Caller(ctx))
	if err != nil {
		return nil, err
	}
	return &EnableAllFeaturesResponse{Handshake: handshake(h)}, nil
}

func (a *API) acceptHandshake(ctx context.Context, in *AcceptHandshakeRequest) (*AcceptHandshakeResponse, error) {
	h, err := a.plane.AcceptHandshake(ctx, identity.Caller(ctx), org.HandshakeID(in.HandshakeID))
	if err != nil {
		return nil, err
	}
	return &AcceptHandshakeResponse{Handshake: handshake(h)}, nil
}

func (a *API) declineHandshake(ctx context.Context, in *DeclineHandshakeRequest) (*DeclineHandshakeResponse, error) {
	h, err := a.plane.DeclineHandshake(ctx, identity.Caller(ctx), org.HandshakeID(in.HandshakeID))
	if err != nil {
		return nil, err
	}
	return &DeclineHandshakeResponse{Handshake: handshake(h)}, nil
}

func (a *API) cancelHandshake(ctx context.Context, in *CancelHandshakeRequest) (*CancelHandshakeResponse, error) {
	h, err := a.plane.CancelHandshake(ctx, identity.Caller(ctx), org.HandshakeID(in.HandshakeID))
	if err != nil {
		return nil, err
	}
	return &CancelHandshakeResponse{Handshake: handshake(h)}, nil
}

func (a *API) describeHandshake(ctx context.Context, in *DescribeHandshakeRequest) (*DescribeHandshakeResponse, error) {
	h, err := a.plane.GetHandshake(ctx, identity.Caller(ctx), org.HandshakeID(in.HandshakeID))
	if err != nil {
		return nil, err
	}
	return &DescribeHandshakeResponse{Handshake: handshake(h)}, nil
}

func (a *API) listHandshakesForAccount(ctx context.Context, in *ListHandshakesForAccountRequest) (*ListHandshakesForAccountResponse, error) {
	found, next, err := a.handshakes(ctx, "ListHandshakesForAccount", in.Filter, in.NextToken, in.MaxResults, a.plane.ListReceivedHandshakes)
	return &ListHandshakesForAccountResponse{Handshakes: found, NextToken: next}, err
}

func (a *API) listHandshakesForOrganization(ctx context.Context, in *ListHandshakesForOrganizationRequest) (*ListHandshakesForOrganizationResponse, error) {
	found, next, err := a.handshakes(ctx, "ListHandshakesForOrganization", in.Filter, in.NextToken, in.MaxResults, a.plane.ListSentHandshakes)
	return &ListHandshakesForOrganizationResponse{Handshakes: found, NextToken: next}, err
}

type listHandshakes func(context.Context, org.Caller, controlplane.HandshakeFilter, org.Page) (controlplane.Handshakes, error)

func (a *API) handshakes(ctx context.Context, operation string, in *HandshakeFilter, token string, limit int, list listHandshakes) ([]Handshake, string, error) {
	c := identity.Caller(ctx)
	var f controlplane.HandshakeFilter
	if in != nil {
		f = controlplane.HandshakeFilter{Action: actionIn(in.ActionType), Parent: org.HandshakeID(in.ParentHandshakeID)}
	}
	scope := listOf(c, operation, string(f.Action), string(f.Parent))
	page, err := a.page(scope, token, limit)
	if err != nil {
		return nil, "", err
	}
	found, err := list(ctx, c, f, page)
	if err != nil {
		return nil, "", err
	}
	return each(found.Handshakes, func(h org.Handshake) Handshake { return *handshake(h) }), a.next(scope, found.Next), nil
}
