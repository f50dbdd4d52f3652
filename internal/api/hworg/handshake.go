package hworg

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// InviteAccount invites an account by its id or name.
func (a *API) InviteAccount(ctx context.Context, in InviteAccountRequestObject) (InviteAccountResponseObject, error) {
	h, err := a.plane.InviteAccount(ctx, identity.Caller(ctx), org.Offer{
		To: org.Party{Kind: partyKinds[in.Body.Target.Type], ID: in.Body.Target.Entity}, Notes: hwrest.Text(in.Body.Notes), Tags: tagsIn(in.Body.Tags),
	})
	if err != nil {
		return nil, err
	}
	return InviteAccount200JSONResponse{Handshake: handshake(h)}, nil
}

// AcceptHandshake makes the caller's account a member.
func (a *API) AcceptHandshake(ctx context.Context, in AcceptHandshakeRequestObject) (AcceptHandshakeResponseObject, error) {
	h, err := a.plane.AcceptHandshake(ctx, identity.Caller(ctx), org.HandshakeID(in.HandshakeID))
	if err != nil {
		return nil, err
	}
	return AcceptHandshake200JSONResponse{Handshake: handshake(h)}, nil
}

// DeclineHandshake turns an invitation down.
func (a *API) DeclineHandshake(ctx context.Context, in DeclineHandshakeRequestObject) (DeclineHandshakeResponseObject, error) {
	h, err := a.plane.DeclineHandshake(ctx, identity.Caller(ctx), org.HandshakeID(in.HandshakeID))
	if err != nil {
		return nil, err
	}
	return DeclineHandshake200JSONResponse{Handshake: handshake(h)}, nil
}

// CancelHandshake takes an invitation back.
func (a *API) CancelHandshake(ctx context.Context, in CancelHandshakeRequestObject) (CancelHandshakeResponseObject, error) {
	h, err := a.plane.CancelHandshake(ctx, identity.Caller(ctx), org.HandshakeID(in.HandshakeID))
	if err != nil {
		return nil, err
	}
	return CancelHandshake200JSONResponse{Handshake: handshake(h)}, nil
}

// ShowHandshake returns an invitation, to the invited account too.
func (a *API) ShowHandshake(ctx context.Context, in ShowHandshakeRequestObject) (ShowHandshakeResponseObject, error) {
	h, err := a.plane.GetHandshake(ctx, identity.Caller(ctx), org.HandshakeID(in.HandshakeID))
	if err != nil {
		return nil, err
	}
	return ShowHandshake200JSONResponse{Handshake: handshake(h)}, nil
}

// ListHandshakes lists what the caller's organization sent.
func (a *API) ListHandshakes(ctx context.Context, in ListHandshakesRequestObject) (ListHandshakesResponseObject, error) {
	rows, info, err := a.handshakes(ctx, "ListHandshakes", in.Params.Marker, in.Params.Limit, a.plane.ListSentHandshakes)
	if err != nil {
		return nil, err
	}
	return ListHandshakes200JSONResponse{Handshakes: rows, PageInfo: info}, nil
}

// ListReceivedHandshakes lists what the caller's account received.
func (a *API) ListReceivedHandshakes(ctx context.Context, in ListReceivedHandshakesRequestObject) (ListReceivedHandshakesResponseObject, error) {
	rows, info, err := a.handshakes(ctx, "ListReceivedHandshakes", in.Params.Marker, in.Params.Limit, a.plane.ListReceivedHandshakes)
	if err != nil {
		return nil, err
	}
	return ListReceivedHandshakes200JSONResponse{Handshakes: rows, PageInfo: info}, nil
}

type listHandshakes = func(context.Context, org.Caller, controlplane.HandshakeFilter, org.Page) (controlplane.Handshakes, error)

func (a *API) handshakes(ctx context.Context, operation string, marker *Marker, limit *Limit, of listHandshakes) ([]HandshakeDto, PageInfoDto, error) {
	c := identity.Caller(ctx)
	l := a.list(c, operation)
	page, err := l.page(marker, limit)
	if err != nil {
		return nil, PageInfoDto{}, err
	}
	found, err := of(ctx, c, controlplane.HandshakeFilter{Action: org.Invitation}, page)
	if err != nil {
		return nil, PageInfoDto{}, err
	}
	rows := hwrest.Each(found.Handshakes, handshake)
	return rows, l.info(len(rows), found.Next), nil
}

var partyKinds = map[TargetType]org.PartyKind{TargetTypeAccount: org.PartyAccount, TargetTypeName: org.PartyName}

var handshakeStatuses = map[org.HandshakeState]HandshakeStatus{
	org.HandshakeOpen: HandshakeStatusPending, org.HandshakeAccepted: HandshakeStatusAccepted, org.HandshakeDeclined: HandshakeStatusDeclined,
	org.HandshakeCancelled: HandshakeStatusCancelled, org.HandshakeExpired: HandshakeStatusExpired,
}

// handshake names the target in the sender's words: the Terraform provider reads back what it sent.
func handshake(h org.Handshake) HandshakeDto {
	sender := org.Organization{ID: h.From.OrganizationID, ManagementID: h.From.ManagementID}
	out := HandshakeDto{
		ID: string(h.ID), URN: urn(sender, "handshake", string(h.ID)), OrganizationID: string(sender.ID), ManagementAccountID: string(sender.ManagementID),
		ManagementAccountName: h.From.Name, Notes: h.Notes, Status: handshakeStatuses[h.State],
		CreatedAt: hwrest.Time(h.RequestedAt), ExpiredAt: hwrest.Time(h.ExpiresAt), UpdatedAt: hwrest.Time(h.RequestedAt),
	}
	if h.Ended() {
		out.UpdatedAt = hwrest.Time(h.EndedAt)
	}
	for t, kind := range partyKinds {
		if kind == h.Target.Kind {
			out.Target = TargetDto{Type: t, Entity: h.Target.ID}
		}
	}
	return out
}
