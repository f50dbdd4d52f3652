package huawei_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"
	stsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/sts/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

// encoded is the message that an SDK call's error carries.
func encoded(t *testing.T, err error) string {
	t.Helper()
	var e *sdkerr.ServiceResponseError
	if !errors.As(err, &e) || e.StatusCode != 403 || e.ErrorCode != "Organizations.1007" {
		t.Fatalf("the call ends with %v, want 403 Organizations.1007", err)
	}
	if e.EncodedAuthorizationMessage == "" {
		t.Fatal("the denial has no encoded message")
	}
	return e.EncodedAuthorizationMessage
}

func TestADenialTellsItsStatementToWhoeverDecodesIt(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		agency := "OrganizationAccountAccessAgency"
		made := h.ask(t, model.CreateAccountReqBody{Name: name(), Email: address(), AgencyName: &agency})
		harness.Try(h.EnablePolicyType(&model.EnablePolicyTypeRequest{Body: &model.PolicyTypeReqBody{RootId: h.root, PolicyType: types.SERVICE_CONTROL_POLICY}})).Or(t)
		guard := harness.Try(h.tryPolicy(newTypes.SERVICE_CONTROL_POLICY, "guard",
			`{"Version":"5.0","Statement":[{"Sid":"hide","Effect":"Deny","Action":["organizations:organizations:get"]}]}`)).Or(t)
		if err := h.attach(guard, made.AccountId); err != nil {
			t.Fatal(err)
		}
		inside := assume(t, s, h.key, made.AccountId, agency)
		_, err := s.HuaweiOrganizations(t, inside).ShowOrganization(&model.ShowOrganizationRequest{})
		message := encoded(t, err)
		decode := func(k harness.Key, text string) (*stsmodel.DecodeAuthorizationMessageResponse, error) {
			return s.HuaweiSTS(t, k).DecodeAuthorizationMessage(&stsmodel.DecodeAuthorizationMessageRequest{Body: &stsmodel.DecodeAuthorizationMessageReq{EncodedMessage: text}})
		}
		var told struct {
			Allowed, ExplicitDeny bool
			MatchedStatements     struct {
				Items []struct{ StatementID, SourcePolicyID string }
			}
			Context struct {
				Principal struct{ URN string }
				Action    string
			}
		}
		if err := json.Unmarshal([]byte(text(harness.Try(decode(inside, message)).Or(t).DecodedMessage)), &told); err != nil {
			t.Fatal(err)
		}
		if told.Allowed || !told.ExplicitDeny || len(told.MatchedStatements.Items) != 1 || told.MatchedStatements.Items[0].StatementID != "hide" ||
			told.MatchedStatements.Items[0].SourcePolicyID != guard || told.Context.Action != "organizations:organizations:get" || told.Context.Principal.URN == "" {
			t.Errorf("the denial is told as %+v", told)
		}
		_, err = decode(h.key, message)
		harness.WantHuawei(t, err, 400, "IAM.0007")
		_, err = decode(inside, message+"x")
		harness.WantHuawei(t, err, 400, "IAM.0007")
	})
}
