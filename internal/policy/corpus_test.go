package policy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A corpus file is a scene: a head of "name: value" lines (principal, owner, management, key), policies in sections named
// "class node id", and a section "decisions" with one request a line, which may change the head by a line that begins with "@".

func TestCorpusHuawei(t *testing.T) { corpus(t, "testdata/huawei/*.txtar", 200) }

func TestCorpusAWS(t *testing.T) { corpus(t, "testdata/aws/*.txtar", 200) }

func corpus(t *testing.T, glob string, atLeast int) {
	files, err := filepath.Glob(glob)
	if err != nil {
		t.Fatal(err)
	}
	decisions := 0
	for _, f := range files {
		s := readScene(t, f)
		decisions += len(s.cases)
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txtar"), s.run)
	}
	if decisions < atLeast {
		t.Errorf("%s holds %d decisions, not the %d that are promised", glob, decisions, atLeast)
	}
}

type scene struct {
	policies Policies
	cases    []sceneCase
}

type sceneCase struct {
	line       string
	management string
	request    Request
	want       string
}

func (s *scene) run(t *testing.T) {
	for _, c := range s.cases {
		p := s.policies
		p.Management = c.management
		v := Authorize(&p, &c.request)
		if got := v.String(); got != c.want {
			t.Errorf("%s\n   got %s", c.line, got)
		}
		if v.By == nil {
			continue
		}
		found := false
		for _, m := range Explain(&p, &c.request) {
			found = found || m.By == v.By && m.Class == v.Class && m.Node == v.Node
		}
		if !found {
			t.Errorf("%s\n   Explain does not list the statement that decided", c.line)
		}
	}
}

func readScene(t *testing.T, file string) *scene {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &scene{}
	huawei := strings.Contains(file, "huawei")
	head, rest, _ := strings.Cut(string(data), "\n-- ")
	r := reader{keys: Keys{}}
	for line := range strings.Lines(head) {
		r.set(strings.TrimSpace(line))
	}
	for _, section := range strings.Split(rest, "\n-- ") {
		name, body, ok := strings.Cut(section, " --\n")
		if !ok {
			t.Fatalf("%s: section %q has no end of its name", file, section)
		}
		if name == "decisions" {
			for line := range strings.Lines(body) {
				s.decision(t, &r, strings.TrimSpace(line))
			}
			continue
		}
		f := strings.Fields(name)
		if len(f) != 3 {
			t.Fatalf("%s: section %q is not: class node id", file, name)
		}
		s.add(f[0], f[1], f[2], sceneDialect(f[0], huawei), strings.TrimSpace(body), t)
	}
	return s
}

func sceneDialect(class string, huawei bool) *Dialect {
	if huawei {
		return map[string]*Dialect{
			"scp": HuaweiSCP.Managed(), "scp2024": HuaweiSCP2024, "trust": HuaweiTrust, "identity": HuaweiIdentity,
			"boundary": HuaweiIdentity, "session": HuaweiIdentity,
		}[class]
	}
	return map[string]*Dialect{
		"scp": SCP, "rcp": RCP.Managed(), "resource": Resource, "trust": Trust, "identity": Identity, "boundary": Identity,
		"session": Identity, "delegation": Delegation(Scope{Partition: "aws", Organization: "o-polity0001", Management: "111111111111"}),
	}[class]
}

func (s *scene) add(class, node, id string, d *Dialect, text string, t *testing.T) {
	t.Helper()
	if d == nil {
		t.Fatalf("there is no class %q", class)
	}
	if known, ok := map[string]string{
		"FullAWSAccess": FullAWSAccess, "RCPFullAWSAccess": RCPFullAWSAccess, "FullAccess": HuaweiFullAccess,
	}[text]; ok {
		text = known
	}
	c := compile(t, d, text, id)
	p := &s.policies
	switch class {
	case "scp", "scp2024":
		p.SCPs = attach(p.SCPs, node, c)
	case "rcp":
		p.RCPs = attach(p.RCPs, node, c)
	case "trust":
		p.Trust, p.Resource = true, append(p.Resource, c)
	case "resource", "delegation":
		p.Resource = append(p.Resource, c)
	case "identity":
		p.Identity = append(p.Identity, c)
	case "boundary":
		p.Boundary = append(p.Boundary, c)
	case "session":
		p.Session = append(p.Session, c)
	}
}

func attach(c Chain, node string, p *Compiled) Chain {
	if n := len(c); n == 0 || c[n-1].Node != node {
		c = append(c, Level{Node: node})
	}
	last := &c[len(c)-1]
	last.Policies = append(last.Policies, p)
	return c
}

func compile(t testing.TB, d *Dialect, text, id string) *Compiled {
	t.Helper()
	doc, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", id, err)
	}
	c, err := Compile(d, doc, id)
	if err != nil {
		t.Fatalf("%s: %v", id, err)
	}
	return c
}

// reader holds what the next requests have in common.
type reader struct {
	principal  Principal
	owner      string
	management string
	keys       Keys
}

var principalKinds = map[string]PrincipalKind{
	"user": User, "session": Session, "root": RootUser, "service": Service, "federated": Federated, "anonymous": Anonymous,
	"service-linked": Session,
}

func (r *reader) set(line string) {
	name, value, _ := strings.Cut(line, ": ")
	switch name {
	case "principal": // kind account name role
		f := append(strings.Fields(value), "", "", "", "")
		r.principal = Principal{Kind: principalKinds[f[0]], Account: strings.Trim(f[1], "-"), Name: f[2], Role: f[3], ServiceLinked: f[0] == "service-linked"}
	case "owner":
		r.owner = strings.Trim(value, "-")
	case "management":
		r.management = value
	case "key":
		r.key(r.keys, value)
	}
}

func (r *reader) key(into Keys, text string) {
	name, value, _ := strings.Cut(text, "=")
	switch value {
	case "-":
		delete(into, strings.ToLower(name))
	case "[]":
		into.Set(name)
	default:
		into.Set(name, strings.Split(value, ",")...)
	}
}

func (s *scene) decision(t *testing.T, r *reader, line string) {
	t.Helper()
	if line == "" || line[0] == '#' {
		return
	}
	if line[0] == '@' {
		r.set(line[1:])
		return
	}
	asked, want, ok := strings.Cut(line, " => ")
	f := strings.Fields(asked)
	if !ok || len(f) < 2 {
		t.Fatalf("%q is not: action resource key=value => verdict", line)
	}
	keys := Keys{}
	for k, v := range r.keys {
		keys[k] = v
	}
	for _, k := range f[2:] {
		r.key(keys, k)
	}
	s.cases = append(s.cases, sceneCase{
		line: line, management: r.management, want: want,
		request: Request{Principal: r.principal, Action: f[0], Resource: f[1], Owner: r.owner, Context: keys},
	})
}
