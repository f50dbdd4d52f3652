package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/proof/client"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlite"
)

// A seeded organization has so many members, of which its key may list.
type seeded struct {
	members int
	key     client.Key
}

// seed fills a database with one organization of each size and returns the server key under which it is sealed.
func (b *bench) seed(ctx context.Context, name string, sizes []int) (out []seeded, serverKey string, err error) {
	serverKey, err = b.fill(ctx, name, func(p *controlplane.Plane) error {
		for _, n := range sizes {
			made, o, err := organization(ctx, p, n)
			if err != nil {
				return err
			}
			if err := members(ctx, p, o, n, func(int) org.UnitID { return o.RootID }); err != nil {
				return err
			}
			out = append(out, seeded{n, client.Key{ID: string(made.KeyID), Secret: made.Secret}})
		}
		return nil
	})
	return out, serverKey, err
}

// fill has a database filled before any server has it, and returns the server key under which it is sealed.
func (b *bench) fill(ctx context.Context, name string, with func(*controlplane.Plane) error) (string, error) {
	serverKey := make([]byte, identity.KeySize)
	rand.Read(serverKey)
	vault, err := identity.NewVault(serverKey)
	if err != nil {
		return "", err
	}
	s, err := sqlite.Open(ctx, filepath.Join(b.dir, name), sqlite.Options{})
	if err != nil {
		return "", err
	}
	p := controlplane.New(controlplane.Config{Store: s, Vault: vault, Now: time.Now, Mint: mint, Quotas: func(r *org.Rules) org.Quotas { return r.Relaxed }})
	return base64.StdEncoding.EncodeToString(serverKey), errors.Join(with(p), s.Close())
}

// organization begins one that is to have so many accounts.
func organization(ctx context.Context, p *controlplane.Plane, size int) (controlplane.Credentials, org.Organization, error) {
	c, err := p.MintAccount(ctx, controlplane.Standalone{Partition: org.AWS, Name: fmt.Sprintf("management of %d", size)})
	if err != nil {
		return c, org.Organization{}, err
	}
	o, err := p.CreateOrganization(ctx, c.Caller, org.AllFeatures)
	return c, o.Organization, err
}

// members fills an organization up to a size, each member where place says.
func members(ctx context.Context, p *controlplane.Plane, o org.Organization, size int, place func(int) org.UnitID) error {
	const together = 10_000
	for from := 1; from < size; from += together {
		err := p.Store.Update(ctx, func(tx store.Tx) error {
			for i := from; i < min(from+together, size); i++ {
				a := numbered(o, size, i)
				a.ParentID = place(i)
				if err := tx.InsertAccount(ctx, a); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// numbered is a member with an id that its organization's size and its number make unique.
func numbered(o org.Organization, size, i int) org.Account {
	joined := o.CreatedAt.Add(time.Duration(i) * time.Microsecond)
	return org.Account{
		ID: org.AccountID(fmt.Sprintf("%03d%09d", len(fmt.Sprint(size)), i)), Partition: o.Partition, OrganizationID: o.ID, ParentID: o.RootID,
		Name: fmt.Sprintf("member %d", i), Email: fmt.Sprintf("member-%d@%d.bench.example", i, size), State: org.AccountActive,
		JoinMethod: org.Created, JoinedAt: joined, CreatedAt: joined,
	}
}
