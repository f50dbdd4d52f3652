package awsiam

import (
	"context"
	"regexp"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsquery"
)

type gotUser struct{ User user }

type user struct {
	Path       string
	UserName   string
	UserID     string `xml:"UserId"`
	Arn        string
	CreateDate awsquery.Time
}

// rootName stands for the name of a root user, which has none.
const rootName = "root"

// name are the characters of users' and roles' names.
var name = regexp.MustCompile(`^[\w+=,.@-]*$`)

// getUser answers for a user of the account or, without a name, for the user that calls. Sessions of roles are none (API Reference, GetUser).
func (a *API) getUser(ctx context.Context, f *awsquery.Form) (any, error) {
	c, kind, wanted := identity.Caller(ctx), org.User, ""
	if f.Has("UserName") {
		wanted = f.String("UserName", awsquery.Text{Min: 1, Max: 128, Pattern: name})
		if err := f.Err(); err != nil {
			return nil, err
		}
	} else {
		if c.Kind != org.User && c.Kind != org.RootUser {
			return nil, org.Errorf(org.InputMissing, "Must specify userName when calling with non-User credentials")
		}
		kind, wanted = c.Kind, c.Name
	}
	found, err := a.plane.GetPrincipal(ctx, c, "iam:GetUser", wanted, kind)
	if org.ReasonOf(err) == org.PrincipalMissing {
		err = org.Errorf(org.PrincipalMissing, "The user with name %s cannot be found.", wanted)
	}
	if err != nil {
		return nil, err
	}
	return gotUser{userOf(c.Partition, found)}, nil
}

func userOf(p org.Partition, w org.Principal) user {
	who := org.Caller{Partition: p, AccountID: w.AccountID, PrincipalID: w.ID, Kind: w.Kind, Name: w.Name, Path: w.Path}
	out := user{Path: w.Path, UserName: w.Name, UserID: identity.UserID(who), Arn: identity.ARN(who), CreateDate: awsquery.Time(w.CreatedAt)}
	if w.Kind == org.RootUser {
		out.UserName = rootName
	}
	return out
}
