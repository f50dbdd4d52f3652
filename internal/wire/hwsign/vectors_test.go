package hwsign

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

type vector struct {
	name      string
	request   *http.Request
	body      string
	secret    string
	canonical string // SHA-256 of the canonical request
	signature string
}

// sdk is a request as hc-sdk signs it.
func sdk(name, method, target, body, authorization, canonical, signature string) vector {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("User-Agent", "huaweicloud-usdk-go/3.0")
	r.Header.Set("X-Domain-Id", "d0000000000000000000000000000001")
	r.Header.Set("X-Sdk-Date", "20260115T083000Z")
	r.Header.Set("Authorization", authorization+", Signature="+signature)
	return vector{name, r, body, testSecret, canonical, signature}
}

// terraform is a request as the Terraform provider v1.97.1 signs it.
func terraform(name, method, target, body, signed, canonical, signature string) vector {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "terraform-provider-iac golangsdk/2.0.0")
	r.Header.Set("X-Language", "en-us")
	r.Header.Set("X-Project-Id", "p0000000000000000000000000000001")
	r.Header.Set("X-Sdk-Date", "20261121T235111Z")
	r.Header.Set("Authorization", "SDK-HMAC-SHA256 Access=AKEXAMPLE, SignedHeaders="+signed+", Signature="+signature)
	return vector{name, r, body, "SKEXAMPLE", canonical, signature}
}

func vectors() []vector {
	const (
		units  = "https://organizations.example.com/v1/organizations/organizational-units?limit=5&marker=a%20b%2F%C3%A9%2Bc"
		all    = ", SignedHeaders=user-agent;x-domain-id;x-sdk-date"
		access = "SDK-HMAC-SHA256 Access=" + testKey
		read   = "accept;content-type;user-agent;x-language;x-sdk-date"
		write  = "accept;content-type;user-agent;x-sdk-date"
	)
	return []vector{
		sdk("B1 SDK-HMAC-SHA256", http.MethodPost, units, createUnit, access+all,
			"1fe372497fd18f3594ba0289ce6c90d5fdaa8e59c303215165d54ba90073cbd4", "20e06dda5d3239e33b8a03c89549d1f26d3357b57b673638781d38c4d343c314"),
		sdk("B2 V11-HMAC-SHA256", http.MethodPost, units, createUnit,
			"V11-HMAC-SHA256 Credential="+testKey+"/20260115/cn-north-4/organizations"+all,
			"1fe372497fd18f3594ba0289ce6c90d5fdaa8e59c303215165d54ba90073cbd4", "6e77b8fca7ee36f38485bccfe9c72d7899fe82c99a4ff53fd6d57a0b53958b2b"),
		sdk("B5 only the date signed", http.MethodGet, "https://iam.example.com/v3/auth/domains", "", access+", SignedHeaders=x-sdk-date",
			"5d09fce91684ab702163e2920900304508fba3ec4522edc8334b90abe0ff6f8d", "8036dad32a5b07c96515cb869dae70f25eeca6b36e073e0c1eaf4cfad324d018"),
		sdk("B6 colon in the path", http.MethodGet, "https://organizations.example.com/v1/organizations/organizations:ous/ou-1/tags", "", access+all,
			"4999cfbffc85912bb939ed2abec3bfd6e6884e28a8864ff70969fa5fa5ed2005", "9aca31a2a83dfab490e2343e89f9fd9e34d0fbe22a7f783819c8db837272bff1"),
		terraform("C1 projects", http.MethodGet, "/v3/projects?name=cn-north-4", "", "accept;user-agent;x-sdk-date",
			"6966a25619eb5f3bbe7f3f93b9452e7f42b078a9bb6532cf775d31d06e330520", "062ab7a4aced3a4177f0d017f93e6c9bfd93ed33d0af2c57890eb62b528ec7a2"),
		terraform("C2 organization", http.MethodGet, "/v1/organizations", "", read,
			"77619cb1b988a40a8746cfce63af0d9f6521d67395f9931677af3b4339818fbc", "70155d665fc81ede2a5f210d0d1a4230d4669fd5dafd01179ce1dfffd5bb012e"),
		terraform("C3 query with an empty value", http.MethodGet, "/v1/landing-zone/configuration?a=x%20y&b=2&e=", "", read,
			"7641817517e47ea88a0d896f9723996b8a1154621c62e398c0db00e3570d7e0c", "faff6465edbba1913d05e542561b71e0aaffcf9046e9d6dd7c1f9a43c15bcd99"),
		terraform("C4 create", http.MethodPost, "/v1/organizations", "{\"name\":\"a&<b>\"}\n", write,
			"81f3e8c6ba3294ec8dcb1c47dda326fe8bfcdfc8e1a4ed1ef4266dbdeeec2884", "9d7af67b119ac6960bd571f6e5934f6724d85a7a79c68ff2245649c2733b7a62"),
		terraform("C5 assume agency", http.MethodPost, "/v5/agencies/assume",
			"{\"agency_session_name\":\"ag1\",\"agency_urn\":\"iam::d0000000000000000000000000000002:agency:ag1\"}\n", write,
			"77042d2f0c8d453ed6cdfce51e3211a5212da68563ac496209b11f378c3c2a09", "d08685088d88ead0d916e8d43198462338da5f64db6eb9c71c7f08b54b49326f"),
	}
}

