package server

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// The feed has what became due although nobody asked for anything in between.
func TestWhatIsDueIsDoneWhenTheClockIsMoved(t *testing.T) {
	t.Parallel()
	r := run(t)
	if res, text := r.aws("CreateOrganization", `{}`); res.StatusCode != http.StatusOK {
		t.Fatal(text)
	}
	id := r.created(`{"AccountName":"one","Email":"one@corp.example"}`)["AccountId"].(string)
	if res, text := r.aws("CloseAccount", `{"AccountId":"`+id+`"}`); res.StatusCode != http.StatusOK {
		t.Fatal(text)
	}
	until(t, func() bool {
		_, text := r.aws("DescribeAccount", `{"AccountId":"`+id+`"}`)
		return strings.Contains(text, `"SUSPENDED"`)
	})
	r.do("POST", "/_polity/clock", `{"advance":"90d"}`)
	until(t, func() bool {
		a, err := r.plane.Look(t.Context(), org.AccountID(id))
		return err == nil && a.OrganizationID == ""
	})
	if res, text := r.aws("DescribeAccount", `{"AccountId":"`+id+`"}`); res.StatusCode != http.StatusBadRequest || !strings.Contains(text, "AccountNotFoundException") {
		t.Errorf("%d %s", res.StatusCode, text)
	}
}

// The account service is found by its paths and signed for by its own name.
func TestTheAccountServiceAnswers(t *testing.T) {
	t.Parallel()
	r := run(t)
	sign := []string{"Authorization", "AWS4-HMAC-SHA256 Credential=" + awsPayer + "/20260101/us-east-1/account/aws4_request, SignedHeaders=host, Signature=5ec2e7"}
	res, text := r.do("POST", "/getAccountInformation", `{}`, sign...)
	var out struct {
		ID string `json:"AccountId"`
	}
	if err := json.Unmarshal([]byte(text), &out); err != nil || res.StatusCode != http.StatusOK || out.ID != awsPayer {
		t.Errorf("%d %s", res.StatusCode, text)
	}
	res, text = r.do("POST", "/getContactInformation", `{}`, sign...)
	if res.StatusCode != http.StatusNotFound || res.Header.Get("X-Amzn-Errortype") != "ResourceNotFoundException" {
		t.Errorf("%d %s", res.StatusCode, text)
	}
}

func until(t *testing.T, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatal("it did not come to pass")
}
