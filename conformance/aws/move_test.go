package aws_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

func (h *house) move(t *testing.T, account, from, to string) error {
	t.Helper()
	_, err := h.MoveAccount(t.Context(), &organizations.MoveAccountInput{AccountId: &account, SourceParentId: &from, DestinationParentId: &to})
	return err
}

func (h *house) below(t *testing.T, parent string) []string {
	t.Helper()
	var ids []string
	pages := organizations.NewListAccountsForParentPaginator(h, &organizations.ListAccountsForParentInput{ParentId: &parent})
	for pages.HasMorePages() {
		for _, a := range harness.Try(pages.NextPage(t.Context())).Or(t).Accounts {
			ids = append(ids, *a.Id)
		}
	}
	return ids
}

func TestAccountMoves(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		account := h.account(t)
		outer := h.unit(t, h.root, "outer")
		inner := h.unit(t, outer, "inner")
		// The management account moves as any other does.
		for _, account := range []string{account, h.key.Account} {
			from := h.root
			for _, to := range []string{outer, inner, h.root, inner} {
				harness.WantAWS(t, h.move(t, account, from, to), "", "")
				if h.parent(t, account) != to || !slices.Contains(h.below(t, to), account) || slices.Contains(h.below(t, from), account) {
					t.Errorf("%s was moved from %s to %s and is not there", account, from, to)
				}
				from = to
			}
		}
		want := h.id + "/" + h.root + "/" + outer + "/" + inner + "/" + account + "/"
		if got := h.describe(t, account).Paths; !slices.Equal(got, []string{want}) {
			t.Errorf("the account's paths are %v, want %s", got, want)
		}
		if got := h.describe(t, account); got.JoinedMethod != types.AccountJoinedMethodCreated {
			t.Errorf("a move made the account's joining %s", got.JoinedMethod)
		}
	})
}

func TestMoveIsRefused(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		account := h.account(t)
		one, two := h.unit(t, h.root, "one"), h.unit(t, h.root, "two")
		missing := "ou-" + h.root[2:] + "-00000000"
		for name, c := range map[string]struct {
			account, from, to string
			code, reason      string
		}{
			"an account that does not exist":          {"000000000001", h.root, one, "AccountNotFoundException", ""},
			"an account of another organization":      {other.key.Account, h.root, one, "AccountNotFoundException", ""},
			"a source that does not exist":            {account, missing, one, "SourceParentNotFoundException", ""},
			"a source that is not the parent":         {account, two, one, "SourceParentNotFoundException", ""},
			"a source of another organization":        {account, other.root, one, "SourceParentNotFoundException", ""},
			"a destination that does not exist":       {account, h.root, missing, "DestinationParentNotFoundException", ""},
			"a destination in another organization":   {account, h.root, other.root, "DestinationParentNotFoundException", ""},
			"the destination where it is":             {account, h.root, h.root, "DuplicateAccountException", ""},
			"an account that is no id":                {"abc", h.root, one, invalid, "INVALID_PATTERN"},
			"a source that is no id":                  {account, "root", one, invalid, "INVALID_PATTERN"},
			"a destination that only begins like one": {account, h.root, h.root + "!", invalid, "INVALID_PATTERN"},
		} {
			code, reason := harness.AWSError(h.move(t, c.account, c.from, c.to))
			if code != c.code || reason != c.reason {
				t.Errorf("%s: MoveAccount ends with %s %s, want %s %s", name, code, reason, c.code, c.reason)
			}
		}
		if h.parent(t, account) != h.root {
			t.Error("a refused move moved the account")
		}
	})
}
