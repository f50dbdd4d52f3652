package server

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// inventory writes down the state of an organization in lines that hold names instead of ids, and no times.
type inventory struct {
	ctx   context.Context
	r     store.Reader
	o     org.Organization
	names map[string]string // of ids
	lines []string
}

// account is the state of the payer's organization, and of the guest's account.
func (r *running) account(payer, guest string) []string {
	r.Helper()
	var out []string
	err := r.store.View(r.Context(), func(rd store.Reader) error {
		v := &inventory{ctx: r.Context(), r: rd, names: map[string]string{payer: "payer", guest: "guest"}}
		err := v.take(org.AccountID(payer), org.AccountID(guest))
		out = v.lines
		return err
	})
	if err != nil {
		r.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func (v *inventory) say(format string, args ...any) {
	v.lines = append(v.lines, fmt.Sprintf(format, args...))
}

func (v *inventory) name(id string) string {
	if n, ok := v.names[id]; ok {
		return n
	}
	return id
}

func (v *inventory) take(payer, guest org.AccountID) error {
	a, err := v.r.Account(v.ctx, payer)
	if err != nil {
		return err
	}
	if v.o, err = v.r.Organization(v.ctx, a.OrganizationID); err != nil {
		return err
	}
	for _, part := range []func() error{v.units, v.accounts, v.policies, v.services, v.handshakes, v.events} {
		if err := part(); err != nil {
			return err
		}
	}
	v.say("organization %s of %s", v.o.FeatureSet, v.name(string(v.o.ManagementID)))
	outside, err := v.r.Account(v.ctx, guest)
	if err != nil {
		return err
	}
	v.say("guest is in an organization: %t", outside.OrganizationID != "")
	return v.principals(outside)
}

const all = 1000

func (v *inventory) units() error {
	root, err := v.r.Unit(v.ctx, v.o.ID, v.o.RootID)
	if err != nil {
		return err
	}
	v.names[string(root.ID)] = "top"
	v.say("root %s", root.Name)
	units, _, err := v.r.Units(v.ctx, v.o.ID, "", org.Page{Limit: all})
	if err != nil {
		return err
	}
	for _, u := range units {
		v.names[string(u.ID)] = u.Name
	}
	for _, u := range units {
		v.say("unit %s below %s", u.Name, v.name(string(u.ParentID)))
		if err := v.tags(string(u.ID)); err != nil {
			return err
		}
	}
	return nil
}

func (v *inventory) tags(id string) error {
	tags, err := v.r.Tags(v.ctx, v.o.ID, org.Resource(id))
	for _, t := range tags {
		v.say("tag of %s: %s=%s", v.name(id), t.Key, t.Value)
	}
	return err
}

func (v *inventory) accounts() error {
	accounts, _, err := v.r.Accounts(v.ctx, v.o.ID, "", org.Page{Limit: all})
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if _, named := v.names[string(a.ID)]; !named {
			v.names[string(a.ID)] = strings.TrimSuffix(a.Name, "-account")
		}
		v.say("account %s below %s: %s, %s, mail %s", v.name(string(a.ID)), v.name(string(a.ParentID)), a.State, a.JoinMethod, a.Email)
		if err := v.tags(string(a.ID)); err != nil {
			return err
		}
		if err := v.principals(a); err != nil {
			return err
		}
	}
	return nil
}

func (v *inventory) principals(a org.Account) error {
	all, err := v.r.Principals(v.ctx, a.ID)
	for _, p := range all {
		v.say("%s: %s %s", v.name(string(a.ID)), p.Kind, p.Name)
	}
	return err
}

func (v *inventory) policies() error {
	types, err := v.r.PolicyTypes(v.ctx, v.o.ID)
	if err != nil {
		return err
	}
	found, _, err := v.r.Policies(v.ctx, v.o.ID, org.ServiceControl, org.Page{Limit: all})
	if err != nil {
		return err
	}
	for _, p := range found {
		v.names[string(p.ID)] = p.Name
		v.say("policy %s (%s), rewritten %t", p.Name, p.Description, strings.Contains(p.Content, "second"))
	}
	for _, t := range types {
		v.say("type %s", t)
		attached, err := v.r.AllAttachments(v.ctx, v.o.ID, t)
		if err != nil {
			return err
		}
		for _, a := range attached {
			v.say("%s on %s", strings.TrimPrefix(v.name(string(a.PolicyID)), "p-"), v.name(a.TargetID))
		}
	}
	return nil
}

func (v *inventory) services() error {
	trusted, _, err := v.r.TrustedServices(v.ctx, v.o.ID, org.Page{Limit: all})
	if err != nil {
		return err
	}
	for _, s := range trusted {
		v.say("trusts %s", s.Service)
	}
	delegates, _, err := v.r.Delegates(v.ctx, v.o.ID, "", org.Page{Limit: all})
	if err != nil {
		return err
	}
	for _, d := range delegates {
		own, _, err := v.r.Delegations(v.ctx, v.o.ID, d.AccountID, org.Page{Limit: all})
		if err != nil {
			return err
		}
		for _, s := range own {
			v.say("%s administers %s", v.name(string(d.AccountID)), s.Service)
		}
	}
	return nil
}

func (v *inventory) handshakes() error {
	sent, _, err := v.r.SentHandshakes(v.ctx, v.o.ID, store.HandshakesWanted{Now: time.Now()}, org.Page{Limit: all})
	for _, h := range sent {
		v.say("handshake %s with %s: %s", h.Action, v.name(string(h.AccountID)), h.State)
	}
	return err
}

// events are counted: what runs beside the requests has no fixed place among them.
func (v *inventory) events() error {
	found, err := v.r.Events(v.ctx, v.o.ID, 0, 0, all)
	count := map[org.EventName]int{}
	for _, e := range found {
		count[e.Name]++
	}
	for _, name := range slices.Sorted(maps.Keys(count)) {
		v.say("event %s: %d", name, count[name])
	}
	return err
}
