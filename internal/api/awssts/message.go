package awssts

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/wire/awsquery"
)

type decodedMessage struct{ DecodedMessage string }

// decodeAuthorizationMessage tells how a denial came about. Neither AWS Organizations nor STS puts an encoded message into its errors; here their denials carry
// one in a header of our own (call.EncodedMessage).
func (a *API) decodeAuthorizationMessage(ctx context.Context, f *awsquery.Form) (any, error) {
	message := f.String("EncodedMessage", awsquery.Text{Required: true, Min: 1, Max: 10240})
	if err := f.Err(); err != nil {
		return nil, err
	}
	found, err := a.plane.DecodeMessage(ctx, identity.Caller(ctx), message)
	if err != nil {
		return nil, err
	}
	return decodedMessage{found}, nil
}
