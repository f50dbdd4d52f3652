package awsorg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func (a *API) inviteOrganizationToTransferResponsibility(ctx context.Context, in *InviteOrganizationToTransferResponsibilityRequest) (*InviteOrganizationToTransferResponsibilityResponse, error) {
	h, err := a.plane.OfferTransfer(ctx, identity.Caller(ctx), org.TransferOffer{
		Offer: offer(in.Target, in.Notes, in.Tags), Name: in.SourceName, StartsAt: in.StartTimestamp,
	})
	if err != nil {
		return nil, err
	}
	return &InviteOrganizationToTransferResponsibilityResponse{Handshake: handshake(h)}, nil
}

func (a *API) describeResponsibilityTransfer(ctx context.Context, in *DescribeResponsibilityTransferRequest) (*DescribeResponsibilityTransferResponse, error) {
	t, err := a.plane.GetTransfer(ctx, identity.Caller(ctx), org.TransferID(in.ID))
	if err != nil {
		return nil, err
	}
	out := transfer(t)
	return &DescribeResponsibilityTransferResponse{ResponsibilityTransfer: &out}, nil
}

func (a *API) updateResponsibilityTransfer(ctx context.Context, in *UpdateResponsibilityTransferRequest) (*UpdateResponsibilityTransferResponse, error) {
	t, err := a.plane.RenameTransfer(ctx, identity.Caller(ctx), org.TransferID(in.ID), in.Name)
	if err != nil {
		return nil, err
	}
	out := transfer(t)
	return &UpdateResponsibilityTransferResponse{ResponsibilityTransfer: &out}, nil
}

func (a *API) terminateResponsibilityTransfer(ctx context.Context, in *TerminateResponsibilityTransferRequest) (*TerminateResponsibilityTransferResponse, error) {
	t, err := a.plane.EndTransfer(ctx, identity.Caller(ctx), org.TransferID(in.ID), in.EndTimestamp)
	if err != nil {
		return nil, err
	}
	out := transfer(t)
	return &TerminateResponsibilityTransferResponse{ResponsibilityTransfer: &out}, nil
}

func (a *API) listInboundResponsibilityTransfers(ctx context.Context, in *ListInboundResponsibilityTransfersRequest) (*ListInboundResponsibilityTransfersResponse, error) {
	c := identity.Caller(ctx)
	scope := listOf(c, "ListInboundResponsibilityTransfers", string(in.Type), in.ID)
	page, err := a.page(scope, in.NextToken, in.MaxResults)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListInboundTransfers(ctx, c, org.TransferID(in.ID), page)
	if err != nil {
		return nil, err
	}
	return &ListInboundResponsibilityTransfersResponse{ResponsibilityTransfers: each(found.Transfers, transfer), NextToken: a.next(scope, found.Next)}, nil
}

func (a *API) listOutboundResponsibilityTransfers(ctx context.Context, in *ListOutboundResponsibilityTransfersRequest) (*ListOutboundResponsibilityTransfersResponse, error) {
	c := identity.Caller(ctx)
	scope := listOf(c, "ListOutboundResponsibilityTransfers", string(in.Type))
	page, err := a.page(scope, in.NextToken, in.MaxResults)
	if err != nil {
		return nil, err
	}
	found, err := a.plane.ListOutboundTransfers(ctx, c, page)
	if err != nil {
		return nil, err
	}
	return &ListOutboundResponsibilityTransfersResponse{ResponsibilityTransfers: each(found.Transfers, transfer), NextToken: a.next(scope, found.Next)}, nil
}

// transfer writes a transfer as its viewer knows it: the ARN is of the viewer's organization and says in which direction the bill goes.
func transfer(t controlplane.Transfer) ResponsibilityTransfer {
	direction := "outbound"
	if t.Inbound {
		direction = "inbound"
	}
	return ResponsibilityTransfer{
		ID: string(t.ID), ARN: arn(t.Viewer, "transfer", "billing", direction, string(t.ID)), Name: t.Name, Type: ResponsibilityTransferTypeBilling,
		Status: ResponsibilityTransferStatus(t.Status), Source: participant(t.Source), Target: participant(t.Target),
		StartTimestamp: t.StartsAt, EndTimestamp: t.EndsAt, ActiveHandshakeID: string(t.HandshakeID),
	}
}

func participant(s org.Side) *TransferParticipant {
	return &TransferParticipant{ManagementAccountID: string(s.ManagementID), ManagementAccountEmail: s.Email}
}
