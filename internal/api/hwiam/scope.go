package hwiam

import (
	"cmp"
	"context"
	"regexp"

	"github.com/polity-cloud/polity/internal/org"
)

// scope is what a token is asked for.
type scope struct {
	Domain  *named `json:"domain"`
	Project *struct {
		named
		Domain *named `json:"domain"`
	} `json:"project"`
}

var hexID = regexp.MustCompile(`^[0-9a-f]{32}$`)

// scoped returns the project of a scope, nil for a domain scope. A token is good for its account whatever its scope, so a scope in another
// account is refused with ResourceMissing; in a twin, whose credentials choose the account, other domains are overlooked.
func (a *api) scoped(ctx context.Context, c org.Caller, s *scope) (*named, error) {
	if s == nil {
		return nil, nil
	}
	domain := s.Domain
	if s.Project != nil {
		domain = s.Project.Domain
	}
	if err := a.ownDomain(ctx, c, domain); err != nil || s.Project == nil {
		return nil, err
	}
	p := s.Project.named
	if p.ID == "" && regionName.MatchString(p.Name) {
		return &named{ID: projectID(c.AccountID, p.Name), Name: p.Name}, nil
	}
	if region, ok := a.regionOf(c.AccountID, p.ID); ok {
		return &named{ID: p.ID, Name: region}, nil
	}
	if a.Plane.Lenient && hexID.MatchString(p.ID) {
		return &named{ID: p.ID, Name: cmp.Or(p.Name, a.Region)}, nil
	}
	return nil, org.Errorf(org.ResourceMissing, "could not find project %s", cmp.Or(p.ID, p.Name))
}

func (a *api) ownDomain(ctx context.Context, c org.Caller, d *named) error {
	if d == nil || a.Plane.Lenient {
		return nil
	}
	missing := org.Errorf(org.ResourceMissing, "could not find domain %s", cmp.Or(d.ID, d.Name))
	if d.ID != "" && d.ID != string(c.AccountID) {
		return missing
	}
	if d.ID != "" || d.Name == "" {
		return nil
	}
	own, err := a.Account(ctx, c.AccountID)
	if err == nil && own.Name != d.Name {
		return missing
	}
	return err
}
