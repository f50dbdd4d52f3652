package kill

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/proof/client"
)

const dryRunToken = "kill-proof-operator"

// court is an organization that tries out a policy, and the key of the member on whose calls it does.
type court struct {
	*fleet
	id     string
	member client.Key
}

// native calls the native API as its operator.
func (f *fleet) native(method, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(f.t.Context(), method, f.some(0)+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+dryRunToken)
	res, err := transport.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s answers %d", method, path, res.StatusCode)
	}
	return json.NewDecoder(res.Body).Decode(out)
}

func newCourt(f *fleet) court {
	f.t.Helper()
	var guest struct {
		Account string `json:"account_id"`
		ID      string `json:"access_key_id"`
		Secret  string `json:"secret_access_key"`
	}
	if err := f.native("POST", "/_polity/accounts", map[string]string{"partition": "huaweicloud"}, &guest); err != nil {
		f.t.Fatal(err)
	}
	c := court{fleet: f, member: client.Key{ID: guest.ID, Secret: guest.Secret}}
	call := func(k client.Key, method, path string, in, out any) {
		f.t.Helper()
		if err := (client.Huawei{Endpoint: f.some(0), Key: k, HTTP: transport}).Call(f.t.Context(), method, "/v1/"+path, nil, in, out); err != nil {
			f.t.Fatal(err)
		}
	}
	var made struct{ Organization struct{ ID string } }
	call(huaweiKey, "POST", "organizations", nil, &made)
	c.id = made.Organization.ID
	var roots struct{ Roots []struct{ ID string } }
	call(huaweiKey, "GET", "organizations/roots", nil, &roots)
	root := roots.Roots[0].ID
	var sent struct{ Handshake struct{ ID string } }
	call(huaweiKey, "POST", "organizations/accounts/invite", map[string]any{"target": map[string]string{"type": "account", "entity": guest.Account}, "notes": ""}, &sent)
	call(c.member, "POST", "received-handshakes/"+sent.Handshake.ID+"/accept", nil, nil)
	call(huaweiKey, "POST", "organizations/dry-run-config", map[string]string{
		"root_id": root, "policy_type": "service_control_policy", "status": "enabled", "bucket_name": "proof", "agency_name": "ServiceLinkedAgencyForOrganizations",
	}, nil)
	var p struct {
		Policy struct {
			Summary struct{ ID string } `json:"policy_summary"`
		}
	}
	call(huaweiKey, "POST", "organizations/dry-run-policies", map[string]string{
		"name": "p", "description": "", "type": "service_control_policy", "content": `{"Version":"5.0","Statement":[{"Effect":"Deny","Action":["*"]}]}`,
	}, &p)
	call(huaweiKey, "POST", "organizations/dry-run-policies/"+p.Policy.Summary.ID+"/attach", map[string]string{"entity_id": root}, nil)
	return c
}

// TestEveryRecordOfADryRunIsDelivered kills the server while a member calls it: each call that was answered has a record, and each record one whole
// object.
func TestEveryRecordOfADryRunIsDelivered(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := newFleet(t, binary(t), 1, "--database=sqlite:"+filepath.Join(t.TempDir(), "polity.db"), "--operator-token="+dryRunToken, "--dry-run-logs="+dir)
	c := newCourt(f)
	asking, hush := context.WithCancel(t.Context())
	var answered atomic.Int64
	var work sync.WaitGroup
	for range 4 {
		work.Go(func() {
			for asking.Err() == nil {
				if url := f.some(0); url == "" || (client.Huawei{Endpoint: url, Key: c.member, HTTP: transport}).Call(asking, "GET", "/v1/organizations", nil, nil, nil) != nil {
					time.Sleep(5 * time.Millisecond)
					continue
				}
				answered.Add(1)
				time.Sleep(5 * time.Millisecond)
			}
		})
	}
	for range rounds(t) {
		chance(500, 1500) // records are delivered every second
		f.restart(f.replicas[0])
	}
	chance(50, 400)
	hush()
	work.Wait()
	if t.Failed() {
		return
	}
	wanted := c.feed()
	t.Logf("%d calls were answered and left %d records", answered.Load(), len(wanted))
	if n := answered.Load(); n == 0 || int64(len(wanted)) < n {
		t.Errorf("%d calls were answered and left %d records", n, len(wanted))
	}
	var found map[string]string
	for late := time.Now().Add(20 * time.Second); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		if found = objects(t, dir); len(found) >= len(wanted) {
			break
		}
	}
	for object, id := range wanted {
		if found[object] != id {
			t.Errorf("%s holds the record %q, want %q", object, found[object], id)
		}
	}
	if len(found) != len(wanted) {
		t.Errorf("%d objects of %d records", len(found), len(wanted))
	}
}

// feed returns the ids of all records by their objects.
func (c court) feed() map[string]string {
	c.t.Helper()
	out, after := map[string]string{}, ""
	for {
		var page struct {
			Records []struct {
				ID          string
				Destination struct {
					Bucket string `json:"bucket_name"`
					Object string
				}
			}
			Next string
		}
		if err := c.native("GET", "/_polity/dry-run-records?organization="+c.id+"&after="+after, nil, &page); err != nil {
			c.t.Fatal(err)
		}
		if len(page.Records) == 0 {
			return out
		}
		for _, r := range page.Records {
			out[r.Destination.Bucket+"/"+r.Destination.Object] = r.ID
		}
		after = page.Next
	}
}

// objects reads the ids in all objects that are whole.
func objects(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasSuffix(name, ".part") {
			return err
		}
		content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		var r struct{ ID string }
		if err == nil {
			err = json.Unmarshal(content, &r)
		}
		out[name] = r.ID
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return out
}
