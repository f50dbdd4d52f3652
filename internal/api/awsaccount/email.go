package awsaccount

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func (a *API) getPrimaryEmail(ctx context.Context, in *GetPrimaryEmailRequest) (*GetPrimaryEmailResponse, error) {
	email, err := a.plane.GetEmail(ctx, identity.Caller(ctx), org.AccountID(in.AccountID))
	if err != nil {
		return nil, err
	}
	return &GetPrimaryEmailResponse{PrimaryEmail: email}, nil
}

func (a *API) startPrimaryEmailUpdate(ctx context.Context, in *StartPrimaryEmailUpdateRequest) (*StartPrimaryEmailUpdateResponse, error) {
	if err := a.plane.StartEmailChange(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), in.PrimaryEmail); err != nil {
		return nil, err
	}
	return &StartPrimaryEmailUpdateResponse{Status: PrimaryEmailUpdateStatusPending}, nil
}

func (a *API) acceptPrimaryEmailUpdate(ctx context.Context, in *AcceptPrimaryEmailUpdateRequest) (*AcceptPrimaryEmailUpdateResponse, error) {
	if err := a.plane.AcceptEmailChange(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), in.PrimaryEmail, in.Otp); err != nil {
		return nil, err
	}
	return &AcceptPrimaryEmailUpdateResponse{Status: PrimaryEmailUpdateStatusAccepted}, nil
}
