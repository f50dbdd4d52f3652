package awsiam_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/gate/gatetest"
	"github.com/polity-cloud/polity/internal/org"
)

// document is what a client makes of an encoded policy.
func document(t *testing.T, encoded string) string {
	t.Helper()
	text, err := url.PathUnescape(encoded)
	if err != nil || text == encoded {
		t.Fatalf("%s is not encoded: %v", encoded, err)
	}
	return text
}

func TestRolesAreShownAsTheyAre(t *testing.T) {
	t.Parallel()
	h := newHouse(t, gate.Verify, nil)
	id := h.Role(org.AWS, member, "/deep/", "Access", management)
	got := h.ask(t, h.key(member), "GetRole", "RoleName", "Access").works(t).Role
	if got.Path != "/deep/" || got.RoleName != "Access" || got.RoleID != string(id) || got.Arn != "arn:aws:iam::222222222222:role/deep/Access" ||
		got.CreateDate != "2026-01-15T08:30:00Z" ||
		got.MaxSessionDuration != 7200 {
		t.Errorf("%+v", got)
	}
	const trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"sts:AssumeRole"}]}`
	if text := document(t, got.AssumeRolePolicyDocument); text != trust {
		t.Error(text)
	}
	h.ask(t, h.key(member), "GetRole", "RoleName", "Nope").is(t, 404, "NoSuchEntity", "The role with name Nope cannot be found.")
	h.ask(t, h.key(management), "GetRole", "RoleName", "Access").is(t, 404, "NoSuchEntity", "")
	open := newHouse(t, gate.Open, nil)
	open.ask(t, gatetest.Key{ID: string(member)}, "GetRole", "RoleName", "Access").is(t, 404, "NoSuchEntity", "")
}

func TestServiceLinkedRoles(t *testing.T) {
	t.Parallel()
	h := newHouse(t, gate.Verify, nil)
	a := h.ask(t, h.key(lone), "CreateServiceLinkedRole", "AWSServiceName", "organizations.amazonaws.com", "Description", "for <us> & you").works(t)
	made := a.Made
	if made.Arn != "arn:aws:iam::333333333333:role/aws-service-role/organizations.amazonaws.com/AWSServiceRoleForOrganizations" ||
		made.Description != "for <us> & you" ||
		made.MaxSessionDuration != 3600 || !strings.HasPrefix(made.RoleID, "AROA") {
		t.Errorf("%s", a.Page)
	}
	const trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"organizations.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	if text := document(t, made.AssumeRolePolicyDocument); text != trust {
		t.Error(text)
	}
	if got := h.ask(t, h.key(lone), "GetRole", "RoleName", made.RoleName).works(t).Role; got != made {
		t.Errorf("it is kept as %+v", got)
	}
	h.ask(t, h.key(lone), "CreateServiceLinkedRole", "AWSServiceName", "organizations.amazonaws.com").
		is(t, 400, "InvalidInput", "Service role name AWSServiceRoleForOrganizations has been taken in this account, please try a different suffix.")
	h.ask(t, h.key(management), "CreateServiceLinkedRole", "AWSServiceName", "organizations.amazonaws.com").is(t, 400, "InvalidInput", "has been taken")
	h.ask(t, h.key(lone), "CreateServiceLinkedRole", "AWSServiceName", "nobody.amazonaws.com").is(t, 400, "InvalidInput", "nobody.amazonaws.com")
	h.ask(t, h.key(lone), "CreateServiceLinkedRole", "AWSServiceName", "sso.amazonaws.com", "CustomSuffix", "x").is(t, 400, "InvalidInput", "Custom suffix is not allowed for sso.amazonaws.com")
}

func TestListRolesGoesPageByPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t, gate.Verify, nil)
	if a := h.ask(t, h.key(lone), "ListRoles").works(t); !strings.Contains(a.Page, "<Roles></Roles><IsTruncated>false</IsTruncated></ListRolesResult>") {
		t.Errorf("none are %s", a.Page)
	}
	for i := range 5 {
		h.Role(org.AWS, lone, "/team/", fmt.Sprintf("Role%d", 4-i), management)
	}
	h.Role(org.AWS, lone, "/", "Alone", management)
	h.ask(t, h.key(lone), "CreateServiceLinkedRole", "AWSServiceName", "config.amazonaws.com").works(t)
	for prefix, want := range map[string]string{
		"/": "AWSServiceRoleForConfig Alone Role0 Role1 Role2 Role3 Role4", "/team/": "Role0 Role1 Role2 Role3 Role4", "/aws-service-role/": "AWSServiceRoleForConfig", "/x": "",
	} {
		for _, most := range []string{"1", "2", "1000"} {
			var names []string
			for parameters := []string{"PathPrefix", prefix, "MaxItems", most}; ; {
				a := h.ask(t, h.key(lone), "ListRoles", parameters...).works(t)
				for _, r := range a.Roles.Roles {
					names = append(names, r.RoleName)
				}
				if (a.Roles.IsTruncated == "true") != (a.Roles.Marker != "") {
					t.Fatal(a.Page)
				}
				if a.Roles.Marker == "" {
					break
				}
				parameters = append(parameters[:4:4], "Marker", a.Roles.Marker)
			}
			if got := strings.Join(names, " "); got != want {
				t.Errorf("below %s by %s: %s", prefix, most, got)
			}
		}
	}
	marker := h.ask(t, h.key(lone), "ListRoles", "MaxItems", "1").works(t).Roles.Marker
	h.ask(t, h.key(lone), "ListRoles", "Marker", marker, "PathPrefix", "/team/").is(t, 400, "ValidationError", "Invalid Marker")
	h.ask(t, h.key(member), "ListRoles", "Marker", marker).is(t, 400, "ValidationError", "Invalid Marker")
}
