package server

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

func TestADirectoryForRecordsThatIsNone(t *testing.T) {
	t.Parallel()
	c := twinConfig(&journal{})
	c.DryRunLogs = filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(c.DryRunLogs, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := Open(t.Context(), c, "127.0.0.1:0"); err == nil {
		t.Error("it is opened", s.Close())
	}
}

func TestWhatCouldNotBeDeliveredIsDeliveredLater(t *testing.T) {
	t.Parallel()
	log := &journal{}
	c := twinConfig(log)
	c.DryRunLogs = t.TempDir()
	s, err := Open(t.Context(), c, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	inTheWay := filepath.Join(c.DryRunLogs, "logs")
	if err := os.WriteFile(inTheWay, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err = s.store.Update(t.Context(), func(tx store.Tx) error {
		o := org.Organization{ID: "o-1", Partition: org.Huawei}
		r := org.DryRunRecord{OrganizationID: o.ID, Bucket: "logs", Object: "p/one.json", ID: "one"}
		if err := tx.InsertOrganization(t.Context(), o); err != nil {
			return err
		}
		if err := tx.PutDryRun(t.Context(), org.DryRun{OrganizationID: o.ID, Type: org.TriedControl}); err != nil {
			return err
		}
		return tx.AppendDryRunRecord(t.Context(), org.TriedControl, r)
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var work sync.WaitGroup
	work.Go(func() { s.deliver(ctx) })
	defer work.Wait()
	defer stop()
	until := func(says string, done func() bool) {
		t.Helper()
		for late := time.Now().Add(20 * time.Second); !done(); time.Sleep(10 * time.Millisecond) {
			if time.Now().After(late) {
				t.Fatalf("not so: %s", says)
			}
		}
	}
	until("a failure is logged", func() bool { return strings.Contains(log.String(), "could not be delivered") })
	if err := os.Remove(inTheWay); err != nil {
		t.Fatal(err)
	}
	until("the record is there", func() bool {
		content, err := os.ReadFile(filepath.Join(inTheWay, "p", "one.json"))
		return err == nil && strings.HasPrefix(string(content), `{"id":"one",`) && strings.HasSuffix(string(content), "}\n")
	})
}
