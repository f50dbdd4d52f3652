package hwiam

import (
	"context"
	"net/http"
	"unicode/utf8"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// longestMessage is the bound of encoded_message (IAM 5 API Reference, DecodeAuthorizationMessage).
const longestMessage = 10240

// decodeMessage tells how a denial came about, from the encoded_authorization_message of its answer.
func (a *api) decodeMessage(ctx context.Context, r *request) (answer, error) {
	var in struct {
		Message string `json:"encoded_message"`
	}
	if err := r.read(&in); err != nil {
		return answer{}, err
	}
	if n := utf8.RuneCountInString(in.Message); n == 0 || n > longestMessage {
		return answer{}, org.Errorf(org.InputMalformed, "Request parameter encoded_message is invalid.")
	}
	found, err := a.Plane.DecodeMessage(ctx, identity.Caller(ctx), in.Message)
	if org.ReasonOf(err) == org.MessageInvalid {
		return answer{}, org.Errorf(org.MessageInvalid, "Request parameter encoded_message is invalid: %s.", org.AsError(err).Detail)
	}
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusOK, body: struct {
		Message string `json:"decoded_message"`
	}{found}}, nil
}
