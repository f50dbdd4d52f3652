package awsaccount

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestAnAccountIsToldAndRenamed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.answers("GetAccountInformation", member, `{}`, `{"AccountId":"`+member+`","AccountName":"account-`+member+`","AccountCreatedDate":"2026-01-01T00:00:00Z","AccountState":"ACTIVE"}`)
	h.answers("PutAccountName", payer, `{"AccountId":"`+member+`","AccountName":"Workload"}`, "")
	h.answers("GetAccountInformation", payer, `{"AccountId":"`+member+`"}`, `{"AccountId":"`+member+`","AccountName":"Workload","AccountCreatedDate":"2026-01-01T00:00:00Z","AccountState":"ACTIVE"}`)
	a, err := h.plane.GetAccount(t.Context(), org.Caller{Partition: org.AWS, AccountID: payer, Kind: org.RootUser}, member)
	if err != nil || a.Name != "Workload" {
		t.Errorf("the organization knows it as %q, %v", a.Name, err)
	}
	h.answers("PutAccountName", stranger, `{"AccountName":"Alone"}`, "")
	for says, body := range map[string]string{
		"no name": `{}`, "an empty name": `{"AccountName":""}`, "a long name": `{"AccountName":"` + strings.Repeat("x", 51) + `"}`,
		"a name with <": `{"AccountName":"a<b"}`, "no id": `{"AccountName":"x","AccountId":"12"}`,
	} {
		h.refuses(says, "PutAccountName", payer, body, http.StatusBadRequest, validation)
	}
	h.refuses("no object", "PutAccountName", payer, `[]`, http.StatusBadRequest, "SerializationException")
}

func TestATwinIsTold(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.refuses("no twin", "GetGovCloudAccountInformation", payer, `{}`, http.StatusNotFound, missing)
	twin, err := h.plane.PairAccount(t.Context(), member)
	if err != nil {
		t.Fatal(err)
	}
	h.answers("GetGovCloudAccountInformation", payer, `{"StandardAccountId":"`+member+`"}`, `{"GovCloudAccountId":"`+string(twin.Caller.AccountID)+`","AccountState":"ACTIVE"}`)
}

func TestContactsAreKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.refuses("none yet", "GetContactInformation", member, `{}`, http.StatusNotFound, missing)
	h.answers("PutContactInformation", member, `{"ContactInformation":`+owner+`}`, "")
	h.answers("GetContactInformation", payer, `{"AccountId":"`+member+`"}`, `{"ContactInformation":`+owner+`}`)
	whole := `{"FullName":"Ada","AddressLine1":"1 Way","AddressLine2":"2","AddressLine3":"3","City":"Bonn","StateOrRegion":"NRW","DistrictOrCounty":"Mitte","PostalCode":"53111",
		"CountryCode":"DE","PhoneNumber":"+49 1","CompanyName":"Corp","WebsiteUrl":"https://corp.example"}`
	h.answers("PutContactInformation", member, `{"ContactInformation":`+whole+`}`, "")
	h.answers("GetContactInformation", member, `{}`, `{"ContactInformation":`+whole+`}`)
	for says, body := range map[string]string{
		"nothing": `{}`, "a contact of nothing": `{"ContactInformation":{}}`, "a phone without +": `{"ContactInformation":` + strings.Replace(owner, "+49", "49", 1) + `}`,
		"a country of three letters": `{"ContactInformation":` + strings.Replace(owner, "DE", "DEU", 1) + `}`,
	} {
		h.refuses(says, "PutContactInformation", member, body, http.StatusBadRequest, validation)
	}
}

func TestAlternateContactsAreKeptByKind(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	contact := `"Name":"Bill","Title":"CFO","EmailAddress":"bill@corp.example","PhoneNumber":"+49 (1) 2"`
	for _, kind := range []string{"BILLING", "OPERATIONS", "SECURITY"} {
		of := `"AlternateContactType":"` + kind + `"`
		id := `"AccountId":"` + member + `"`
		h.refuses("none yet", "GetAlternateContact", member, `{`+of+`}`, http.StatusNotFound, missing)
		h.refuses("none yet", "DeleteAlternateContact", member, `{`+of+`}`, http.StatusNotFound, missing)
		h.answers("PutAlternateContact", payer, `{`+of+`,`+id+`,`+contact+`}`, "")
		h.answers("GetAlternateContact", member, `{`+of+`}`, `{"AlternateContact":{`+of+`,`+contact+`}}`)
		h.answers("DeleteAlternateContact", payer, `{`+of+`,`+id+`}`, "")
		h.refuses("none any more", "GetAlternateContact", member, `{`+of+`}`, http.StatusNotFound, missing)
	}
	h.refuses("a kind of nobody's", "GetAlternateContact", member, `{"AlternateContactType":"PRIMARY"}`, http.StatusBadRequest, validation)
}

