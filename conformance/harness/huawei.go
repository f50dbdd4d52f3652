package harness

import (
	"cmp"
	"errors"
	"net/http"
	"testing"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/global"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/config"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
	hworg "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1"
	hwrgc "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/rgc/v1"
	hwsts "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/sts/v1"
)

// HuaweiRegion is the region of the tests' projects.
const HuaweiRegion = "cn-north-4"

// HuaweiConfig makes the SDK's clients use the harness's connections.
func HuaweiConfig() *config.HttpConfig {
	return config.DefaultHttpConfig().WithHttpTransport(Client.Transport.(*http.Transport)).WithTimeout(patience)
}

// Global returns credentials of a domain, with its id given, so that the SDK looks nothing up.
func (k Key) Global() auth.ICredential {
	c := global.NewCredentialsBuilder().WithAk(k.ID).WithSk(k.Secret).WithDomainId(k.Account)
	if k.Token != "" {
		c = c.WithSecurityToken(k.Token)
	}
	return c.Build()
}

// Basic returns credentials of a project, with its id given.
func (k Key) Basic() auth.ICredential {
	c := basic.NewCredentialsBuilder().WithAk(k.ID).WithSk(k.Secret).WithProjectId("0123456789abcdef0123456789abcdef")
	if k.Token != "" {
		c = c.WithSecurityToken(k.Token)
	}
	return c.Build()
}

func (s *Server) huawei(t testing.TB, b *core.HcHttpClientBuilder, c auth.ICredential) *core.HcHttpClient {
	t.Helper()
	return Try(b.WithEndpoint(s.URL).WithCredential(c).WithHttpConfig(HuaweiConfig().WithHttpHandler(s.book())).SafeBuild()).Or(t)
}

// HuaweiOrganizations returns an SDK client.
func (s *Server) HuaweiOrganizations(t testing.TB, k Key) *hworg.OrganizationsClient {
	return hworg.NewOrganizationsClient(s.huawei(t, hworg.OrganizationsClientBuilder(), k.Global()))
}

// RGC returns an SDK client.
func (s *Server) RGC(t testing.TB, k Key) *hwrgc.RgcClient {
	return hwrgc.NewRgcClient(s.huawei(t, hwrgc.RgcClientBuilder(), k.Basic()))
}

// HuaweiSTS returns an SDK client.
func (s *Server) HuaweiSTS(t testing.TB, k Key) *hwsts.StsClient {
	return hwsts.NewStsClient(s.huawei(t, hwsts.StsClientBuilder(), k.Basic()))
}

// WantHuawei checks that an SDK call was refused with the status and the code.
func WantHuawei(t testing.TB, err error, status int, code string) {
	t.Helper()
	gotStatus, gotCode := HuaweiError(err)
	if gotStatus != status || gotCode != code {
		t.Errorf("the call ends with %d %s, want %d %s: %v", gotStatus, cmp.Or(gotCode, "success"), status, code, err)
	}
}

// HuaweiError returns the status and the code of an SDK call's error; zero and empty for nil.
func HuaweiError(err error) (status int, code string) {
	if err == nil {
		return 0, ""
	}
	var e *sdkerr.ServiceResponseError
	if !errors.As(err, &e) {
		return 0, "no answer of the service: " + err.Error()
	}
	return e.StatusCode, e.ErrorCode
}
