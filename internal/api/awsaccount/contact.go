package awsaccount

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

func (a *API) getContactInformation(ctx context.Context, in *GetContactInformationRequest) (*GetContactInformationResponse, error) {
	found, err := a.plane.GetContact(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), org.PrimaryContact)
	if err != nil {
		return nil, err
	}
	out := &ContactInformation{}
	for name, member := range out.members() {
		*member = found.Fields[name]
	}
	return &GetContactInformationResponse{ContactInformation: out}, nil
}

func (a *API) putContactInformation(ctx context.Context, in *PutContactInformationRequest) error {
	fields := map[string]string{}
	for name, member := range in.ContactInformation.members() {
		if *member != "" {
			fields[name] = *member
		}
	}
	return a.plane.PutContact(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), org.PrimaryContact, fields)
}

// members are the members of the shape by the names under which they are kept.
func (v *ContactInformation) members() map[string]*string {
	return map[string]*string{
		"FullName": &v.FullName, "AddressLine1": &v.AddressLine1, "AddressLine2": &v.AddressLine2, "AddressLine3": &v.AddressLine3, "City": &v.City,
		"StateOrRegion": &v.StateOrRegion, "DistrictOrCounty": &v.DistrictOrCounty, "PostalCode": &v.PostalCode, "CountryCode": &v.CountryCode,
		"PhoneNumber": &v.PhoneNumber, "CompanyName": &v.CompanyName, "WebsiteUrl": &v.WebsiteURL,
	}
}

func (a *API) getAlternateContact(ctx context.Context, in *GetAlternateContactRequest) (*GetAlternateContactResponse, error) {
	found, err := a.plane.GetContact(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), org.ContactKind(in.AlternateContactType))
	if err != nil {
		return nil, err
	}
	return &GetAlternateContactResponse{AlternateContact: &AlternateContact{
		AlternateContactType: in.AlternateContactType, Name: found.Fields["Name"], Title: found.Fields["Title"],
		EmailAddress: found.Fields["EmailAddress"], PhoneNumber: found.Fields["PhoneNumber"],
	}}, nil
}

func (a *API) putAlternateContact(ctx context.Context, in *PutAlternateContactRequest) error {
	fields := map[string]string{"Name": in.Name, "Title": in.Title, "EmailAddress": in.EmailAddress, "PhoneNumber": in.PhoneNumber}
	return a.plane.PutContact(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), org.ContactKind(in.AlternateContactType), fields)
}

func (a *API) deleteAlternateContact(ctx context.Context, in *DeleteAlternateContactRequest) error {
	return a.plane.DeleteContact(ctx, identity.Caller(ctx), org.AccountID(in.AccountID), org.ContactKind(in.AlternateContactType))
}
