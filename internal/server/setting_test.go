package server

import (
	"io"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/workflow"
)

func TestAccountsAreShownWithTheirStateAlone(t *testing.T) {
	t.Parallel()
	for _, set := range []bool{false, true} {
		r := run(t, func(c *Config) { c.StateAlone = set })
		ask := func(operation string) string {
			_, body := r.do("POST", "/", "{}", "X-Amz-Target", "AWSOrganizationsV20161128."+operation, "Content-Type", "application/x-amz-json-1.1")
			return body
		}
		ask("CreateOrganization")
		if body := ask("ListAccounts"); strings.Contains(body, `"Status"`) == set || !strings.Contains(body, `"State":"ACTIVE"`) {
			t.Errorf("set %t: %s", set, body)
		}
	}
}

func TestThePlaneKeepsThePaceAndTheEditionThatAreSet(t *testing.T) {
	t.Parallel()
	for _, set := range []bool{false, true} {
		c := twinConfig(io.Discard)
		if c.Edition2024 = set; set {
			c.Pace = workflow.Realistic
		}
		s := open(t, c)
		if s.plane.Realistic != set || s.plane.Edition2024 != set {
			t.Errorf("set %t: realistic %t, 2024 %t", set, s.plane.Realistic, s.plane.Edition2024)
		}
		shut(t, s)
	}
}
