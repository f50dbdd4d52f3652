package kill

import (
	"context"
	"testing"
)

// audit asks one cloud's API what became of every wish.
func audit(ctx context.Context, t *testing.T, c cloud, endpoint string, l *ledger) {
	t.Helper()
	made, err := c.creations(ctx, endpoint, "")
	if err != nil {
		t.Errorf("list the creations: %v", err)
		return
	}
	listed, err := c.accounts(ctx, endpoint)
	if err != nil {
		t.Errorf("list the accounts: %v", err)
		return
	}
	byName := map[string]creation{}
	for _, n := range made {
		if _, twice := byName[n.name]; twice {
			t.Errorf("%s was asked for once and is being created twice", n.name)
		}
		byName[n.name] = n
	}
	checkPromises(t, c, l, byName)
	checkEnds(t, c, l, byName)
	checkAccounts(t, l, byName, listed)
	t.Logf("%s: %d creations, %d accounts", c.name(), len(made), len(listed))
}

// checkPromises holds every accepted request against what is listed.
func checkPromises(t *testing.T, c cloud, l *ledger, made map[string]creation) {
	t.Helper()
	for name, id := range l.promised {
		if l.asked[name].cloud != c.name() {
			continue
		}
		if n, found := made[name]; !found || n.id != id {
			t.Errorf("%s was accepted as %q and is listed as %q", name, id, n.id)
		}
	}
}

// checkEnds lets a creation fail only for an address that it shares, and of those that share one exactly one succeed.
func checkEnds(t *testing.T, c cloud, l *ledger, made map[string]creation) {
	t.Helper()
	sharing, succeeded, happened := l.sharing(), map[string]int{}, map[string]bool{}
	for name, n := range made {
		w, asked := l.asked[name]
		address := w.cloud + " " + w.email
		happened[address] = true
		switch {
		case !asked || w.cloud != c.name():
			t.Errorf("nobody asked for %s", name)
		case n.state == "succeeded":
			succeeded[address]++
		case n.state != "failed" || sharing[address] < 2 || !c.mayFail(n.failure):
			t.Errorf("%s is %s: %s", name, n.state, n.failure)
		case n.accountID != "":
			t.Errorf("%s failed and has the account %s", name, n.accountID)
		}
	}
	for address := range happened {
		if succeeded[address] != 1 {
			t.Errorf("the address %s has %d accounts", address, succeeded[address])
		}
	}
}

// checkAccounts finds for each creation that succeeded its one account, and for each account but the management account its creation.
func checkAccounts(t *testing.T, l *ledger, made map[string]creation, listed []account) {
	t.Helper()
	byID := map[string]account{}
	for _, a := range listed {
		if _, twice := byID[a.id]; twice {
			t.Errorf("the account %s is listed twice", a.id)
		}
		byID[a.id] = a
	}
	found := 0
	for name, n := range made {
		if n.state != "succeeded" {
			continue
		}
		found++
		if a := byID[n.accountID]; a.name != name || a.email != l.asked[name].email {
			t.Errorf("%s for %s became the account %+v", name, l.asked[name].email, a)
		}
	}
	if len(byID) != found+1 {
		t.Errorf("%d accounts are listed for %d creations and the management account", len(byID), found)
	}
}
