package awsiam

import (
	"cmp"
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsquery"
)

type (
	gotRole struct{ Role role }
	roles   struct {
		Roles       awsquery.List[role]
		IsTruncated bool
		Marker      string `xml:",omitempty"`
	}
)

type role struct {
	Path                     string
	RoleName                 string
	RoleID                   string `xml:"RoleId"`
	Arn                      string
	CreateDate               awsquery.Time
	AssumeRolePolicyDocument string
	Description              string `xml:",omitempty"`
	MaxSessionDuration       int
}

func roleOf(p org.Partition, w org.Principal) role {
	return role{
		Path: w.Path, RoleName: w.Name, RoleID: string(w.ID), CreateDate: awsquery.Time(w.CreatedAt), Description: w.Description,
		Arn:                      identity.RoleName(org.Caller{Partition: p, AccountID: w.AccountID, Kind: w.Kind, Name: w.Name, Path: w.Path}),
		AssumeRolePolicyDocument: awsquery.Document(trustPolicy(p, w)),
		MaxSessionDuration:       int(w.MaxSession.Seconds()),
	}
}

// trustPolicy is the document behind whom a role trusts: an account, or a service.
func trustPolicy(p org.Partition, w org.Principal) string {
	trusted := map[string]string{"AWS": identity.ARN(org.Caller{Partition: p, AccountID: org.AccountID(w.Trusts), Kind: org.RootUser})}
	if w.Kind == org.ServiceRole {
		trusted = map[string]string{"Service": w.Trusts}
	}
	type statement struct {
		Effect    string
		Principal map[string]string
		Action    string
	}
	text, err := json.Marshal(struct {
		Version   string
		Statement []statement
	}{"2012-10-17", []statement{{"Allow", trusted, "sts:AssumeRole"}}})
	if err != nil {
		panic("awsiam: " + err.Error()) // texts
	}
	return string(text)
}

func (a *API) getRole(ctx context.Context, f *awsquery.Form) (any, error) {
	wanted := f.String("RoleName", awsquery.Text{Required: true, Min: 1, Max: 64, Pattern: name})
	if err := f.Err(); err != nil {
		return nil, err
	}
	c := identity.Caller(ctx)
	found, err := a.plane.GetPrincipal(ctx, c, "iam:GetRole", wanted, org.Role, org.ServiceRole)
	if org.ReasonOf(err) == org.PrincipalMissing {
		err = org.Errorf(org.PrincipalMissing, "The role with name %s cannot be found.", wanted)
	}
	if err != nil {
		return nil, err
	}
	return gotRole{roleOf(c.Partition, found)}, nil
}

var pathPrefix = regexp.MustCompile(`^/[!-\x7f]*$`)

// listRoles lists the roles below a path by name, those of services among them.
func (a *API) listRoles(ctx context.Context, f *awsquery.Form) (any, error) {
	c := identity.Caller(ctx)
	prefix := f.String("PathPrefix", awsquery.Text{Min: 1, Max: 512, Pattern: pathPrefix})
	p, err := a.readPage(c, f, "ListRoles "+prefix)
	if err != nil {
		return nil, err
	}
	all, err := a.plane.ListPrincipals(ctx, c, "iam:ListRoles", org.Role, org.ServiceRole)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(w org.Principal) bool { return !strings.HasPrefix(w.Path, prefix) || w.Name <= p.after })
	slices.SortFunc(all, func(x, y org.Principal) int { return cmp.Compare(x.Name, y.Name) })
	out := roles{IsTruncated: len(all) > p.most}
	if out.IsTruncated {
		all = all[:p.most]
		out.Marker = a.tokens.Seal(p.scope, all[p.most-1].Name)
	}
	for _, w := range all {
		out.Roles.Member = append(out.Roles.Member, roleOf(c.Partition, w))
	}
	return out, nil
}

var description = regexp.MustCompile(`^[\t\n\r\x20-\x7e\x{a1}-\x{ff}]*$`)

func (a *API) createServiceLinkedRole(ctx context.Context, f *awsquery.Form) (any, error) {
	service := f.String("AWSServiceName", awsquery.Text{Required: true, Min: 1, Max: 128, Pattern: name})
	suffix := f.String("CustomSuffix", awsquery.Text{Min: 1, Max: 64, Pattern: name})
	said := f.String("Description", awsquery.Text{Max: 1000, Pattern: description})
	if err := f.Err(); err != nil {
		return nil, err
	}
	c := identity.Caller(ctx)
	made, err := a.plane.CreateServiceRole(ctx, c, service, suffix, said)
	if err != nil {
		return nil, err
	}
	return gotRole{roleOf(c.Partition, made)}, nil
}
