package policy

import "strings"

// A Context answers for the condition keys of a request. Keys are asked for in lower case, because their case never counts, not even in
// the tag's part of aws:ResourceTag/Key. Values returns nothing for a key that the request does not carry; it must not allocate if
// decisions shall not.
type Context interface {
	Values(key string) []string
}

// Keys is a Context in a map whose keys are in lower case.
type Keys map[string][]string

// NewKeys makes Keys from names in any case.
func NewKeys(values map[string][]string) Keys {
	k := make(Keys, len(values))
	for name, v := range values {
		k.Set(name, v...)
	}
	return k
}

// Set sets the values of a key, whose case does not count.
func (k Keys) Set(name string, values ...string) { k[strings.ToLower(name)] = values }

// Values returns the values of a key in lower case.
func (k Keys) Values(key string) []string { return k[key] }

func lookup(c Context, key string) []string {
	if c == nil {
		return nil
	}
	return c.Values(key)
}

// A Request is the question: may this principal do this to that?
type Request struct {
	Principal Principal
	Action    string
	Resource  string  // its ARN or URN, or "*" for an action without one
	Owner     string  // the account that owns the resource; empty when it is the principal's
	Context   Context // nil stands for a request without condition keys
}

func (r *Request) crossAccount() bool { return r.Owner != "" && r.Owner != r.Principal.Account }

// PrincipalKind is what a principal is, as far as policies tell principals apart.
type PrincipalKind uint8

// The kinds of principal.
const (
	User      PrincipalKind = iota
	Session                 // an assumed role or agency
	RootUser                // the account itself: its root user
	Service                 // a service of the cloud
	Federated               // known to an outside identity provider only
	Anonymous
)

// A Principal is the one that asks.
type Principal struct {
	Kind          PrincipalKind
	Name          string // its ARN or URN; of a service or a provider the name that policies use
	Role          string // of a session, the ARN or URN of the role
	Account       string // empty for services and what stands outside all accounts
	ServiceLinked bool   // a session of a role that belongs to a service: bound by no organization's policies
}

// identified reports whether identity policies can speak for the principal.
func (p *Principal) identified() bool {
	return p.Kind == User || p.Kind == Session || p.Kind == RootUser
}
