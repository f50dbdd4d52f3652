package controlplane_test

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func TestMintAccountMakesAnAdministratorWithAKey(t *testing.T) {
	t.Parallel()
	for _, p := range org.Partitions {
		e := lawless(t, p)
		made := e.mint(controlplane.Standalone{Partition: p})
		want := org.Caller{Partition: p, AccountID: made.Caller.AccountID, PrincipalID: made.Caller.PrincipalID, Kind: org.User, Name: "admin", Path: "/", Admin: true}
		if d := cmp.Diff(want, made.Caller); d != "" {
			t.Errorf("%s: %s", p, d)
		}
		if err := org.RulesOf(p).CheckAccountID(made.Caller.AccountID); err != nil {
			t.Error(err)
		}
		back, err := e.plane.Credentials(t.Context(), made.KeyID)
		if err != nil || !cmp.Equal(back, made) || len(made.Secret) != 40 {
			t.Errorf("%s: %+v, %v", p, back, err)
		}
		e.principals(made.Caller.AccountID, map[string]string{"root/": "", "user/admin": ""})
	}
}

func TestMintAccountTakesWhatItIsGiven(t *testing.T) {
	t.Parallel()
	e := lawless(t, org.AWS)
	made := e.mint(controlplane.Standalone{Partition: org.AWS, ID: "000000000042", Name: "given", Email: "given@corp.example", Key: "AKIAGIVEN", Secret: "s"})
	if made.KeyID != "AKIAGIVEN" || made.Secret != "s" || made.Caller.AccountID != "000000000042" {
		t.Errorf("%+v", made)
	}
}

func TestWhatMintAccountRefuses(t *testing.T) {
	t.Parallel()
	e := lawless(t, org.Huawei)
	first := e.mint(controlplane.Standalone{Partition: org.AWS, ID: "000000000042", Email: "one@corp.example", Key: "AKIAONE", Secret: "s"})
	e.mint(controlplane.Standalone{Partition: org.Huawei, Name: "huawei", Email: "one@corp.example"}) // another cloud's addresses are its own
	for _, c := range []struct {
		says string
		s    controlplane.Standalone
		want org.Reason
	}{
		{"an id in use", controlplane.Standalone{Partition: org.AWS, ID: first.Caller.AccountID, Email: "x@corp.example"}, org.ConcurrentModification},
		{"an address in use", controlplane.Standalone{Partition: org.AWS, Email: "One@Corp.Example"}, org.ConcurrentModification},
		{"a key in use", controlplane.Standalone{Partition: org.AWS, Key: "AKIAONE", Secret: "x"}, org.ConcurrentModification},
		{"a name in use, where names are unique", controlplane.Standalone{Partition: org.Huawei, Name: "huawei"}, org.ConcurrentModification},
		{"an id that AWS does not have", controlplane.Standalone{Partition: org.AWS, ID: "forty-two"}, org.InputMalformed},
		{"a name that Huawei Cloud does not have", controlplane.Standalone{Partition: org.Huawei, Name: "x"}, org.InvalidAccountName},
		{"an address that nobody has", controlplane.Standalone{Partition: org.AWS, Email: "nowhere"}, org.InvalidEmail},
	} {
		e.refused(c.says, c.want, func() error {
			_, err := e.plane.MintAccount(t.Context(), c.s)
			return err
		})
	}
}

func TestBootstrapHappensOnce(t *testing.T) {
	t.Parallel()
	e := lawless(t, org.AWS)
	first := []controlplane.Standalone{{Partition: org.AWS, Name: "first"}, {Partition: org.Huawei, Name: "second"}}
	var mu sync.Mutex
	var all []controlplane.Credentials
	var work sync.WaitGroup
	for range 8 {
		work.Go(func() {
			made, err := e.plane.Bootstrap(t.Context(), first...)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, made...)
		})
	}
	work.Wait()
	if len(all) != 2 || all[0].Caller.Partition != org.AWS || all[1].Caller.Partition != org.Huawei {
		t.Fatalf("%d credentials: %+v", len(all), all)
	}
	if rows := e.rows(); rows["accounts"] != 3 {
		t.Errorf("%v", rows)
	}
}

