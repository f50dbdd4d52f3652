package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// A Standalone asks for an account that is in no organization, so that it can begin one.
type Standalone struct {
	Partition org.Partition
	ID        org.AccountID // minted when empty
	Name      string
	Email     string
	Key       org.KeyID // of its administrator; minted when empty
	Secret    string    // minted when empty
}

// madeUp ends the addresses of accounts that were given none.
const madeUp = "@account.example"

// administrator is the user whose key MintAccount returns. Root users assume no roles, and whoever runs an organization must.
const administrator = "admin"

// MintAccount makes a standalone account with an administrator and a key for it. It fails with ConcurrentModification when the id, the key or a
// reserved value (address, name) is taken, and with InputMalformed, InvalidAccountName or InvalidEmail for an id, a name or an address that
// the partition does not have.
func (p *Plane) MintAccount(ctx context.Context, s Standalone) (Credentials, error) {
	return update(ctx, p, func(tx store.Tx) (Credentials, error) { return p.mintAccount(ctx, tx, s) })
}

// Bootstrap mints the first accounts of a server, once in the life of its database: it returns no credentials when it was called before, by
// this process or another.
func (p *Plane) Bootstrap(ctx context.Context, first ...Standalone) ([]Credentials, error) {
	return update(ctx, p, func(tx store.Tx) ([]Credentials, error) {
		mine := p.Mint.UUID()
		stored, err := tx.InitSetting(ctx, "bootstrap", []byte(mine))
		if err != nil || string(stored) != mine {
			return nil, err
		}
		var out []Credentials
		for _, s := range first {
			made, err := p.mintAccount(ctx, tx, s)
			if err != nil {
				return nil, err
			}
			out = append(out, made)
		}
		return out, nil
	})
}

func (p *Plane) mintAccount(ctx context.Context, tx store.Tx, s Standalone) (Credentials, error) {
	rules := org.RulesOf(s.Partition)
	a, err := p.standAlone(ctx, tx, s)
	if err != nil {
		return Credentials{}, err
	}
	who := org.Principal{
		ID: p.Mint.Principal(rules, org.User), AccountID: a.ID, Kind: org.User, Name: administrator, Path: "/", Administrator: true, CreatedAt: a.CreatedAt,
	}
	if err := tx.InsertPrincipal(ctx, who); err != nil {
		return Credentials{}, err
	}
	made := Credentials{KeyID: s.Key, Secret: s.Secret, Caller: callerOf(a, who)}
	if made.KeyID == "" {
		made.KeyID = p.Mint.Key(rules, a.ID, false)
	}
	if made.Secret == "" {
		made.Secret = p.Mint.Secret()
	}
	return made, tx.InsertKey(ctx, org.Key{
		ID: made.KeyID, AccountID: a.ID, PrincipalID: who.ID, Sealed: p.Vault.Seal([]byte(made.Secret), secretPurpose(made.KeyID)),
		Status: org.KeyActive, CreatedAt: a.CreatedAt,
	})
}

// EnsureAccount makes a standalone account of that id unless it exists. A twin's accounts come into being when they are first used.
func (p *Plane) EnsureAccount(ctx context.Context, partition org.Partition, id org.AccountID) error {
	_, err := p.Look(ctx, id)
	if org.ReasonOf(err) != org.AccountMissing {
		return err
	}
	return p.Store.Update(ctx, func(tx store.Tx) error {
		if _, err := tx.Account(ctx, id); org.ReasonOf(err) != org.AccountMissing {
			return err
		}
		_, err := p.standAlone(ctx, tx, Standalone{Partition: partition, ID: id})
		return err
	})
}

func (p *Plane) standAlone(ctx context.Context, tx store.Tx, s Standalone) (org.Account, error) {
	rules := org.RulesOf(s.Partition)
	if err := s.check(rules); err != nil {
		return org.Account{}, err
	}
	a := org.Account{ID: s.ID, Partition: s.Partition, Name: s.Name, Email: s.Email, State: org.AccountActive, CreatedAt: p.now()}
	if a.ID == "" {
		a.ID = p.Mint.Account(rules)
	}
	if a.Name == "" {
		a.Name = "account-" + string(a.ID)
	}
	if a.Email == "" && rules.NeedsEmail {
		a.Email = string(a.ID) + madeUp
	}
	for _, want := range org.Reservations(rules, a.Name, a.Email, "") {
		want.Holder = string(a.ID)
		holder, err := tx.Reserve(ctx, want)
		if err != nil {
			return org.Account{}, err
		}
		if holder != "" {
			return org.Account{}, org.Errorf(org.ConcurrentModification, "the %s belongs to another account", want.Field)
		}
	}
	if err := tx.InsertAccount(ctx, a); err != nil {
		return org.Account{}, err
	}
	return a, tx.InsertPrincipal(ctx, org.Principal{
		ID: p.Mint.Principal(rules, org.RootUser), AccountID: a.ID, Kind: org.RootUser, Path: "/", Administrator: true, CreatedAt: a.CreatedAt,
	})
}

// check keeps the laws of what is given; what is minted keeps them by itself.
func (s *Standalone) check(rules *org.Rules) error {
	if s.ID != "" {
		if err := rules.CheckAccountID(s.ID); err != nil {
			return err
		}
	}
	if s.Name != "" {
		if err := rules.CheckAccountName(s.Name); err != nil {
			return err
		}
	}
	if s.Email != "" {
		return org.CheckEmail(s.Email)
	}
	return nil
}
