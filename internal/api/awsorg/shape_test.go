package awsorg

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-faster/jx"
	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/wire/awsjson"
)

// allOutputs are all shapes that are the whole answer of an operation.
var allOutputs = []awsjson.Output{
	new(AcceptHandshakeResponse), new(CancelHandshakeResponse), new(CreateAccountResponse), new(CreateGovCloudAccountResponse),
	new(CreateOrganizationResponse), new(CreateOrganizationalUnitResponse), new(CreatePolicyResponse), new(DeclineHandshakeResponse),
	new(DescribeAccountResponse), new(DescribeCreateAccountStatusResponse), new(DescribeEffectivePolicyResponse),
	new(DescribeHandshakeResponse), new(DescribeOrganizationResponse), new(DescribeOrganizationalUnitResponse), new(DescribePolicyResponse),
	new(DescribeResourcePolicyResponse), new(DescribeResponsibilityTransferResponse), new(DisablePolicyTypeResponse),
	new(EnableAllFeaturesResponse), new(EnablePolicyTypeResponse), new(InviteAccountToOrganizationResponse),
	new(InviteOrganizationToTransferResponsibilityResponse), new(ListAWSServiceAccessForOrganizationResponse),
	new(ListAccountsForParentResponse), new(ListAccountsResponse), new(ListAccountsWithInvalidEffectivePolicyResponse),
	new(ListChildrenResponse), new(ListCreateAccountStatusResponse), new(ListDelegatedAdministratorsResponse),
	new(ListDelegatedServicesForAccountResponse), new(ListEffectivePolicyValidationErrorsResponse), new(ListHandshakesForAccountResponse),
	new(ListHandshakesForOrganizationResponse), new(ListInboundResponsibilityTransfersResponse),
	new(ListOrganizationalUnitsForParentResponse), new(ListOutboundResponsibilityTransfersResponse), new(ListParentsResponse),
	new(ListPoliciesForTargetResponse), new(ListPoliciesResponse), new(ListRootsResponse), new(ListTagsForResourceResponse),
	new(ListTargetsForPolicyResponse), new(PutResourcePolicyResponse), new(TerminateResponsibilityTransferResponse),
	new(UpdateOrganizationalUnitResponse), new(UpdatePolicyResponse), new(UpdateResponsibilityTransferResponse),
}

func TestAnswersAreWrittenAsTheDocumentedSamples(t *testing.T) {
	t.Parallel()
	at := func(ms int64) time.Time { return time.UnixMilli(ms) }
	for want, out := range map[string]awsjson.Output{
		`{"Organization":{"Arn":"arn:aws:organizations::210987654321:organization/o-b7k2m9q4zx","AvailablePolicyTypes":[{"Status":"ENABLED","Type":"SERVICE_CONTROL_POLICY"}],` +
			`"FeatureSet":"ALL","Id":"o-b7k2m9q4zx"}}`: &DescribeOrganizationResponse{Organization: &Organization{
			ARN: "arn:aws:organizations::210987654321:organization/o-b7k2m9q4zx", FeatureSet: OrganizationFeatureSetAll, ID: "o-b7k2m9q4zx",
			AvailablePolicyTypes: []PolicyTypeSummary{{Status: PolicyTypeStatusEnabled, Type: PolicyTypeServiceControlPolicy}},
		}},
		`{"Roots":[{"Id":"r-q8w1","Name":"Root","PolicyTypes":[]}]}`: &ListRootsResponse{Roots: []Root{{ID: "r-q8w1", Name: "Root", PolicyTypes: []PolicyTypeSummary{}}}},
		`{"Roots":[]}`: &ListRootsResponse{},
		`{"CreateAccountStatus":{"AccountId":"012345678901","CompletedTimestamp":1767225642.5,"RequestedTimestamp":1767225600.125,"State":"SUCCEEDED"}}`: &DescribeCreateAccountStatusResponse{
			CreateAccountStatus: &CreateAccountStatus{AccountID: "012345678901", State: CreateAccountStateSucceeded, RequestedTimestamp: at(1767225600125), CompletedTimestamp: at(1767225642500)},
		},
		`{"Policy":{"Content":"{\"a\":\"\\n\"}","PolicySummary":{"AwsManaged":false,"Description":"","Type":"TAG_POLICY"}}}`: &DescribePolicyResponse{Policy: &Policy{
			Content: `{"a":"\n"}`, PolicySummary: &PolicySummary{AWSManaged: new(false), Description: new(""), Type: PolicyTypeTagPolicy},
		}},
		`{"Tags":[{"Key":"k","Value":""}]}`: &ListTagsForResourceResponse{Tags: []Tag{{Key: "k"}}},
		`{"Handshake":{"Resources":[{"Resources":[{"Type":"MASTER_NAME","Value":""}],"Type":"ORGANIZATION"}]}}`: &DescribeHandshakeResponse{Handshake: &Handshake{
			Resources: []HandshakeResource{{Type: HandshakeResourceTypeOrganization, Resources: []HandshakeResource{{Type: HandshakeResourceTypeMasterName, Value: new("")}}}},
		}},
		`{"Accounts":[{"Id":"012345678901"}],"NextToken":"t"}`: &ListAccountsResponse{Accounts: []Account{{ID: "012345678901"}}, NextToken: "t"},
		`{}`: &DescribeAccountResponse{},
	} {
		if got := string(out.Append(nil)); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if got := string(out.Append([]byte("before"))); got != "before"+want {
			t.Errorf("not appended: %s", got)
		}
	}
}

