package harness

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/request"
)

// JSONRequest makes an unsigned request to AWS Organizations.
func (s *Server) JSONRequest(t testing.TB, operation string, in any) (*http.Request, []byte) {
	t.Helper()
	body := Try(json.Marshal(in)).Or(t)
	r := Try(http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/", bytes.NewReader(body))).Or(t)
	r.Header.Set("Content-Type", "application/x-amz-json-1.1")
	r.Header.Set("X-Amz-Target", "AWSOrganizationsV20161128."+operation)
	return r, body
}

// QueryRequest makes an unsigned request to STS, or to the query service whose Version the parameters name.
func (s *Server) QueryRequest(t testing.TB, action string, parameters map[string]string) (*http.Request, []byte) {
	t.Helper()
	form := url.Values{"Action": {action}, "Version": {"2011-06-15"}}
	for name, value := range parameters {
		form.Set(name, value)
	}
	body := []byte(form.Encode())
	r := Try(http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/", bytes.NewReader(body))).Or(t)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	return r, body
}

// SignAWS signs a request by the SDK's signer.
func SignAWS(t testing.TB, r *http.Request, body []byte, k Key, service string, at time.Time) {
	t.Helper()
	sum := sha256.Sum256(body)
	c := aws.Credentials{AccessKeyID: k.ID, SecretAccessKey: k.Secret, SessionToken: k.Token}
	if err := v4.NewSigner().SignHTTP(t.Context(), c, r, hex.EncodeToString(sum[:]), service, Region, at); err != nil {
		t.Fatal(err)
	}
}

// HuaweiRequest makes an unsigned request as the SDK's signer takes it.
func (s *Server) HuaweiRequest(in RESTRequest, headers map[string]string) *request.DefaultHttpRequest {
	b := request.NewHttpRequestBuilder().WithEndpoint(s.URL).WithMethod(in.Method).WithPath(in.Path)
	for name, value := range in.Query {
		b.AddQueryParam(name, reflect.ValueOf(value))
	}
	if in.Body != nil {
		b.AddHeaderParam("Content-Type", "application/json").WithBody("", in.Body)
	}
	for name, value := range headers {
		b.AddHeaderParam(name, value)
	}
	return b.Build()
}

// SignHuawei signs a request by the SDK's signer with SDK-HMAC-SHA256, as of the header X-Sdk-Date where the request has one.
func SignHuawei(t testing.TB, r *request.DefaultHttpRequest, k Key) *http.Request {
	t.Helper()
	if k.Token != "" {
		r.AddHeaderParam("X-Security-Token", k.Token)
	}
	return PlainHuawei(t, r, Try(signer.Sign(r, k.ID, k.Secret)).Or(t))
}

// PlainHuawei makes the request that goes over the wire, with further headers.
func PlainHuawei(t testing.TB, r *request.DefaultHttpRequest, headers map[string]string) *http.Request {
	t.Helper()
	for name, value := range headers {
		r.AddHeaderParam(name, value)
	}
	return Try(r.ConvertRequest()).Or(t).WithContext(t.Context())
}
