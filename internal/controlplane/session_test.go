package controlplane_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
)

func assumption(id org.AccountID, seconds int) controlplane.Assumption {
	return controlplane.Assumption{AccountID: id, Role: "OrganizationAccountAccessRole", Session: "me", Duration: time.Duration(seconds) * time.Second}
}

func TestTheManagementAccountEntersANewAccount(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id := e.account("one")
	got, err := e.plane.AssumeRole(t.Context(), e.admin, assumption(id, 900))
	if err != nil {
		t.Fatal(err)
	}
	want := org.Caller{
		Partition: org.AWS, AccountID: id, PrincipalID: got.Caller.PrincipalID, Kind: org.Role, Name: "OrganizationAccountAccessRole", Path: "/", Session: "me",
		Temporary: true, Admin: true,
	}
	if d := cmp.Diff(want, got.Caller); d != "" {
		t.Error(d)
	}
	if !regexp.MustCompile(`^AROA`).MatchString(string(got.Caller.PrincipalID)) || !regexp.MustCompile(`^ASIA`).MatchString(string(got.KeyID)) || len(got.Secret) != 40 {
		t.Errorf("%+v", got.Session)
	}
	if owner, ok := org.AccountOfKey(got.KeyID); !ok || owner != id {
		t.Errorf("%s is of %s", got.KeyID, owner)
	}
	if end := got.ExpiresAt; end.After(e.now.Add(15*time.Minute)) || end.Before(e.now.Add(15*time.Minute-time.Second)) || end.Nanosecond() != 0 {
		t.Errorf("it ends at %s", end)
	}
	back, err := e.plane.Session(got.KeyID, got.Token)
	if err != nil || back.Secret != got.Secret || back.Caller != got.Caller {
		t.Errorf("%+v, %v", back, err)
	}
	if _, err := e.plane.GetOrganization(t.Context(), got.Caller); err != nil {
		t.Errorf("inside: %v", err)
	}
}

func TestWhoMayNotAssumeARole(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	id, other := e.account("one"), e.account("two")
	root := e.admin
	root.Kind = org.RootUser
	powerless := e.admin
	powerless.Admin = false
	chained := e.admin
	chained.Temporary = true
	gov := e.mint(controlplane.Standalone{Partition: org.AWSGov}).Caller
	serviceRole := assumption(id, 900)
	serviceRole.Role = "AWSServiceRoleForOrganizations"
	unknown := assumption(id, 900)
	unknown.Role = "Nobody"
	for _, c := range []struct {
		says string
		by   org.Caller
		want controlplane.Assumption
		err  org.Reason
	}{
		{"a root user", root, assumption(id, 900), org.RootMayNotAssume},
		{"a powerless user", powerless, assumption(id, 900), org.NotPermitted},
		{"another member", e.member(other), assumption(id, 900), org.AssumeNotPermitted},
		{"the account itself", e.member(id), assumption(id, 900), org.AssumeNotPermitted},
		{"a stranger", e.stranger(), assumption(id, 900), org.AssumeNotPermitted},
		{"another partition", gov, assumption(id, 900), org.AssumeNotPermitted},
		{"a role that does not exist", e.admin, unknown, org.AssumeNotPermitted},
		{"a service's role", e.admin, serviceRole, org.AssumeNotPermitted},
		{"an account that does not exist", e.admin, assumption("999999999999", 900), org.AssumeNotPermitted},
		{"the management account, which has no such role", e.admin, assumption(e.admin.AccountID, 900), org.AssumeNotPermitted},
		{"longer than the role allows", e.admin, assumption(id, 3601), org.InputTooLarge},
		{"longer than a chained session may last", chained, assumption(id, 3601), org.InputTooLarge},
	} {
		e.refused(c.says, c.err, func() error {
			_, err := e.plane.AssumeRole(t.Context(), c.by, c.want)
			return err
		})
	}
	if _, err := e.plane.AssumeRole(t.Context(), chained, assumption(id, 3600)); err != nil {
		t.Errorf("an hour, chained: %v", err)
	}
}

func TestALenientPlaneAssumesAnyRole(t *testing.T) {
	t.Parallel()
	e := newEstate(t, lenient)
	id := e.account("one")
	root := e.admin
	root.Kind = org.RootUser
	for says, want := range map[string]controlplane.Assumption{
		"a role that exists":             assumption(id, 3600),
		"a role that does not":           {AccountID: id, Role: "Nobody", Session: "me", Duration: 12 * time.Hour},
		"an account that does not exist": assumption("999999999999", 3600),
	} {
		for name, by := range map[string]org.Caller{"a root": root, "a stranger": e.stranger(), "a member": e.member(id)} {
			if by.Temporary {
				want.Duration = min(want.Duration, time.Hour)
			}
			got, err := e.plane.AssumeRole(t.Context(), by, want)
			if err != nil || got.Caller.AccountID != want.AccountID || got.Caller.Name != want.Role || !got.Caller.Admin {
				t.Errorf("%s by %s: %+v, %v", says, name, got.Caller, err)
			}
		}
	}
	e.refused("longer than half a day", org.InputTooLarge, func() error {
		_, err := e.plane.AssumeRole(t.Context(), root, controlplane.Assumption{AccountID: id, Role: "Nobody", Session: "me", Duration: 12*time.Hour + time.Second})
		return err
	})
}

func TestSessionTokens(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	root, err := e.plane.RootCaller(t.Context(), e.admin.AccountID)
	if err != nil {
		t.Fatal(err)
	}
	got, err := e.plane.SessionToken(t.Context(), e.admin, 36*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	want := e.admin
	want.Temporary = true
	if d := cmp.Diff(want, got.Caller); d != "" {
		t.Error(d)
	}
	if _, err := e.plane.SessionToken(t.Context(), root, time.Hour); err != nil {
		t.Errorf("a root user's hour: %v", err)
	}
	for says, c := range map[string]struct {
		by   org.Caller
		d    time.Duration
		want org.Reason
	}{
		"a session asks":                     {got.Caller, time.Hour, org.SessionMayNotIssue},
		"a root user asks for over an hour":  {root, time.Hour + time.Second, org.InputTooLarge},
		"a root's session asks for an hour":  {func() org.Caller { c := root; c.Temporary = true; return c }(), time.Hour, org.SessionMayNotIssue},
		"a session of a role asks for a day": {e.member(e.account("one")), 24 * time.Hour, org.SessionMayNotIssue},
	} {
		e.refused(says, c.want, func() error {
			_, err := e.plane.SessionToken(t.Context(), c.by, c.d)
			return err
		})
	}
}

func TestASessionEnds(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	got, err := e.plane.SessionToken(t.Context(), e.admin, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for says, c := range map[string]struct {
		key   org.KeyID
		token string
	}{"another key": {"ASIAOTHER", got.Token}, "another token": {got.KeyID, "AAAA"}, "no token": {got.KeyID, ""}} {
		if _, err := e.plane.Session(c.key, c.token); org.ReasonOf(err) != org.TokenInvalid {
			t.Errorf("%s: %v", says, err)
		}
	}
	e.pass(time.Hour - time.Second - 125*time.Millisecond)
	if _, err := e.plane.Session(got.KeyID, got.Token); err != nil {
		t.Errorf("in its last second: %v", err)
	}
	e.pass(time.Second)
	if _, err := e.plane.Session(got.KeyID, got.Token); org.ReasonOf(err) != org.SessionExpired {
		t.Errorf("at its end: %v", err)
	}
}
