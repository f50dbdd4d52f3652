package history

import (
	"maps"
	"slices"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
)

// The laws of the clouds' figures that the model stands on, written down once more so that the house is not held against itself.
const (
	deepest    = 5  // units below each other
	mostOfType = 10 // service control policies on one target
	own        = "p-FullAWSAccess"
)

type unit struct {
	name, parent string
	depth        int
}

type creation struct {
	email string
	over  bool
}

// A state is an organization as the model has it. Its maps are never changed, only replaced.
type state struct {
	quotas    org.Quotas
	version   int64             // changes that were made
	units     map[string]unit   // the root too
	accounts  map[string]string // parents
	emails    map[string]string // accounts
	creations map[string]creation
	policies  map[string]string // names
	attached  map[string]string // policies by target, oldest attachment first
	tags      map[string]string // values of the one key, by resource
}

func (s state) equals(o state) bool {
	return s.version == o.version && maps.Equal(s.units, o.units) && maps.Equal(s.accounts, o.accounts) && maps.Equal(s.emails, o.emails) &&
		maps.Equal(s.creations, o.creations) && maps.Equal(s.policies, o.policies) && maps.Equal(s.attached, o.attached) && maps.Equal(s.tags, o.tags)
}

// with is a map with another value.
func with[V any](m map[string]V, key string, value V) map[string]V {
	out := make(map[string]V, len(m)+1)
	maps.Copy(out, m)
	out[key] = value
	return out
}

func without[V any](m map[string]V, key string) map[string]V {
	out := maps.Clone(m)
	delete(out, key)
	return out
}

func (s state) sibling(parent, name string) bool {
	for _, u := range s.units {
		if u.parent == parent && u.name == name && parent != "" {
			return true
		}
	}
	return false
}

func (s state) empty(id string) bool {
	for _, u := range s.units {
		if u.parent == id {
			return false
		}
	}
	return !slices.Contains(slices.Collect(maps.Values(s.accounts)), id)
}

// node reports whether the tree has it.
func (s state) node(id string) bool {
	_, isUnit := s.units[id]
	_, isAccount := s.accounts[id]
	return isUnit || isAccount
}

func (s state) policy(id string) bool {
	_, found := s.policies[id]
	return found || id == own
}

// path is the way from the root down to a unit.
func (s state) path(id string) string {
	if u := s.units[id]; u.parent != "" {
		return s.path(u.parent) + "/" + id
	}
	return id
}

func (s state) running() (n int) {
	for _, c := range s.creations {
		if !c.over {
			n++
		}
	}
	return n
}

func (s state) on(target string) []string { return strings.Fields(s.attached[target]) }

func list(lines []string) string {
	slices.Sort(lines)
	return strings.Join(lines, " ")
}