// fillValue sets every exported member of v, two levels of recursive shapes deep.
func fillValue(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillValue(v.Elem(), depth)
	case reflect.Slice:
		if depth == 0 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fillValue(v.Index(i), depth-1)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.UnixMilli(1767225600125)))
			return
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fillValue(v.Field(i), depth)
			}
		}
	case reflect.String:
		v.SetString("a\"b\u2028ä")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(7)
	}
}

// plainValue is what encoding/json should read back: members by Go name, folded to lower case as ID and Id differ.
func plainValue(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		return plainValue(v.Elem())
	case reflect.Slice:
		list := []any{}
		for i := range v.Len() {
			list = append(list, plainValue(v.Index(i)))
		}
		return list
	case reflect.Struct:
		if at, ok := v.Interface().(time.Time); ok {
			return float64(at.UnixMilli()) / 1000
		}
		m := map[string]any{}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.IsExported() && !(v.Field(i).Kind() == reflect.Slice && v.Field(i).IsNil()) {
				m[strings.ToLower(f.Name)] = plainValue(v.Field(i))
			}
		}
		return m
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return v.Bool()
	default:
		return float64(v.Int())
	}
}

func lowerKeys(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = lowerKeys(v[i])
		}
	case map[string]any:
		m := map[string]any{}
		for k, e := range v {
			m[strings.ToLower(k)] = lowerKeys(e)
		}
		return m
	}
	return v
}

func TestEveryMemberOfAnAnswerIsReadBackByEncodingJSON(t *testing.T) {
	t.Parallel()
	for _, out := range allOutputs {
		fillValue(reflect.ValueOf(out).Elem(), 3)
		var got any
		if err := json.Unmarshal(out.Append(nil), &got); err != nil {
			t.Fatalf("%T: %v", out, err)
		}
		if diff := cmp.Diff(plainValue(reflect.ValueOf(out)), lowerKeys(got)); diff != "" {
			t.Errorf("%T: -shape +JSON\n%s", out, diff)
		}
	}
}

func TestEveryAnswerOfTheContractIsTried(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for _, out := range allOutputs {
		tried[reflect.TypeOf(out).Elem().Name()] = true
	}
	for name, op := range contract {
		if op.Output != "" && !tried[op.Output] {
			t.Errorf("%s: %s is not in allOutputs", name, op.Output)
		}
	}
}

func TestEveryMemberOfARequestIsDecoded(t *testing.T) {
	t.Parallel()
	for name, op := range contract {
		if op.Input == "" {
			continue
		}
		want := op.New()
		fillValue(reflect.ValueOf(want).Elem(), 3)
		text := requestOf(t, name)
		got := op.New()
		if err := got.Decode(jx.DecodeStr(text)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(plainValue(reflect.ValueOf(want)), plainValue(reflect.ValueOf(got))); diff != "" {
			t.Errorf("%s: -sent +read\n%s", name, diff)
		}
	}
}

// wireValue gives the members of plainValue their names in the contract.
func wireValue(t testing.TB, v reflect.Value, shape string) any {
	t.Helper()
	m, err := contractModel()
	if err != nil {
		t.Fatal(err)
	}
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	s := m.Shapes[shape]
	switch s.Type {
	case "structure":
		out := map[string]any{}
		for member, of := range s.Members {
			f := v.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, member) })
			out[member] = wireValue(t, f, of)
		}
		return out
	case "list":
		out := []any{}
		for i := range v.Len() {
			out = append(out, wireValue(t, v.Index(i), s.Of))
		}
		return out
	}
	return plainValue(v)
}

func TestSensitiveMembersAreNotPrinted(t *testing.T) {
	t.Parallel()
	const secret = "hunter2"
	account := Account{Name: secret, Email: secret}
	for _, v := range []any{
		account, &account, &ListAccountsResponse{Accounts: []Account{account}}, CreateAccountRequest{AccountName: secret}, HandshakeParty{ID: secret},
		&Handshake{Parties: []HandshakeParty{{ID: secret}}}, HandshakeResource{Value: new(secret)}, ResponsibilityTransfer{Name: secret},
		InviteAccountToOrganizationRequest{Notes: new(secret)},
	} {
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, nil)).Info("m", "v", v)
		slog.New(slog.NewTextHandler(&log, nil)).Info("m", "v", v)
		if text := fmt.Sprintf("%v %+v %#v %s", v, v, v, v) + log.String(); strings.Contains(text, secret) {
			t.Errorf("%T: %s", v, text)
		}
	}
}
