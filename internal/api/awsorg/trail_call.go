package awsorg

import (
	"context"
	"encoding/json"
	"reflect"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsjson"
	"github.com/polity-cloud/polity/internal/wire/call"
)

// What the events of a call tell beside what happened, under these names.
const (
	trailRequest  = "request"
	trailResponse = "response"
	trailID       = "requestId"
	trailAddress  = "sourceAddress"
	trailAgent    = "userAgent"
)

// witnessed has the events of a call tell of its request and its answer.
func witnessed(ctx context.Context, in awsjson.Input) context.Context {
	return controlplane.Witnessed(ctx, func(out any) map[string]string {
		from, _ := identity.OriginOf(ctx)
		return map[string]string{
			trailRequest: trailText(in), trailResponse: trailText(answerOf(out)), trailID: call.From(ctx).RequestID, trailAddress: from.Address,
			trailAgent: from.Agent,
		}
	})
}

// answerOf is the answer that is made of what a deed returns; nil for operations that answer nothing.
func answerOf(out any) any {
	switch out := out.(type) {
	case controlplane.Organization:
		return CreateOrganizationResponse{Organization: organization(out)}
	case org.Creation:
		status := creation(out)
		return CreateAccountResponse{CreateAccountStatus: &status}
	case controlplane.Unit:
		u := unit(out)
		return CreateOrganizationalUnitResponse{OrganizationalUnit: &u}
	case controlplane.Policy:
		return CreatePolicyResponse{Policy: policy(out)}
	case controlplane.Root:
		r := root(out)
		return EnablePolicyTypeResponse{Root: &r}
	case controlplane.ResourcePolicy:
		return PutResourcePolicyResponse{ResourcePolicy: resourcePolicy(out)}
	case org.Handshake:
		return AcceptHandshakeResponse{Handshake: handshake(out)}
	case controlplane.Transfer:
		t := transfer(out)
		return UpdateResponsibilityTransferResponse{ResponsibilityTransfer: &t}
	}
	return nil
}

// trailText is a shape as CloudTrail writes it; null for none and for one that is empty.
func trailText(shape any) string {
	var out any
	if shape != nil {
		out = trailShape(reflect.ValueOf(shape))
	}
	if members, ok := out.(map[string]any); ok && len(members) == 0 {
		out = nil
	}
	text, err := json.Marshal(out)
	if err != nil {
		panic("awsorg: " + err.Error()) // texts, numbers and flags
	}
	return string(text)
}
