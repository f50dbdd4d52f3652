package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// Credentials are an access key with the one who acts with it.
type Credentials struct {
	KeyID  org.KeyID
	Secret string
	Caller org.Caller
	Terms  identity.Terms // of the session; zero for a long-term key
}

func secretPurpose(id org.KeyID) string { return "secret of " + string(id) }

// Credentials returns a key's secret and owner. It fails with KeyUnknown for keys that do not exist, are inactive, or belong to an account
// that is not to be seen or cannot be used.
func (p *Plane) Credentials(ctx context.Context, id org.KeyID) (Credentials, error) {
	return view(ctx, p, func(r store.Reader) (Credentials, error) {
		k, err := r.Key(ctx, id)
		if err != nil {
			return Credentials{}, instead(err, org.KeyMissing, org.KeyUnknown)
		}
		if k.Status != org.KeyActive {
			return Credentials{}, org.Errorf(org.KeyUnknown, "the key is inactive")
		}
		who, err := r.Principal(ctx, k.PrincipalID)
		if err != nil {
			return Credentials{}, instead(err, org.PrincipalMissing, org.KeyUnknown)
		}
		a, err := r.Account(ctx, who.AccountID)
		if err != nil {
			return Credentials{}, instead(err, org.AccountMissing, org.KeyUnknown)
		}
		if a.State == org.AccountCreating {
			return Credentials{}, org.Errorf(org.KeyUnknown, "the account is being created")
		}
		if err := a.CheckUsable(); err != nil {
			return Credentials{}, err
		}
		secret, err := p.Vault.Open(k.Sealed, secretPurpose(k.ID))
		if err != nil {
			return Credentials{}, org.Because(err, "open the secret of %s", k.ID)
		}
		return Credentials{KeyID: k.ID, Secret: string(secret), Caller: callerOf(a, who)}, nil
	})
}

// Session returns what a session token stands for. It fails with TokenInvalid for a token that this server did not issue to the key, and
// with SessionExpired when its time is over.
func (p *Plane) Session(id org.KeyID, token string) (Credentials, error) {
	s, err := p.Vault.OpenToken(token)
	if err != nil {
		return Credentials{}, err
	}
	if s.KeyID != id {
		return Credentials{}, org.Errorf(org.TokenInvalid, "the token belongs to another key")
	}
	if !p.now().Before(s.ExpiresAt) {
		return Credentials{}, org.Errorf(org.SessionExpired, "the session ended")
	}
	return Credentials{KeyID: s.KeyID, Secret: s.Secret, Caller: s.Caller, Terms: s.Terms}, nil
}

// RootCaller returns the root user of an account as a caller. It fails with AccountMissing, and with KeyUnknown for an account that cannot be used.
func (p *Plane) RootCaller(ctx context.Context, id org.AccountID) (org.Caller, error) {
	return view(ctx, p, func(r store.Reader) (org.Caller, error) {
		a, err := r.Account(ctx, id)
		if err != nil {
			return org.Caller{}, err
		}
		if err := a.CheckUsable(); err != nil {
			return org.Caller{}, err
		}
		return callerOf(a, org.Principal{Kind: org.RootUser, AccountID: id, Path: "/", Administrator: true}), nil
	})
}

func callerOf(a org.Account, who org.Principal) org.Caller {
	return org.Caller{
		Partition: a.Partition, AccountID: a.ID, PrincipalID: who.ID, Kind: who.Kind, Name: who.Name, Path: who.Path, Admin: who.Administrator,
	}
}

// Look returns any account, for what its own principals may know of it: whoever asks was proven before. It fails with AccountMissing.
func (p *Plane) Look(ctx context.Context, id org.AccountID) (org.Account, error) {
	return view(ctx, p, func(r store.Reader) (org.Account, error) { return r.Account(ctx, id) })
}