func TestABootstrapThatFailsIsRepeated(t *testing.T) {
	t.Parallel()
	e := lawless(t, org.AWS)
	e.refused("an id that no account has", org.InputMalformed, func() error {
		_, err := e.plane.Bootstrap(t.Context(), controlplane.Standalone{Partition: org.AWS}, controlplane.Standalone{Partition: org.AWS, ID: "x"})
		return err
	})
	if made, err := e.plane.Bootstrap(t.Context(), controlplane.Standalone{Partition: org.AWS}); err != nil || len(made) != 1 {
		t.Errorf("%+v, %v", made, err)
	}
}

func TestEnsureAccountMakesItOnceHoweverManyAsk(t *testing.T) {
	t.Parallel()
	for p, id := range map[org.Partition]org.AccountID{org.AWS: "000000000000", org.Huawei: "00000000000000000000000000000000"} {
		e := lawless(t, p)
		before := e.rows()
		var work sync.WaitGroup
		for range 16 {
			work.Go(func() {
				if err := e.plane.EnsureAccount(t.Context(), p, id); err != nil {
					t.Error(err)
				}
			})
		}
		work.Wait()
		after := e.rows()
		if after["accounts"] != before["accounts"]+1 || after["keys"] != before["keys"] {
			t.Errorf("%s: %v, before %v", p, after, before)
		}
		c, err := e.plane.RootCaller(t.Context(), id)
		if err != nil || c.Kind != org.RootUser || c.Partition != p || !c.Admin {
			t.Errorf("%+v, %v", c, err)
		}
		if _, err := e.plane.CreateOrganization(t.Context(), c, org.AllFeatures); err != nil {
			t.Error(err)
		}
	}
}

func TestCredentialsThatAreNotAccepted(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	half := e.halfMade("one")
	keep := func(k org.Key) {
		t.Helper()
		k.CreatedAt = e.now
		if err := e.store.Update(t.Context(), func(tx store.Tx) error { return tx.InsertKey(t.Context(), k) }); err != nil {
			t.Fatal(err)
		}
	}
	var user, unborn org.Principal
	err := e.store.View(t.Context(), func(r store.Reader) (err error) {
		if user, err = r.PrincipalNamed(t.Context(), e.admin.AccountID, org.User, "admin"); err != nil {
			return err
		}
		unborn, err = r.PrincipalNamed(t.Context(), half, org.RootUser, "")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	sealed := func(id org.KeyID) []byte { return e.plane.Vault.Seal([]byte("s"), "secret of "+string(id)) }
	keep(org.Key{ID: "INACTIVE", AccountID: user.AccountID, PrincipalID: user.ID, Sealed: sealed("INACTIVE"), Status: org.KeyInactive})
	keep(org.Key{ID: "UNBORN", AccountID: half, PrincipalID: unborn.ID, Sealed: sealed("UNBORN"), Status: org.KeyActive})
	keep(org.Key{ID: "EXCHANGED", AccountID: user.AccountID, PrincipalID: user.ID, Sealed: sealed("ANOTHER"), Status: org.KeyActive})
	for id, want := range map[org.KeyID]org.Reason{
		"NOBODY": org.KeyUnknown, "INACTIVE": org.KeyUnknown, "UNBORN": org.KeyUnknown, "EXCHANGED": org.InternalFault,
	} {
		if _, err := e.plane.Credentials(t.Context(), id); org.ReasonOf(err) != want {
			t.Errorf("%s: %v", id, err)
		}
	}
	if _, err := e.plane.RootCaller(t.Context(), "999999999999"); org.ReasonOf(err) != org.AccountMissing {
		t.Errorf("RootCaller: %v", err)
	}
}
