package terraform_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestMain(m *testing.M) { harness.Main(m) }

// mirror finds where a folder with unpacked or packed providers may lie (terraform, "Implied local mirror directories", and /opt).
func mirror(t *testing.T) string {
	t.Helper()
	patterns := []string{os.Getenv("POLITY_TERRAFORM_MIRROR"), "/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins", "/opt/*"}
	for _, p := range patterns {
		found, _ := filepath.Glob(filepath.Join(p, "registry.terraform.io/hashicorp/aws"))
		if p != "" && len(found) > 0 {
			return filepath.Join(found[0], "../../..")
		}
	}
	t.Skip("SKIPPED LOUDLY: no mirror holds hashicorp/aws; name one in POLITY_TERRAFORM_MIRROR")
	return ""
}

// A desk is a working folder of terraform.
type desk struct {
	dir string
	env []string
}

func newDesk(t *testing.T, s *harness.Server, k harness.Key) *desk {
	t.Helper()
	if _, err := exec.LookPath("terraform"); err != nil {
		t.Skip("SKIPPED LOUDLY: terraform is not installed")
	}
	d := &desk{dir: t.TempDir()}
	main, err := os.ReadFile("testdata/main.tf")
	if err != nil {
		t.Fatal(err)
	}
	rc := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror(t))
	for name, text := range map[string][]byte{"main.tf": main, "terraform.rc": []byte(rc)} {
		if err := os.WriteFile(filepath.Join(d.dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d.env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+filepath.Join(d.dir, "terraform.rc"), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "AWS_ENDPOINT_URL="+s.URL,
		"AWS_ACCESS_KEY_ID="+k.ID, "AWS_SECRET_ACCESS_KEY="+k.Secret, "AWS_EC2_METADATA_DISABLED=true")
	d.run(t, 0, "init", "-no-color")
	return d
}

// run runs a command of terraform and fails the test unless it exits as wanted. It returns what the command printed.
func (d *desk) run(t *testing.T, want int, args ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), "terraform", args...)
	c.Dir, c.Env = d.dir, d.env
	out, err := c.CombinedOutput()
	if code := c.ProcessState.ExitCode(); code != want {
		t.Fatalf("terraform %v exits with %d (%v), want %d:\n%s", args, code, err, want, out)
	}
	return string(out)
}

func (d *desk) apply(t *testing.T, vars ...string) {
	t.Helper()
	d.run(t, 0, append([]string{"apply", "-auto-approve", "-input=false", "-no-color"}, vars...)...)
}

// planned fails the test when a plan would change something.
func (d *desk) planned(t *testing.T, vars ...string) {
	t.Helper()
	d.run(t, 0, append([]string{"plan", "-detailed-exitcode", "-input=false", "-no-color"}, vars...)...)
}

func (d *desk) output(t *testing.T, name string, v any) {
	t.Helper()
	c := exec.CommandContext(t.Context(), "terraform", "output", "-json", name)
	c.Dir, c.Env = d.dir, d.env
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, v); err != nil {
		t.Fatal(err)
	}
}

func TestTheWholeProvider(t *testing.T) {
	harness.EachServer(t, func(t *testing.T, s *harness.Server) {
		d := newDesk(t, s, s.Mint(t, harness.AWS))
		d.apply(t)
		d.planned(t)
		d.sees(t)

		changed := []string{"-var", "team=green", "-var", "home=second"}
		d.apply(t, changed...)
		d.planned(t, changed...)
		for address, output := range map[string]string{
			"aws_organizations_organization.it": "organization", "aws_organizations_organizational_unit.third": "unit",
			"aws_organizations_account.member[4]": "member", "aws_organizations_policy.scp": "scp",
			"aws_iam_organizations_features.it": "organization",
		} {
			d.imports(t, address, output, changed)
		}
		d.apply(t, changed...) // an import cannot know close_on_deletion, which is the client's own
		d.planned(t, changed...)
		d.destroy(t, "")
	}, "--quota", "closed-days=0")
}

// Closed accounts hold their units and their organization for 90 days, on AWS as here unless the operator says otherwise. A twin can wait for that.
func TestATwinSeesTheEndOfEverything(t *testing.T) {
	s := harness.Dev(t)
	d := newDesk(t, s, harness.Key{ID: "111111111111", Secret: "any"})
	d.apply(t)
	d.destroy(t, "aws_organizations_account.member")
	s.Native(t, "POST", "/_polity/clock", map[string]string{"advance": "100d"}, nil)
	d.destroy(t, "")
}

// destroy destroys one resource, with what stands on it, or everything.
func (d *desk) destroy(t *testing.T, target string) {
	t.Helper()
	args := []string{"destroy", "-auto-approve", "-input=false", "-no-color"}
	if target != "" {
		args = append(args, "-target", target)
	}
	d.run(t, 0, args...)
}

// imports forgets a resource and takes it in again. Afterwards nothing that the cloud tells differs.
func (d *desk) imports(t *testing.T, address, output string, vars []string) {
	t.Helper()
	var id string
	d.output(t, output, &id)
	d.run(t, 0, "state", "rm", address)
	d.run(t, 0, append(append([]string{"import", "-input=false", "-no-color"}, vars...), address, id)...)
}

// sees compares what the data sources saw.
func (d *desk) sees(t *testing.T) {
	t.Helper()
	var got map[string]any
	d.output(t, "seen", &got)
	want := map[string]any{
		"members": 11.0, "units": 1.0, "children": 10.0, "descendants": 11.0, "descendant_units": 3.0, "unit_found": true, "policies": 2.0,
		"policies_for_target": 2.0, "same_content": true, "tags": "3", "administrators": 1.0, "services": 1.0,
		"roles": 1.0, "role_trusts": "organizations.amazonaws.com",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the data sources saw %v, want %v", got, want)
	}
}
