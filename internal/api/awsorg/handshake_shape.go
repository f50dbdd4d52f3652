package awsorg

import (
	"strings"

	"github.com/polity-cloud/polity/internal/org"
)

// The one action that has another name here.
func action(a org.HandshakeAction) ActionType {
	if a == org.ServiceRoleRequest {
		return ActionTypeAddOrganizationsServiceLinkedRole
	}
	return ActionType(a)
}

func actionIn(a ActionType) org.HandshakeAction {
	if a == ActionTypeAddOrganizationsServiceLinkedRole {
		return org.ServiceRoleRequest
	}
	return org.HandshakeAction(a)
}

func handshake(h org.Handshake) *Handshake {
	o := org.Organization{ID: h.From.OrganizationID, Partition: h.Partition, ManagementID: h.From.ManagementID}
	return &Handshake{
		ID: string(h.ID), ARN: arn(o, "handshake", strings.ToLower(string(action(h.Action))), string(h.ID)), Action: action(h.Action),
		State: HandshakeState(h.State), RequestedTimestamp: h.RequestedAt, ExpirationTimestamp: h.ExpiresAt, Parties: parties(h), Resources: resources(h),
	}
}

// parties names the sender first. Billing is handed over between accounts, everything else is agreed on with an organization.
func parties(h org.Handshake) []HandshakeParty {
	from := HandshakeParty{ID: string(h.From.OrganizationID), Type: HandshakePartyTypeOrganization}
	if h.Action == org.TransferInvitation {
		from = HandshakeParty{ID: string(h.From.ManagementID), Type: HandshakePartyTypeAccount}
	}
	if h.Action == org.FeatureMigration {
		return []HandshakeParty{from}
	}
	return []HandshakeParty{from, {ID: h.Target.ID, Type: HandshakePartyType(h.Target.Kind)}}
}

func resource(t HandshakeResourceType, value string, below ...HandshakeResource) HandshakeResource {
	return HandshakeResource{Type: t, Value: &value, Resources: below}
}

// resources are what a handshake is about, by its action (User Guide, samples of "Managing invitations" and "Enabling all features").
func resources(h org.Handshake) []HandshakeResource {
	organization := resource(HandshakeResourceTypeOrganization, string(h.From.OrganizationID),
		resource(HandshakeResourceTypeMasterEmail, h.From.Email), resource(HandshakeResourceTypeMasterName, h.From.Name),
		resource(HandshakeResourceTypeOrganizationFeatureSet, string(h.From.FeatureSet)))
	target := resource(HandshakeResourceType(h.Target.Kind), h.Target.ID)
	var out []HandshakeResource
	switch h.Action {
	case org.FeatureMigration:
		out = []HandshakeResource{organization}
	case org.FeatureApproval, org.ServiceRoleRequest:
		out = []HandshakeResource{resource(HandshakeResourceTypeParentHandshake, string(h.ParentID)), organization, target}
	case org.TransferInvitation:
		out = transferResources(h)
	default:
		out = []HandshakeResource{organization, target}
	}
	if h.Notes != "" {
		out = append(out, resource(HandshakeResourceTypeNotes, h.Notes))
	}
	return out
}

func transferResources(h org.Handshake) []HandshakeResource {
	return []HandshakeResource{
		resource(HandshakeResourceTypeResponsibilityTransfer, string(h.TransferID)),
		resource(HandshakeResourceTypeTransferStartTimestamp, h.StartsAt.Format("2006-01-02T15:04:05.000Z07:00")),
		resource(HandshakeResourceTypeTransferType, string(ResponsibilityTransferTypeBilling)),
		resource(HandshakeResourceTypeManagementAccount, string(h.From.ManagementID)),
		resource(HandshakeResourceTypeManagementEmail, h.From.Email),
		resource(HandshakeResourceTypeManagementName, h.From.Name),
	}
}
