package sqlstore

import "github.com/polity-cloud/polity/internal/org"

// known are rows that need not be asked for again. What a view has read stays as it is. A transaction forgets with each lock what others may have
// written while it waited, and with each write the row that it changed; an account it keeps as it wrote it, since nobody else can write that row any more.
type known struct {
	creation     org.Creation
	organization org.Organization
	accounts     map[org.AccountID]account
}

type account struct {
	org.Account
	own bool // written by this transaction
}

func (k *known) account(id org.AccountID) (org.Account, bool) {
	a, ok := k.accounts[id]
	return a.Account, ok
}

func (k *known) member(id org.AccountID) (org.Account, org.Organization, bool) {
	a, ok := k.account(id)
	if a.OrganizationID == "" {
		return a, org.Organization{}, ok
	}
	return a, k.organization, k.organization.ID == a.OrganizationID
}

func (k *known) keep(a org.Account, own bool) {
	if k.accounts == nil {
		k.accounts = map[org.AccountID]account{}
	}
	k.accounts[a.ID] = account{a, own}
}

// wrote keeps an account as it would be read again, in the precision of the table.
func (k *known) wrote(a org.Account) {
	a.JoinedAt, a.CreatedAt, a.ClosedAt = moment(micros(a.JoinedAt)), moment(micros(a.CreatedAt)), moment(micros(a.ClosedAt))
	k.keep(a, true)
}

// forget keeps only what this transaction wrote itself. It is called behind each lock.
func (k *known) forget() {
	k.creation, k.organization = org.Creation{}, org.Organization{}
	for id, a := range k.accounts {
		if !a.own {
			delete(k.accounts, id)
		}
	}
}
