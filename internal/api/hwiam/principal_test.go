package hwiam_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
)

func TestUsersAreThoseOfOnesOwnAccount(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	var out struct {
		Users []struct {
			ID   string `json:"user_id"`
			Name string `json:"user_name"`
			URN  string
			Root bool `json:"is_root_user"`
		}
		Page struct {
			Next    *string `json:"next_marker"`
			Current int     `json:"current_count"`
		} `json:"page_info"`
	}
	s.ask(t, s.key(), "GET", "/v5/users", "").into(t, &out)
	i := slices.IndexFunc(out.Users, func(u struct {
		ID   string `json:"user_id"`
		Name string `json:"user_name"`
		URN  string
		Root bool `json:"is_root_user"`
	}) bool {
		return u.Name == "admin"
	})
	if i < 0 || out.Users[i].ID != string(s.admin.Caller.PrincipalID) || out.Users[i].URN != "iam::"+string(management)+":user:admin" || out.Page.Current != len(out.Users) || out.Page.Next != nil {
		t.Fatalf("%+v", out)
	}
	a := s.ask(t, s.key(), "GET", "/v5/users/"+out.Users[i].ID, "")
	if a.Code != 200 || !strings.Contains(a.Body.String(), `"user_name":"admin"`) {
		t.Errorf("%d %s", a.Code, a.Body)
	}
	s.ask(t, gatetest.KeyOf(s.other), "GET", "/v5/users/"+out.Users[i].ID, "").fails(t, 404, "IAM.0004", "could not find")
	for path, code := range map[string]string{"/v5/users?limit=0": "IAM.0007", "/v5/users?limit=201": "IAM.0007", "/v5/users?marker=nobody": "IAM.0007"} {
		s.ask(t, s.key(), "GET", path, "").fails(t, 400, code, "invalid")
	}
}

func TestKeystoneUsersAreFoundByName(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	for query, want := range map[string]int{"name=admin": 1, "name=nobody": 0, "name=admin&domain_id=" + string(management): 1, "name=admin&domain_id=" + string(member): 0} {
		var out struct {
			Users []struct {
				ID, Name string
				DomainID string `json:"domain_id"`
				Enabled  bool
			}
			Links map[string]*string
		}
		a := s.ask(t, s.key(), "GET", "/v3/users?"+query, "")
		a.into(t, &out)
		if a.Code != 200 || len(out.Users) != want || want == 1 && (out.Users[0].ID != string(s.admin.Caller.PrincipalID) || out.Users[0].DomainID != string(management)) {
			t.Errorf("%s: %d %s", query, a.Code, a.Body)
		}
		if next, ok := out.Links["next"]; !ok || next != nil {
			t.Errorf("links %v", out.Links)
		}
	}
}

type agencies struct {
	Agencies []struct {
		ID         string `json:"agency_id"`
		Name       string `json:"agency_name"`
		URN, Path  string
		DomainID   string `json:"trust_domain_id"`
		DomainName string `json:"trust_domain_name"`
		MaxSession int    `json:"max_session_duration"`
	}
	Page struct {
		Next    *string `json:"next_marker"`
		Current int     `json:"current_count"`
	} `json:"page_info"`
}

func TestAgenciesTellWhomTheyTrust(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	k := gatetest.KeyOf(s.other)
	var out agencies
	s.ask(t, k, "GET", "/v5/agencies", "").into(t, &out)
	if len(out.Agencies) != 2 || out.Agencies[1].Name != agencyName || out.Agencies[1].URN != agencyURN || out.Agencies[1].DomainID != string(management) ||
		out.Agencies[1].DomainName != "account-"+string(management) || out.Agencies[1].MaxSession != 7200 || out.Agencies[1].Path != "" {
		t.Fatalf("%+v", out)
	}
	a := s.ask(t, k, "GET", "/v5/agencies/"+out.Agencies[1].ID, "")
	if a.Code != 200 || !strings.Contains(a.Body.String(), agencyURN) || !strings.Contains(a.Body.String(), `"tags":[]`) {
		t.Errorf("%d %s", a.Code, a.Body)
	}
	s.ask(t, s.key(), "GET", "/v5/agencies/"+out.Agencies[1].ID, "").fails(t, 404, "IAM.0004", "could not find")
	var first, second, none agencies
	s.ask(t, k, "GET", "/v5/agencies?limit=1", "").into(t, &first)
	if len(first.Agencies) != 1 || first.Page.Next == nil {
		t.Fatalf("%+v", first)
	}
	s.ask(t, k, "GET", "/v5/agencies?limit=1&marker="+*first.Page.Next, "").into(t, &second)
	if len(second.Agencies) != 1 || second.Agencies[0].Name != agencyName || second.Page.Next != nil {
		t.Errorf("%+v", second)
	}
	s.ask(t, k, "GET", "/v5/agencies?path_prefix=service-linked-agency/", "").into(t, &none)
	if len(none.Agencies) != 0 {
		t.Errorf("%+v", none)
	}
}

func TestTheCatalogIsEmpty(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	if a := s.ask(t, s.key(), "GET", "/v3/auth/catalog", ""); a.Code != 200 || !strings.Contains(a.Body.String(), `"catalog":[]`) {
		t.Errorf("%d %s", a.Code, a.Body)
	}
}

func TestADomainIsFoundByItsNameAlone(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	for name, want := range map[string]int{"account-" + string(management): 1, "account-" + string(member): 0} {
		var out struct{ Domains []struct{ ID string } }
		s.ask(t, s.key(), "GET", "/v3/auth/domains?name="+name, "").into(t, &out)
		if len(out.Domains) != want {
			t.Errorf("%s: %+v", name, out)
		}
	}
}
