package sigv4

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

type vector struct {
	name      string
	service   string
	request   *http.Request
	body      string
	canonical string // SHA-256 of the canonical request
	key       string // signing key; empty where the source gives none
	signature string
}

func authorize(r *http.Request, key, service, headers, signature string) *http.Request {
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+key+"/20260115/us-east-1/"+service+
		"/aws4_request, SignedHeaders="+headers+", Signature="+signature)
	return r
}

func vectors() []vector {
	a1 := vector{
		name: "JSON with a long-term key", service: "organizations", body: createUnit,
		canonical: "ff5733d206b546b1ada413981c179baa42e3eb49dfdaa25260e5aa343d5ecf2e",
		key:       "02aaf7ae4c90425e04229ee4bad076764bd8a4a04d493bdcdb6a7e57b6640b4f",
		signature: "beaab19218da52d24a20cd8f428b41f199c5828dfa44a7ec0388f0df40c0f2b0",
	}
	a1.request = authorize(organizationsRequest(), testKey, a1.service, "content-type;host;x-amz-date;x-amz-target", a1.signature)

	a2 := vector{
		name: "JSON with a session token", service: "organizations", body: createUnit,
		canonical: "49c274bfabaa1c41a2af2b5b81f292118ea5b2b9489281afdc01d237d9535e4e",
		signature: "ce755035db5e4fae34784d13adadc69c4122903f3b90d02532b5ebc7ef98d902",
	}
	a2.request = authorize(organizationsRequest(), "ASIDEXAMPLE0000000001", a2.service,
		"content-type;host;x-amz-date;x-amz-security-token;x-amz-target", a2.signature)
	a2.request.Header.Set("X-Amz-Security-Token", "FwoGTOKEN==")

	a3 := vector{
		name: "presigned GetCallerIdentity", service: "sts",
		canonical: "f2bf2a4437ef179abdc2fb46362a6df0827513686cb13da6f51b335c6a6e002c",
		key:       "65fd8296fd1adb49357b7a40581e30d347755c3f5c27bdb7ca171dfe4f545207",
		signature: "a09afe03177e05d735965c529c79cc3232ccf9671be98687b1bb93750e02bed9",
	}
	a3.request = httptest.NewRequest(http.MethodGet, "https://sts.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"+
		"&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE0000000001%2F20260115%2Fus-east-1%2Fsts%2Faws4_request"+
		"&X-Amz-Date=20260115T083000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature="+a3.signature, nil)

	a4 := vector{
		name: "form with a long-term key", service: "sts", body: "Action=GetCallerIdentity&Version=2011-06-15",
		canonical: "7950550dbb5d2d4c75a1b992ff1ea3bd5e799e81e2d9ac28a48038ed36ed0688",
		signature: "75a7cac93ba64b9ab231cb8d36c688650f1ddd9392c8246ede460aef01a52c8b",
	}
	a4.request = authorize(httptest.NewRequest(http.MethodPost, "https://sts.us-east-1.amazonaws.com/", strings.NewReader(a4.body)),
		testKey, a4.service, "content-type;host;x-amz-date", a4.signature)
	a4.request.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	a4.request.Header.Set("X-Amz-Date", "20260115T083000Z")
	return []vector{a1, a2, a3, a4}
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
			key := signingKey(keyID{s.AccessKeyID, s.Date, s.Region, s.Service, testSecret})
			if v.key != "" && hex.EncodeToString(key[:]) != v.key {
				t.Errorf("signing key = %x, want %s", key, v.key)
			}
			if got := sign(key, s.stringToSign(canonical)); got != v.signature {
				t.Errorf("signature = %s, want %s", got, v.signature)
			}
			if _, err := verifier(v.service).Verify(t.Context(), v.request, []byte(v.body), lookup); err != nil {
				t.Errorf("Verify: %v", err)
			}
		})
	}
}

func TestCredentialTellsWhatTheRequestSays(t *testing.T) {
	t.Parallel()
	want := []Credential{
		{AccessKeyID: testKey, Date: "20260115", Region: "us-east-1", Service: "organizations"},
		{AccessKeyID: "ASIDEXAMPLE0000000001", Date: "20260115", Region: "us-east-1", Service: "organizations", SessionToken: "FwoGTOKEN=="},
		{AccessKeyID: testKey, Date: "20260115", Region: "us-east-1", Service: "sts", Presigned: true},
		{AccessKeyID: testKey, Date: "20260115", Region: "us-east-1", Service: "sts"},
	}
	for i, v := range vectors() {
		verified, err := verifier(v.service).Verify(t.Context(), v.request, []byte(v.body), lookup)
		if err != nil || verified != want[i] {
			t.Errorf("Verify of %s = %+v, %v, want %+v", v.name, verified, err, want[i])
		}
		if peeked, ok, err := Peek(v.request); !ok || err != nil || peeked != want[i] {
			t.Errorf("Peek of %s = %+v, %v, %v, want %+v", v.name, peeked, ok, err, want[i])
		}
	}
}
