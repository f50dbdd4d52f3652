package controlplane

import (
	"context"
	"time"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// Issued is a pair of temporary credentials.
type Issued struct {
	identity.Session
	Token string
}

// AssumeRole issues credentials of a role that trusts the caller's account. It fails with RootMayNotAssume for a root user, with
// AssumeNotPermitted for a role that does not exist or does not trust the caller, and with InputTooLarge for a duration above the
// role's, or above an hour when the caller is itself a session (STS, AssumeRole; IAM User Guide, "role chaining").
// It fails with NotPermitted where the policies of the caller's organization bind it, or those of the role's guard the role. What the session is issued
// with beside its caller, and how that fails, Assumption.terms tells.
func (p *Plane) AssumeRole(ctx context.Context, c org.Caller, want Assumption) (Issued, error) {
	if c.Kind == org.RootUser && !p.Lenient {
		return Issued{}, org.Errorf(org.RootMayNotAssume, "roles may not be assumed by root accounts")
	}
	terms, err := want.terms(org.RulesOf(c.Partition), identity.TermsOf(ctx))
	if err != nil {
		return Issued{}, err
	}
	role, err := view(ctx, p, func(r store.Reader) (org.Principal, error) { return p.assumable(ctx, r, c, want, terms) })
	if err != nil {
		return Issued{}, err
	}
	limit := role.MaxSession
	if c.Temporary {
		limit = min(limit, time.Hour)
	}
	if want.Duration > limit {
		return Issued{}, org.Errorf(org.InputTooLarge, "the session of this role lasts at most %d seconds here", int(limit.Seconds()))
	}
	return p.issue(org.Caller{
		Partition: c.Partition, AccountID: role.AccountID, PrincipalID: role.ID, Kind: org.Role, Name: role.Name, Path: role.Path,
		Session: want.Session, Temporary: true, Admin: role.Administrator,
	}, want.Duration, terms)
}

// assumable returns the wanted role when it trusts the caller. Whether it is missing or closed is not told apart, as on the clouds.
func (p *Plane) assumable(ctx context.Context, r store.Reader, c org.Caller, want Assumption, terms identity.Terms) (org.Principal, error) {
	role, found, err := roleOf(ctx, r, c.Partition, want)
	switch {
	case err != nil:
		return org.Principal{}, err
	case found && (role.Trusts == string(c.AccountID) || p.Lenient):
	case !found && p.Lenient:
		role = org.Principal{
			ID: p.Mint.Principal(org.RulesOf(c.Partition), org.Role), AccountID: want.AccountID, Kind: org.Role, Name: want.Role, Path: "/",
			Administrator: true, MaxSession: 12 * time.Hour,
		}
	default:
		return org.Principal{}, assumeRefused(want)
	}
	about := []aspect{onRole(c.Partition, role), assuming(&want)}
	for _, action := range permissions(terms) {
		if _, err := p.permitAnywhere(ctx, r, c, action, about...); err != nil {
			return org.Principal{}, err
		}
		if err := p.shield(ctx, r, c, role, action, about...); err != nil {
			return org.Principal{}, err
		}
	}
	return role, nil
}

// roleOf looks for a role of an account that is to be seen. An account of another partition refuses, whatever it holds, and so do closed and
// suspended ones.
func roleOf(ctx context.Context, r store.Reader, p org.Partition, want Assumption) (role org.Principal, found bool, err error) {
	a, err := r.Account(ctx, want.AccountID)
	switch {
	case org.ReasonOf(err) == org.AccountMissing || err == nil && a.State == org.AccountCreating:
		return org.Principal{}, false, nil
	case err != nil:
		return org.Principal{}, false, err
	case a.Partition != p:
		return org.Principal{}, false, assumeRefused(want)
	case a.State == org.AccountClosed || a.CheckUsable() != nil:
		return org.Principal{}, false, assumeRefused(want)
	}
	role, err = r.PrincipalNamed(ctx, want.AccountID, org.Role, want.Role)
	if org.ReasonOf(err) == org.PrincipalMissing {
		return org.Principal{}, false, nil
	}
	return role, err == nil, err
}

func assumeRefused(want Assumption) error {
	return org.Errorf(org.AssumeNotPermitted, "not authorized to perform: sts:AssumeRole on the role %s of %s", want.Role, want.AccountID)
}

// SessionToken issues temporary credentials with the caller's own identity. It fails with SessionMayNotIssue for a session and with
// InputTooLarge for a root user that wants more than an hour (STS, GetSessionToken).
func (p *Plane) SessionToken(ctx context.Context, c org.Caller, d time.Duration) (Issued, error) {
	if c.Temporary {
		return Issued{}, org.Errorf(org.SessionMayNotIssue, "session credentials cannot get further session tokens")
	}
	if c.Kind == org.RootUser && d > time.Hour {
		return Issued{}, org.Errorf(org.InputTooLarge, "a root user's session lasts at most 3600 seconds")
	}
	c.Temporary = true
	return p.issue(c, d, identity.Terms{})
}

// LacksDevice tells that a caller would need a multi-factor device for most of what it asks of AWS IAM and STS: a user in a session of SessionToken (STS,
// GetSessionToken). Nobody has a device; a lenient plane, which checks no credentials, asks for none.
func (p *Plane) LacksDevice(c org.Caller) bool { return c.InSession() && !p.Lenient }

func (p *Plane) issue(c org.Caller, d time.Duration, t identity.Terms) (Issued, error) {
	now := p.now()
	t.IssuedAt = now
	s := identity.Session{
		KeyID: p.Mint.Key(org.RulesOf(c.Partition), c.AccountID, true), Secret: p.Mint.Secret(), Caller: c,
		ExpiresAt: now.Add(d).Truncate(time.Second), Terms: t,
	}
	token, err := p.Vault.Token(s)
	if err != nil {
		return Issued{}, org.Because(err, "issue a session")
	}
	return Issued{Session: s, Token: token}, nil
}
