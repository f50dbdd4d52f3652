package hworg

import (
	"net/http"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestTheServicesAreThoseOfTheCatalog(t *testing.T) {
	t.Parallel()
	h := managed(t)
	c, err := org.ReadCatalogs([]byte(`{"huaweicloud":{"services":[{"principal":"service.Mine","delegates":true}],"tag_policy_services":[{"name":"mine","types":["box","*"],"all":false}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	h.plane.Catalogs = c
	var listed ListServicesResult
	h.do("ListServices", manager, "GET", "/v1/organizations/services", "", &listed)
	same(t, listed.Services, []string{"service.Mine"})
	h.trust("service.Mine")
	h.refused("EnableTrustedService", manager, "POST", services+"/enable", `{"service_principal":"service.CTS"}`, http.StatusBadRequest, "Organizations.1000")
	var tagged ListTagPolicyServicesResult
	h.do("ListTagPolicyServices", manager, "GET", "/v1/organizations/tag-policy-services", "", &tagged)
	same(t, tagged.Services, []TagPolicyServiceDto{{ServiceName: "mine", ResourceTypes: []string{"box", "*"}, SupportAll: false}})
}
