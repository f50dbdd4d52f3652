package server

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestTheMetricsTellWhatHappened(t *testing.T) {
	t.Parallel()
	r := run(t)
	r.aws("CreateOrganization", `{}`)
	r.aws("CreateOrganization", `{}`)
	r.created(`{"AccountName":"x","Email":"x@corp.example"}`)
	r.created(`{"AccountName":"x","Email":"x@corp.example"}`)
	res, text := r.do("GET", "/metrics", "")
	if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
	for _, want := range []string{
		`polity_requests_total{api="awsorg",code="",operation="CreateOrganization"} 1`,
		`polity_requests_total{api="awsorg",code="AlreadyInOrganizationException",operation="CreateOrganization"} 1`,
		`polity_request_duration_seconds_count{api="awsorg",operation="CreateOrganization"} 2`,
		`polity_saga_steps_total{kind="create-account",outcome="`,
		`polity_sagas_ended_total{kind="create-account",state="succeeded"} 1`,
		`polity_sagas_ended_total{kind="create-account",state="failed"} 1`,
		`polity_saga_duration_seconds_count{kind="create-account"} 2`,
		"polity_database_up 1\n", "go_goroutines ", "process_",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s", want)
		}
	}
}

func TestSagasThatRunAreCounted(t *testing.T) {
	t.Parallel()
	r := run(t, func(c *Config) { c.Pace = "realistic" })
	r.aws("CreateOrganization", `{}`)
	r.aws("CreateAccount", `{"AccountName":"x","Email":"x@corp.example"}`)
	_, text := r.do("GET", "/metrics", "")
	for _, want := range []string{`polity_sagas_running{kind="create-account"} 1`, `polity_saga_oldest_seconds{kind="create-account"} `} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s", want)
		}
	}
}

func TestStrangersCannotGrowTheSeries(t *testing.T) {
	t.Parallel()
	r := run(t)
	series := func() int {
		_, text := r.do("GET", "/metrics", "")
		n := 0
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "polity_requests_total{") {
				n++
			}
		}
		return n
	}
	ask := func(i int) {
		r.aws(fmt.Sprint("Nothing", i), `{}`)
		r.do("GET", fmt.Sprint("/nothing/", i), "")
		r.do("GET", fmt.Sprint("/_polity/nothing/", i), "")
		r.huawei("GET", fmt.Sprint("/v1/organizations/nothing/at/all/", i), "")
		r.huawei("GET", fmt.Sprint("/v1/landing-zone/nothing/at/all/", i), "")
		r.huawei("GET", fmt.Sprint("/v3/nothing/", i), "")
		r.do("POST", "/", fmt.Sprintf("Action=Nothing%d&Version=2011-06-15", i), "Content-Type", "application/x-www-form-urlencoded")
	}
	ask(0)
	series()
	before := series()
	if before < 5 {
		t.Fatalf("only %d series", before)
	}
	for i := range 5 {
		ask(i + 1)
	}
	if after := series(); after != before {
		t.Errorf("%d series became %d", before, after)
	}
}
