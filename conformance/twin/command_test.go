package twin_test

import (
	"encoding/json"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

// The first keys begin one organization; whoever wants a second one mints an account for it.
func TestFirstAndSecondAccountBeginOrganizations(t *testing.T) {
	for _, engine := range harness.Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			s := harness.Serve(t, engine)
			keys := map[string][]harness.Key{}
			for _, k := range s.First {
				keys[k.Partition] = append(keys[k.Partition], k)
			}
			if len(keys[harness.AWS]) != 1 || len(keys[harness.Huawei]) != 1 || s.Token == "" {
				t.Fatalf("the first start prints the keys %v", s.First)
			}
			for partition := range keys {
				out := harness.Run(t, "account", "create", "--endpoint", s.URL, "--operator-token", s.Token, "--partition", partition, "second-account")
				var made harness.Key
				if err := json.Unmarshal(out, &made); err != nil || made.Partition != partition {
					t.Fatalf("polity account create prints %s", out)
				}
				keys[partition] = append(keys[partition], made)
			}
			for _, k := range keys[harness.AWS] {
				harness.Try(s.Organizations(k).CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{})).Or(t)
			}
			for _, k := range keys[harness.Huawei] {
				harness.Try(s.HuaweiOrganizations(t, k).CreateOrganization(&model.CreateOrganizationRequest{})).Or(t)
			}
		})
	}
}

// A second start prints no secrets and knows what the first one was told.
func TestRestartKeepsEverything(t *testing.T) {
	for _, engine := range harness.Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			database := harness.Database(t, engine)
			s := harness.ServeOn(t, engine, database)
			first := s.First[0]
			harness.Try(s.Organizations(first).CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{})).Or(t)
			made := create(t, s.Organizations(first), address())
			if err := s.Stop(); err != nil {
				t.Fatal(err)
			}
			s = harness.ServeOn(t, engine, database)
			if len(s.First) != 0 || s.Token != "" {
				t.Errorf("a second start prints credentials again: %v", s.First)
			}
			account := harness.Try(s.Organizations(first).DescribeAccount(t.Context(), &organizations.DescribeAccountInput{AccountId: made.AccountId})).Or(t)
			if *account.Account.Id != *made.AccountId {
				t.Error("the account is another one")
			}
		})
	}
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	held := harness.Database(t, "sqlite")
	harness.ServeOn(t, "sqlite", held)
	for name, c := range map[string]struct {
		args []string
		want int
	}{
		"the version":                      {[]string{"version"}, 0},
		"help":                             {[]string{"--help"}, 0},
		"no command":                       {nil, 2},
		"a flag that does not exist":       {[]string{"dev", "--fast"}, 2},
		"open mode on a public address":    {[]string{"dev", "--listen", "0.0.0.0:0"}, 2},
		"a quota that does not exist":      {[]string{"dev", "--quota", "friends=3"}, 2},
		"a key without its secret":         {[]string{"serve", "--database", harness.Database(t, "sqlite"), "--aws-access-key-id", "AKIA"}, 2},
		"a database of no engine":          {[]string{"serve", "--database", "oracle://x"}, 2},
		"a database that a server holds":   {[]string{"serve", "--database", held, "--listen", "127.0.0.1:0"}, 1},
		"a PostgreSQL that does not exist": {[]string{"serve", "--database", "postgres://127.0.0.1:1/x", "--listen", "127.0.0.1:0"}, 1},
		"a server that does not run":       {[]string{"account", "create", "--endpoint", "http://127.0.0.1:1"}, 1},
	} {
		if code, said := harness.Exit(t, c.args...); code != c.want || code != 0 && said == "" {
			t.Errorf("%s: polity exits with %d and says %q, want %d", name, code, said, c.want)
		}
	}
}

func TestGivenCredentialsAreTaken(t *testing.T) {
	t.Parallel()
	database := harness.Database(t, "sqlite")
	s := harness.ServeOn(t, "sqlite", database, "--aws-account-id", "111122223333", "--aws-access-key-id", "AKIAGIVENGIVENGIVEN1", "--aws-secret-access-key", "given",
		"--operator-token", "given-token")
	for _, k := range s.First {
		if k.Partition == harness.AWS {
			t.Error("credentials that were given are printed")
		}
	}
	if s.Token != "" {
		t.Error("an operator token that was given is printed")
	}
	s.Token = "given-token"
	s.Mint(t, harness.AWS)
	k := harness.Key{ID: "AKIAGIVENGIVENGIVEN1", Secret: "given"}
	o := harness.Try(s.Organizations(k).CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{})).Or(t)
	if *o.Organization.MasterAccountId != "111122223333" {
		t.Errorf("the first account is %s", *o.Organization.MasterAccountId)
	}
}
