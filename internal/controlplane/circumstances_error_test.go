package controlplane

import (
	"context"
	"errors"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// tagsAlone is a store that reads tags and fails to read accounts.
type tagsAlone struct{ store.Reader }

var errDisk = errors.New("disk full")

func (tagsAlone) Account(context.Context, org.AccountID) (org.Account, error) {
	return org.Account{}, errDisk
}

func (tagsAlone) Tags(context.Context, org.OrganizationID, org.Resource) ([]org.Tag, error) {
	return []org.Tag{{Key: "stage", Value: "prod"}}, nil
}

func TestAnErrorOfOneKeyIsKeptWhileOthersAreAnswered(t *testing.T) {
	t.Parallel()
	s := circumstances{
		ctx: t.Context(), r: tagsAlone{}, o: org.Organization{Partition: org.AWS}, q: &question{}, thing: org.Thing{ID: "ou-1"},
		caller: org.Caller{Partition: org.AWS},
	}
	if got := s.Values("aws:resourceorgid"); len(got) != 0 {
		t.Errorf("an account that cannot be read is in %v", got)
	}
	if got := s.Values("aws:resourcetag/Stage"); len(got) != 1 || got[0] != "prod" {
		t.Errorf("the tag is %v", got)
	}
	if !errors.Is(s.err, errDisk) {
		t.Errorf("the decision ends with %v", s.err)
	}
}
