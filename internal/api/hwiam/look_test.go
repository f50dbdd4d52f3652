package hwiam_test

import (
	"slices"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
)

func TestTheDomainIsTheAccountOfTheCredentials(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	for _, path := range []string{"/v3/auth/domains", "/v3/auth/domains/"} {
		var got struct {
			Domains []struct {
				ID, Name, Description string
				Enabled               bool
				Links                 struct{ Self string }
			}
			Links map[string]*string
		}
		s.ask(t, s.key(), "GET", path, "").into(t, &got)
		if len(got.Domains) != 1 || got.Domains[0].ID != string(management) || got.Domains[0].Name != "account-"+string(management) || !got.Domains[0].Enabled {
			t.Fatalf("%+v", got)
		}
		if next, ok := got.Links["next"]; !ok || next != nil {
			t.Errorf("links %v", got.Links)
		}
	}
}

type projectList struct {
	Projects []struct {
		ID, Name string
		DomainID string `json:"domain_id"`
		ParentID string `json:"parent_id"`
		IsDomain bool   `json:"is_domain"`
		Enabled  bool
	}
	Links map[string]*string
}

func TestEveryRegionHasOneProject(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	list := func(k gatetest.Key, path string) projectList {
		var got projectList
		a := s.ask(t, k, "GET", path, "")
		a.into(t, &got)
		if a.Code != 200 || got.Projects == nil {
			t.Errorf("%s: %s", path, a.Body)
		}
		if next, ok := got.Links["next"]; !ok || next != nil {
			t.Errorf("links %v", got.Links)
		}
		return got
	}
	north := list(s.key(), "/v3/projects?name=cn-north-4").Projects
	if len(north) != 1 || north[0].Name != "cn-north-4" || len(north[0].ID) != 32 || !north[0].Enabled || north[0].IsDomain ||
		north[0].DomainID != string(management) || north[0].ParentID != string(management) {
		t.Fatalf("%+v", north)
	}
	ids := []string{north[0].ID}
	for _, path := range []string{"/v3/projects", "/v3/auth/projects", "/v3/projects/?name=cn-north-4", "/v3/projects?domain_id=" + string(management)} {
		if got := list(s.key(), path).Projects; len(got) != 1 || got[0] != north[0] {
			t.Errorf("%s: %+v", path, got)
		}
	}
	for _, tt := range []struct {
		key    gatetest.Key
		region string
	}{{s.key(), "ap-southeast-3"}, {s.key(), "my-own-region-9"}, {gatetest.KeyOf(s.other), "cn-north-4"}} {
		got := list(tt.key, "/v3/projects?name="+tt.region).Projects
		if len(got) != 1 || got[0].Name != tt.region || slices.Contains(ids, got[0].ID) {
			t.Fatalf("%s: %+v", tt.region, got)
		}
		ids = append(ids, got[0].ID)
	}
	for _, path := range []string{"/v3/projects?name=cn-north-4_sub", "/v3/projects?name=MOS", "/v3/projects?domain_id=" + string(member)} {
		if got := list(s.key(), path).Projects; len(got) != 0 {
			t.Errorf("%s: %+v", path, got)
		}
	}
}

func TestRegionsAreListed(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	var got struct {
		Regions []struct {
			ID, Type string
			Locales  map[string]string
		}
	}
	s.ask(t, s.key(), "GET", "/v3/regions", "").into(t, &got)
	found := false
	for _, r := range got.Regions {
		found = found || r.ID == "cn-north-4" && r.Type == "public" && r.Locales["zh-cn"] != "" && r.Locales["en-us"] != ""
	}
	if !found {
		t.Errorf("%+v", got)
	}
}

func TestVersionsNeedNoCredentials(t *testing.T) {
	t.Parallel()
	s := newServer(t, gate.Verify, nil)
	var all struct {
		Versions struct {
			Values []struct {
				ID, Status string
				Links      []struct{ Rel, Href string }
			}
		}
	}
	a := s.ask(t, gatetest.Key{}, "GET", "/", "")
	a.into(t, &all)
	if a.Code != 300 || len(all.Versions.Values) != 1 || all.Versions.Values[0].Links[0].Href != "http://127.0.0.1:4650/v3/" {
		t.Errorf("%d %s", a.Code, a.Body)
	}
	var one struct{ Version struct{ ID, Status string } }
	for _, path := range []string{"/v3", "/v3/"} {
		a = s.ask(t, gatetest.Key{}, "GET", path, "")
		a.into(t, &one)
		if a.Code != 200 || one.Version.Status != "stable" || one.Version.ID != all.Versions.Values[0].ID {
			t.Errorf("%d %s", a.Code, a.Body)
		}
	}
}

func TestWhoAmI(t *testing.T) {
	t.Parallel()
	type who struct {
		Account   string `json:"account_id"`
		Principal string `json:"principal_id"`
		URN       string `json:"principal_urn"`
	}
	ask := func(s *server, k gatetest.Key) (w who) {
		s.ask(t, k, "GET", "/v5/caller-identity", "").into(t, &w)
		return w
	}
	s := newServer(t, gate.Verify, nil)
	issued := func(c org.Caller) gatetest.Key {
		i, err := s.SessionToken(t.Context(), c, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		return gatetest.KeyOfIssued(i)
	}
	user := who{string(management), string(s.admin.Caller.PrincipalID), "iam::" + string(management) + ":user:admin"}
	if got := ask(s, s.key()); got != user {
		t.Errorf("a user is %+v", got)
	}
	if got := ask(s, issued(s.admin.Caller)); got != user {
		t.Errorf("with a temporary key a user is %+v", got)
	}
	if got := ask(s, s.enter(t, s.key())); got != (who{string(member), string(s.agency) + ":me", "sts::" + string(member) + ":assumed-agency:" + agencyName + "/me"}) {
		t.Errorf("an agency is %+v", got)
	}
	open := newServer(t, gate.Open, nil)
	if got := ask(open, gatetest.Key{ID: string(management)}); got != (who{string(management), string(management), "iam::" + string(management) + ":root"}) {
		t.Errorf("a root user is %+v", got)
	}
}
