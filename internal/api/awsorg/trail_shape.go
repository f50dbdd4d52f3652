package awsorg

import (
	"reflect"
	"strings"
	"time"

	"github.com/polity-cloud/polity/internal/wire/awsjson"
)

// secret are the members that CloudTrail masks: those of the contract's sensitive shapes.
var secret = map[string]bool{
	"Account.Email": true, "Account.Name": true, "CreateAccountRequest.AccountName": true, "CreateAccountRequest.Email": true,
	"CreateAccountStatus.AccountName": true, "CreateGovCloudAccountRequest.AccountName": true, "CreateGovCloudAccountRequest.Email": true,
	"DelegatedAdministrator.Email": true, "DelegatedAdministrator.Name": true, "HandshakeParty.Id": true, "HandshakeResource.Value": true,
	"InviteAccountToOrganizationRequest.Notes": true, "InviteOrganizationToTransferResponsibilityRequest.Notes": true,
	"InviteOrganizationToTransferResponsibilityRequest.SourceName": true, "Organization.MasterAccountEmail": true, "ResponsibilityTransfer.Name": true,
	"TransferParticipant.ManagementAccountEmail": true, "UpdateResponsibilityTransferRequest.Name": true,
}

const mask = "****"

// trailShape writes a shape of the contract as CloudTrail does: members begin with a small letter, times are texts, what is secret is masked, and what is
// absent is left out.
func trailShape(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return trailShape(v.Elem())
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = trailShape(v.Index(i))
		}
		return list
	case reflect.Struct:
		if at, ok := v.Interface().(time.Time); ok {
			return trailMoment(at)
		}
		return trailStruct(v)
	case reflect.String:
		return v.String()
	default:
		return v.Interface()
	}
}

func trailStruct(v reflect.Value) map[string]any {
	out := map[string]any{}
	sent := sentOf(v)
	for i := range v.NumField() {
		field, value := v.Type().Field(i), v.Field(i)
		if !field.IsExported() || value.IsZero() && value.Kind() != reflect.Bool && !sent.Has(i) {
			continue
		}
		name := contractNames.Replace(field.Name)
		member := strings.ToLower(name[:1]) + name[1:]
		if secret[v.Type().Name()+"."+name] {
			out[member] = mask
			continue
		}
		out[member] = trailShape(value)
	}
	return out
}

// sentOf tells which members of a request's shape were sent, as empty ones may be; of an answer's shape none.
func sentOf(v reflect.Value) awsjson.Seen {
	if seen := v.FieldByName("seen"); seen.IsValid() {
		return awsjson.Seen(seen.Uint())
	}
	return 0
}

// contractNames are how the contract spells what Go writes in capitals.
var contractNames = strings.NewReplacer("ARN", "Arn", "AWS", "Aws", "IAM", "Iam", "ID", "Id")
