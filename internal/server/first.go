package server

import (
	"context"
	"crypto/rand"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// First is what the first start of a database makes and shows once.
type First struct {
	Accounts      []controlplane.Credentials // whose keys were minted; those that were given are not repeated
	OperatorToken string                     // when it was minted
}

// serverKey returns the key under which everything is sealed: the given one, or one that is kept in the database. The latter protects backups
// of single columns only, so a server that is more than a trial should be given one.
func (s *Server) serverKey(ctx context.Context) ([]byte, error) {
	if key, err := s.config.key(); key != nil || err != nil {
		return key, err
	}
	fresh := make([]byte, identity.KeySize)
	rand.Read(fresh)
	key, err := s.initSetting(ctx, "server-key", fresh)
	if err == nil && !s.config.Twin {
		s.config.Log.Warn("the server key is kept in the database; give one with --key or POLITY_KEY to keep it apart")
	}
	return key, err
}

func (s *Server) initSetting(ctx context.Context, name string, fresh []byte) (value []byte, err error) {
	err = s.store.Update(ctx, func(tx store.Tx) error {
		value, err = tx.InitSetting(ctx, name, fresh)
		return err
	})
	return value, err
}

// begin makes the first accounts, one for each cloud, once in the life of a durable database. A twin's accounts come when they are used.
func (s *Server) begin(ctx context.Context) error {
	if s.config.Twin {
		return nil
	}
	if err := s.operator(ctx); err != nil {
		return err
	}
	first := []controlplane.Standalone{
		{Partition: org.AWS, ID: s.config.AWS.AccountID, Name: "management", Key: s.config.AWS.KeyID, Secret: s.config.AWS.Secret},
		{Partition: org.Huawei, ID: s.config.Huawei.AccountID, Name: "management", Key: s.config.Huawei.KeyID, Secret: s.config.Huawei.Secret},
	}
	made, err := s.plane.Bootstrap(ctx, first...)
	if err != nil {
		return err
	}
	for i, c := range made {
		if first[i].Secret == "" {
			s.First.Accounts = append(s.First.Accounts, c)
		}
	}
	return nil
}

// operator settles the operator's token: the given one, or one that is minted at the first start and kept sealed.
func (s *Server) operator(ctx context.Context) error {
	if s.config.OperatorToken != "" {
		return nil
	}
	// In hex, since a command line would take a leading '-' for an option.
	fresh := org.Mint{Random: rand.Reader}.Hex(16)
	sealed, err := s.initSetting(ctx, "operator-token", s.vault.Seal([]byte(fresh), "operator token"))
	if err != nil {
		return err
	}
	token, err := s.vault.Open(sealed, "operator token")
	if err != nil {
		return org.Because(err, "open the operator token: was the database made under another server key?")
	}
	s.config.OperatorToken = string(token)
	if s.config.OperatorToken == fresh {
		s.First.OperatorToken = fresh
	}
	return nil
}