func TestAnAddressIsChangedByItsCode(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	of := func(more string) string { return `{"AccountId":"` + member + `"` + more + `}` }
	h.answers("GetPrimaryEmail", payer, of(""), `{"PrimaryEmail":"`+member+`@account.example"}`)
	h.refuses("its own", "StartPrimaryEmailUpdate", payer, of(`,"PrimaryEmail":"`+member+`@account.example"`), http.StatusConflict, conflict)
	h.refuses("another's", "StartPrimaryEmailUpdate", payer, of(`,"PrimaryEmail":"`+stranger+`@account.example"`), http.StatusConflict, conflict)
	h.refuses("no address", "StartPrimaryEmailUpdate", payer, of(`,"PrimaryEmail":"nobody"`), http.StatusBadRequest, validation)
	h.refuses("nothing was begun", "AcceptPrimaryEmailUpdate", payer, full["AcceptPrimaryEmailUpdate"], http.StatusNotFound, missing)
	h.answers("StartPrimaryEmailUpdate", payer, of(`,"PrimaryEmail":"new@corp.example"`), `{"Status":"PENDING"}`)
	wish, err := h.plane.LookEmailChange(t.Context(), member)
	if err != nil {
		t.Fatal(err)
	}
	h.refuses("a wrong code", "AcceptPrimaryEmailUpdate", payer, of(`,"PrimaryEmail":"new@corp.example","Otp":"zzzzzz"`), http.StatusBadRequest, validation)
	h.refuses("no code", "AcceptPrimaryEmailUpdate", payer, of(`,"PrimaryEmail":"new@corp.example","Otp":"1"`), http.StatusBadRequest, validation)
	h.answers("AcceptPrimaryEmailUpdate", payer, of(`,"PrimaryEmail":"new@corp.example","Otp":"`+wish.Code+`"`), `{"Status":"ACCEPTED"}`)
	h.answers("GetPrimaryEmail", payer, of(""), `{"PrimaryEmail":"new@corp.example"}`)
	h.refuses("without an account", "GetPrimaryEmail", payer, `{}`, http.StatusBadRequest, validation)
}

func TestRegionsAreListedAndSwitched(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	seen, token := map[string]string{}, ""
	for range 20 {
		var page struct {
			NextToken string
			Regions   []struct{ RegionName, RegionOptStatus string }
		}
		rec := h.ask("ListRegions", member, `{"MaxResults":7`+token+`}`)
		if err := json.Unmarshal(rec.Body.Bytes(), &page); err != nil || len(page.Regions) > 7 {
			t.Fatalf("%s: %v", rec.Body, err)
		}
		for _, g := range page.Regions {
			seen[g.RegionName] = g.RegionOptStatus
		}
		if token = `,"NextToken":"` + page.NextToken + `"`; page.NextToken == "" {
			break
		}
	}
	if len(seen) != 34 || seen["us-east-1"] != "ENABLED_BY_DEFAULT" || seen["af-south-1"] != "DISABLED" {
		t.Errorf("%d regions: %v", len(seen), seen)
	}
	region := `{"RegionName":"af-south-1"}`
	h.answers("EnableRegion", member, region, "")
	h.answers("GetRegionOptStatus", member, region, `{"RegionName":"af-south-1","RegionOptStatus":"ENABLING"}`)
	h.answers("ListRegions", member, `{"RegionOptStatusContains":["ENABLING","DISABLING"]}`, `{"Regions":[{"RegionName":"af-south-1","RegionOptStatus":"ENABLING"}]}`)
	h.answers("ListRegions", stranger, `{"RegionOptStatusContains":["ENABLING"]}`, `{"Regions":[]}`)
	h.refuses("it is being enabled", "DisableRegion", member, region, http.StatusConflict, conflict)
	h.refuses("all accounts have it", "DisableRegion", member, `{"RegionName":"us-east-1"}`, http.StatusBadRequest, validation)
	h.refuses("no region", "EnableRegion", member, `{"RegionName":"mars-1"}`, http.StatusBadRequest, validation)
	h.refuses("no region", "GetRegionOptStatus", member, `{"RegionName":"mars-1"}`, http.StatusBadRequest, validation)
	h.refuses("a token of nobody's", "ListRegions", member, `{"NextToken":"x"}`, http.StatusBadRequest, validation)
	h.refuses("a page too large", "ListRegions", member, `{"MaxResults":51}`, http.StatusBadRequest, validation)
	rec := h.ask("EnableRegion", member, `{"RegionName":"us-east-1"}`)
	if got := parse(t, rec.Body.String()).(map[string]any); got["reason"] != "invalidRegionOptTarget" {
		t.Errorf("%v", got)
	}
	rec = h.ask("EnableRegion", member, `{}`)
	got := parse(t, rec.Body.String()).(map[string]any)
	if field := got["fieldList"].([]any)[0].(map[string]any); got["reason"] != "fieldValidationFailed" || field["name"] != "RegionName" {
		t.Errorf("%v", got)
	}
}
