package history

import (
	"context"
	"strings"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

var accountDeeds = []*deed{
	{says: "move account", changes: true, weight: 5, step: moveAccount,
		draw: func(c *caller) ask { return ask{id: c.account(), from: c.unit(), to: c.unit()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			return refusal(c.plane.MoveAccount(ctx, c.admin, org.AccountID(a.id), org.UnitID(a.from), org.UnitID(a.to)), answer{})
		}},
	// Most moves come from where the caller has just seen the account.
	{says: "get account", weight: 4, step: getAccount,
		draw: func(c *caller) ask { return ask{id: c.account()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			found, err := c.plane.GetAccount(ctx, c.admin, org.AccountID(a.id))
			if err == nil {
				c.then("move account", ask{id: a.id, from: string(found.ParentID), to: c.unit()})
			}
			var path []string
			for _, u := range found.Path {
				path = append(path, string(u))
			}
			return refusal(err, answer{seen: strings.Join(path, "/"), version: found.Organization.Version})
		}},
	{says: "request account", changes: true, weight: 4, step: requestAccount,
		draw: func(c *caller) ask { return ask{name: c.email()} },
		do: func(ctx context.Context, c *caller, a ask) answer {
			n, err := c.plane.CreateAccount(ctx, c.admin, org.AccountRequest{Name: "account", Email: a.name})
			if err == nil {
				c.then("end creation", ask{id: string(n.ID)})
			}
			return refusal(err, answer{id: string(n.ID)})
		}},
	// What a workflow does on its own is a deed of its own, which may have happened at any time since the request was made.
	{says: "end creation", changes: true, step: endCreation, do: await},
}

// await waits for a creation to end.
func await(ctx context.Context, c *caller, a ask) answer {
	for ; ; time.Sleep(time.Millisecond) {
		n, err := c.plane.GetCreation(ctx, c.admin, org.CreationID(a.id))
		if err != nil {
			return refusal(err, answer{})
		}
		if n.State == org.CreationRunning {
			continue
		}
		if n.AccountID != "" {
			c.known.accounts.add(string(n.AccountID))
		}
		return answer{id: string(n.AccountID), failure: n.Failure}
	}
}

func moveAccount(s state, a ask, _ answer) (state, answer) {
	parent, found := s.accounts[a.id]
	switch {
	case !found:
		return s, answer{reason: org.AccountMissing}
	case parent != a.from:
		return s, answer{reason: org.SourceParentMissing}
	case !hasUnit(s, a.to):
		return s, answer{reason: org.DestinationParentMissing}
	case a.from == a.to:
		return s, answer{reason: org.AccountAlreadyThere}
	}
	s.accounts = with(s.accounts, a.id, a.to)
	return s, answer{}
}

func hasUnit(s state, id string) bool {
	_, found := s.units[id]
	return found
}

func getAccount(s state, a ask, _ answer) (state, answer) {
	parent, found := s.accounts[a.id]
	if !found {
		return s, answer{reason: org.AccountMissing}
	}
	return s, answer{seen: s.path(parent)}
}

func requestAccount(s state, a ask, given answer) (state, answer) {
	if s.running() >= s.quotas.Creations {
		return s, answer{reason: org.CreationLimit}
	}
	s.creations = with(s.creations, given.id, creation{email: a.name})
	return s, answer{id: given.id}
}

// endCreation lets a creation end in the one way that is left, with one exception: whether another one held the address while it ran is not to be seen
// from outside, so that the loser of two may say so.
func endCreation(s state, a ask, given answer) (state, answer) {
	n, found := s.creations[a.id]
	if !found || n.over {
		return s, answer{reason: org.CreationMissing}
	}
	rival := false
	for id, other := range s.creations {
		rival = rival || id != a.id && other.email == n.email
	}
	s.creations = with(s.creations, a.id, creation{n.email, true})
	_, taken := s.emails[n.email]
	full := len(s.accounts) >= s.quotas.Accounts
	switch {
	case rival && given.failure == org.FailConcurrent, taken && given.failure == org.FailEmailInUse, full && given.failure == org.FailAccountLimit:
		return s, answer{failure: given.failure}
	case taken:
		return s, answer{failure: org.FailEmailInUse}
	case full:
		return s, answer{failure: org.FailAccountLimit}
	}
	root := s.root()
	s.emails, s.accounts = with(s.emails, n.email, given.id), with(s.accounts, given.id, root)
	s.attached = with(s.attached, given.id, own)
	return s, answer{id: given.id}
}

func (s state) root() string {
	for id, u := range s.units {
		if u.parent == "" {
			return id
		}
	}
	return ""
}