func TestVectors(t *testing.T) {
	t.Parallel()
	for _, v := range vectors() {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			s, err := parse(v.request)
			if err != nil {
				t.Fatal(err)
			}
			hash := sha256.Sum256([]byte(v.body))
			canonical, err := s.canonical(v.request, hex.EncodeToString(hash[:]))
			if err != nil {
				t.Fatal(err)
			}
			if got := sha256.Sum256(canonical); hex.EncodeToString(got[:]) != v.canonical {
				t.Errorf("canonical request differs:\n%s", canonical)
			}
			if got, err := s.sign(v.secret, canonical); err != nil || got != v.signature {
				t.Errorf("signature = %s, %v, want %s", got, err, v.signature)
			}
			date, err := time.Parse(timeLayout, s.date)
			if err != nil {
				t.Fatal(err)
			}
			at := Verifier{Now: func() time.Time { return date }}
			got, err := at.Verify(t.Context(), v.request, []byte(v.body), func(context.Context, string, string) (string, error) {
				return v.secret, nil
			})
			if err != nil {
				t.Errorf("Verify: %v", err)
			}
			if peeked, ok, err := Peek(v.request); peeked != got || !ok || err != nil {
				t.Errorf("Peek = %+v, %v, %v, want %+v", peeked, ok, err, got)
			}
		})
	}
}

func TestDerivedKey(t *testing.T) {
	t.Parallel()
	got, err := derivedKey(testKey, testSecret, "20260115/cn-north-4/organizations")
	if want := "dbdb2fdcb89706ce52c524293c91a5cb9f1dd14013bfc5e227c3a6261a94d7f0"; got != want || err != nil {
		t.Errorf("derivedKey = %s, %v, want %s", got, err, want)
	}
}

func TestCredentialTellsWhatTheRequestSays(t *testing.T) {
	t.Parallel()
	r, s := unitsRequest(), newSigner()
	s.key, s.info = "HSTAEXAMPLE0001", "20260115/globe/organizations"
	s.sign(r, createUnit, usual...)
	r.Header.Set("X-Security-Token", "token")
	want := Credential{
		Algorithm: V11HMACSHA256, AccessKeyID: "HSTAEXAMPLE0001", SecurityToken: "token",
		Date: "20260115", Region: "globe", Service: "organizations",
	}
	if got, err := verifier().Verify(t.Context(), r, []byte(createUnit), lookup); got != want || err != nil {
		t.Errorf("Verify = %+v, %v, want %+v", got, err, want)
	}
}
