package kill

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/store/sqlite"
)

// healthy writes a little organization with one account that was made, one that was not, and nothing wrong.
func healthy(ctx context.Context, tx store.Tx) error {
	o := org.Organization{ID: "o", Partition: org.Huawei, ManagementID: "m", RootID: "r", FeatureSet: org.AllFeatures, Version: 4}
	errs := []error{tx.InsertOrganization(ctx, o)}
	for _, id := range []org.AccountID{"m", "a"} {
		a := org.Account{
			ID: id, Partition: org.Huawei, OrganizationID: "o", ParentID: "r", Name: string(id), Email: strings.ToUpper(string(id)) + "@x", State: org.AccountActive,
		}
		errs = append(errs, tx.InsertAccount(ctx, a), tx.PutTags(ctx, "o", org.Resource(id), []org.Tag{{Key: "k"}}))
		for _, want := range org.Reservations(org.RulesOf(org.Huawei), a.Name, a.Email, "") {
			want.Holder = string(id)
			_, err := tx.Reserve(ctx, want)
			errs = append(errs, err)
		}
		for _, k := range []org.PrincipalKind{org.RootUser, org.ServiceRole, org.Role} {
			errs = append(errs, tx.InsertPrincipal(ctx, org.Principal{ID: org.PrincipalID(string(k) + " of " + string(id)), AccountID: id, Kind: k}))
		}
	}
	errs = append(errs, tx.InsertKey(ctx, org.Key{ID: "k", AccountID: "m", PrincipalID: "root of m", Status: org.KeyActive}),
		tx.InsertCreation(ctx, org.Creation{ID: "c", OrganizationID: "o", Partition: org.Huawei, State: org.CreationSucceeded, AccountID: "a"}),
		tx.InsertCreation(ctx, org.Creation{ID: "f", OrganizationID: "o", Partition: org.Huawei, State: org.CreationFailed, Failure: org.FailEmailInUse}))
	for i, e := range []org.Event{
		{Version: 1, Name: org.OrganizationCreated, Subject: "o"},
		{Version: 2, Name: org.AccountRequested, Subject: "c"},
		{Version: 3, Name: org.AccountCreationEnded, Subject: "c"},
		{Version: 3, Name: org.AccountJoined, Subject: "a"},
		{Version: 4, Name: org.AccountRequested, Subject: "f"},
		{Version: 4, Name: org.AccountCreationEnded, Subject: "f"},
	} {
		e.OrganizationID, e.Partition, e.ID = "o", org.Huawei, fmt.Sprint("e", i)
		errs = append(errs, tx.AppendEvent(ctx, e))
	}
	return errors.Join(errs...)
}

// offences break the laws, one each.
var offences = map[string]string{
	"no work is left":                                                            `INSERT INTO sagas SELECT * FROM waiting`,
	"no creation is in progress":                                                 `UPDATE creations SET state = 'IN_PROGRESS' WHERE id = 'f'`,
	"no account is half made":                                                    `UPDATE accounts SET state = 'CREATING' WHERE id = 'a'`,
	"a creation that succeeded has its account":                                  `UPDATE creations SET account_id = 'gone' WHERE id = 'c'`,
	"a creation that failed has none":                                            `UPDATE creations SET account_id = 'a' WHERE id = 'f'`,
	"no two creations share an account":                                          `UPDATE creations SET account_id = 'a'`,
	"no account is without its creation":                                         `UPDATE creations SET account_id = '' WHERE id = 'c'`,
	"an account is in its organization, below its root":                          `UPDATE accounts SET parent_id = '' WHERE id = 'a'`,
	"no principal is without its account":                                        `UPDATE principals SET account_id = 'gone' WHERE id = 'root of m'`,
	"a made account has its root user, service role and access role":             `DELETE FROM principals WHERE id = 'role of a'`,
	"no key is without its principal":                                            `UPDATE keys SET principal_id = 'gone'`,
	"a made account has no keys":                                                 `UPDATE keys SET account_id = 'a'`,
	"a reservation belongs to an account":                                        `UPDATE reservations SET holder = 'c' WHERE value = 'a@x'`,
	"an account holds each of its fields once":                                   `UPDATE reservations SET holder = 'a' WHERE value = 'm@x'`,
	"an account's address is reserved for it":                                    `DELETE FROM reservations WHERE value = 'a@x'`,
	"an account's name is reserved for it where names are unique":                `DELETE FROM reservations WHERE value = 'a'`,
	"a tag is on something":                                                      `UPDATE tags SET resource = 'gone' WHERE resource = 'a'`,
	"an event is written once":                                                   `UPDATE events SET id = 'e1'`,
	"nothing is requested, ended or joined twice":                                `UPDATE events SET name = 'AccountCreationEnded' WHERE id = 'e4'`,
	"a creation's request and end are on record":                                 `DELETE FROM events WHERE id = 'e1'`,
	"a made account's joining is on record":                                      `DELETE FROM events WHERE id = 'e3'`,
	"no event tells of what does not exist":                                      `UPDATE events SET subject = 'gone' WHERE id = 'e3'`,
	"each version of an organization has its events, from the first to the last": `UPDATE organizations SET version = 5`,
	"no event is of a version that an organization has not reached":              `UPDATE organizations SET version = 3`,
	"the events of one version have no gap":                                      `UPDATE events SET idx = 5 WHERE id = 'e3'`,
}

func TestTheHealthyObeyEveryLaw(t *testing.T) {
	t.Parallel()
	d := little(t)
	d.obeys(t.Context())
}

func TestEveryLawFindsItsOffence(t *testing.T) {
	t.Parallel()
	for _, l := range laws {
		t.Run(l.says, func(t *testing.T) {
			t.Parallel()
			d := little(t)
			if _, err := d.ExecContext(t.Context(), offences[l.says]); err != nil || offences[l.says] == "" {
				t.Fatalf("the offence %q: %v", offences[l.says], err)
			}
			rows, err := d.QueryContext(t.Context(), l.offenders)
			if err != nil {
				t.Fatal(err)
			}
			if found := texts(t, rows); len(found) == 0 {
				t.Errorf("nobody offends against it after %s", offences[l.says])
			}
		})
	}
}

// little makes the tables and fills them with what is healthy. The one saga that there was waits beside them.
func little(t *testing.T) database {
	t.Helper()
	path := filepath.Join(t.TempDir(), "little.db")
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(t.Context(), func(tx store.Tx) error {
		return errors.Join(healthy(t.Context(), tx), tx.Start(t.Context(), "s", org.CreateAccount, "o/c", time.Now()))
	})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	d := open(t, "sqlite", "file:"+path)
	for _, statement := range []string{`CREATE TABLE waiting AS SELECT * FROM sagas`, `DELETE FROM sagas`} {
		if _, err := d.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	return d
}
