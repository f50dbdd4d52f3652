package controlplane

import (
	"context"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// SetDescription gives a member another description, and none for an empty text; nil leaves it alone. It fails with AccountMissing, and with
// InputMalformed for what is no text.
func (p *Plane) SetDescription(ctx context.Context, c org.Caller, id org.AccountID, text *string) (Account, error) {
	return update(ctx, p, func(tx store.Tx) (Account, error) {
		o, err := p.authorizeWrite(ctx, tx, c, management, "organizations:UpdateAccount", onAccount(id))
		if err != nil {
			return Account{}, err
		}
		a, err := member(ctx, tx, o, id)
		if err != nil {
			return Account{}, err
		}
		if text != nil && *text != a.Description {
			if strings.ContainsRune(*text, 0) {
				return Account{}, org.Errorf(org.InputMalformed, "a description is text")
			}
			a.Description = *text
			if err := tx.UpdateAccount(ctx, a); err != nil {
				return Account{}, err
			}
		}
		if err := p.record(ctx, tx, o, org.AccountDescribed, c, string(id), map[string]string{"description": a.Description}); err != nil {
			return Account{}, err
		}
		path, err := paths(tx, o).to(ctx, a.ParentID)
		return Account{Organization: o, Account: a, Path: path}, err
	})
}
