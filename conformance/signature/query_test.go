package signature_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"github.com/polity-cloud/polity/conformance/harness"
)

const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

func TestQuerySignatures(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		k := s.Mint(t, harness.AWS)
		today := time.Now().UTC().Format("20060102")
		const bad, unknown, missing, incomplete = "SignatureDoesNotMatch", "InvalidClientTokenId", "MissingAuthenticationToken", "IncompleteSignature"
		for name, c := range map[string]struct {
			key     func(*harness.Key)
			at      time.Duration
			service string
			change  func(*http.Request)
			status  int
			code    string
		}{
			"as it is":                           {status: 200},
			"signed 14 minutes ago":              {at: 30*time.Second - window, status: 200},
			"signed 16 minutes ago":              {at: -window - time.Minute, status: 403, code: bad},
			"signed 16 minutes ahead":            {at: window + time.Minute, status: 403, code: bad},
			"signed with another secret":         {key: func(k *harness.Key) { k.Secret += "x" }, status: 403, code: bad},
			"signed for another service":         {service: "organizations", status: 400, code: bad},
			"of a key that does not exist":       {key: func(k *harness.Key) { k.ID = "AKIAQAAAAAAVAAAAAAAA" }, status: 403, code: unknown},
			"of a lasting key with a token":      {key: func(k *harness.Key) { k.Token = "FwoGTOKEN==" }, status: 403, code: unknown},
			"of a temporary key without a token": {key: func(k *harness.Key) { k.ID = "ASIA" + k.ID[4:] }, status: 403, code: unknown},
			"without a signature":                {change: func(r *http.Request) { r.Header.Del("Authorization") }, status: 403, code: missing},
			"with another algorithm":             {change: replaceAuthorization("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"), status: 403, code: missing},
			"with half a signature":              {change: cutAuthorization(", Signature="), status: 400, code: incomplete},
			"with a short credential":            {change: replaceAuthorization("/aws4_request", ""), status: 400, code: incomplete},
			"with another terminator":            {change: replaceAuthorization("aws4_request", "aws5_request"), status: 403, code: bad},
			"with another day in its scope":      {change: replaceAuthorization("/"+today+"/", "/20200101/"), status: 400, code: bad},
			"with an unsigned host":              {change: replaceAuthorization(";host;", ";"), status: 403, code: bad},
			"with a changed body":                {change: body("Action=GetCallerIdentity&Version=2011-06-15&More=1"), status: 403, code: bad},
		} {
			key := k
			if c.key != nil {
				c.key(&key)
			}
			if c.service == "" {
				c.service = "sts"
			}
			r, sent := s.QueryRequest(t, "GetCallerIdentity", nil)
			harness.SignAWS(t, r, sent, key, c.service, time.Now().Add(c.at))
			if c.change != nil {
				c.change(r)
			}
			if status, code := queryCode(t, r); status != c.status || code != c.code {
				t.Errorf("a request %s is answered %d %s, want %d %s", name, status, code, c.status, c.code)
			}
		}
	})
}

func TestQueryRequestsThatAreNone(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		k := s.Mint(t, harness.AWS)
		for name, sent := range map[string]string{
			"an action that does not exist": "Action=GetEverything&Version=2011-06-15",
			"a version that does not exist": "Action=GetCallerIdentity&Version=2010-01-01",
		} {
			r, _ := s.QueryRequest(t, "GetCallerIdentity", nil)
			body(sent)(r)
			harness.SignAWS(t, r, []byte(sent), k, "sts", time.Now())
			if status, code := queryCode(t, r); status != 400 || code != "InvalidAction" {
				t.Errorf("%s is answered %d %s, want 400 InvalidAction", name, status, code)
			}
		}
	})
}

func TestPresignedRequests(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		k := s.Mint(t, harness.AWS)
		presign := func(at time.Duration, more string) string {
			r := harness.Try(http.NewRequestWithContext(t.Context(), "GET", s.URL+"/?Action=GetCallerIdentity&Version=2011-06-15"+more, nil)).Or(t)
			credentials := harness.Try(k.Retrieve(t.Context())).Or(t)
			url, _, err := v4.NewSigner().PresignHTTP(t.Context(), credentials, r, emptyHash, "sts", harness.Region, time.Now().Add(at))
			if err != nil {
				t.Fatal(err)
			}
			return url
		}
		for name, c := range map[string]struct {
			url    string
			status int
			code   string
		}{
			"as it is":                              {presign(0, ""), 200, ""},
			"with an hour to live":                  {presign(0, "&X-Amz-Expires=3600"), 200, ""},
			"an hour to live, 16 minutes of it old": {presign(-window-time.Minute, "&X-Amz-Expires=3600"), 403, "SignatureDoesNotMatch"},
			"with another action":                   {strings.Replace(presign(0, ""), "GetCallerIdentity", "GetSessionToken", 1), 403, "SignatureDoesNotMatch"},
			"with another signature":                {presign(0, "") + "0", 403, "SignatureDoesNotMatch"},
			"without its date":                      {strings.Replace(presign(0, ""), "X-Amz-Date=", "X-Amz-Dote=", 1), 400, "IncompleteSignature"},
		} {
			r := harness.Try(http.NewRequestWithContext(t.Context(), "GET", c.url, nil)).Or(t)
			if status, code := queryCode(t, r); status != c.status || code != c.code {
				t.Errorf("a presigned request %s is answered %d %s, want %d %s", name, status, code, c.status, c.code)
			}
		}
	})
}
