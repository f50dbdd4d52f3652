package huawei_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestCreationIsInProgressFirst(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		called := name()
		out := harness.Try(h.CreateAccount(&model.CreateAccountRequest{Body: &model.CreateAccountReqBody{Name: called, Email: address()}})).Or(t)
		asked := out.CreateAccountStatus
		if out.HttpStatusCode != 202 || asked.State != "in_progress" || asked.AccountName != called || asked.CreatedAt == nil || asked.AccountId != "" {
			t.Errorf("CreateAccount answers %d, %+v", out.HttpStatusCode, asked)
		}
		made := h.await(t, asked.Id)
		if made.State != "succeeded" || !regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`).MatchString(made.AccountId) || made.CompletedAt == nil || made.FailureReason != nil {
			t.Errorf("the creation ends %+v, %q", made, text(made.FailureReason))
		}
	})
}

func TestAccountIsThereWhenItsCreationHasSucceeded(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		description, called := "for the tests", name()
		made := h.ask(t, model.CreateAccountReqBody{
			Name: called, Email: address(), Description: &description, Tags: &[]model.TagDto{{Key: "team", Value: "red"}},
		})
		a := harness.Try(h.ShowAccount(&model.ShowAccountRequest{AccountId: made.AccountId})).Or(t).Account
		if a.Name != called || a.JoinMethod != "created" || a.Status != "active" || a.JoinedAt == nil || text(a.Description) != description || a.Urn == "" {
			t.Errorf("the account is %+v, %q", a, text(a.Description))
		}
		if p := h.parent(t, made.AccountId); p.Id != h.root || p.Type != "root" {
			t.Errorf("the account is under %+v, want the root", p)
		}
		if !slices.ContainsFunc(h.accounts(t, "", 200), func(b model.AccountDto) bool { return b.Id == made.AccountId && b.Name == called }) {
			t.Error("the account is not listed")
		}
		tags := harness.Try(h.ListTagsForResource(&model.ListTagsForResourceRequest{ResourceId: made.AccountId})).Or(t)
		if !slices.Equal(*tags.Tags, []model.TagDto{{Key: "team", Value: "red"}}) {
			t.Errorf("the account's tags are %v", *tags.Tags)
		}
	})
}

func TestResourceAccountNeedsNoContact(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		called := name()
		out := harness.Try(h.CreateResourceAccount(&model.CreateResourceAccountRequest{Body: &model.CreateResourceAccountReqBody{Name: called}})).Or(t)
		if made := h.await(t, out.CreateAccountStatus.Id); made.State != "succeeded" || made.AccountName != called {
			t.Errorf("the creation of a resource account ends %+v, %q", made, text(made.FailureReason))
		}
		again := harness.Try(h.CreateResourceAccount(&model.CreateResourceAccountRequest{Body: &model.CreateResourceAccountReqBody{Name: called}})).Or(t)
		if ended := h.await(t, again.CreateAccountStatus.Id); ended.State != "failed" || text(ended.FailureReason) == "" {
			t.Errorf("a second one of the name ends %+v", ended)
		}
	})
}

// Code 2001 is a name conflict; names are unique in the whole cloud.
func TestCreationEndsForANameThatIsTaken(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		taken := h.account(t).AccountName
		for _, h := range []*house{h, other} {
			ended := h.ask(t, model.CreateAccountReqBody{Name: taken, Email: address()})
			if ended.State != "failed" || !regexp.MustCompile(`\b2001\b`).MatchString(text(ended.FailureReason)) || ended.AccountId != "" || ended.CompletedAt == nil {
				t.Errorf("a name that is taken: the creation ends %+v, %q", ended, text(ended.FailureReason))
			}
		}
		if got := len(other.accounts(t, "", 200)); got != 1 {
			t.Errorf("a failed creation leaves %d accounts, want the management account alone", got)
		}
	})
}

func TestCreationsAreListedByState(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		taken := h.account(t).AccountName
		for range 2 {
			h.ask(t, model.CreateAccountReqBody{Name: taken, Email: address()})
		}
		states := model.GetListCreateAccountStatusesRequestStatesEnum()
		for _, c := range []struct {
			states []model.ListCreateAccountStatusesRequestStates
			want   int
		}{
			{nil, 3},
			{[]model.ListCreateAccountStatusesRequestStates{states.SUCCEEDED}, 1},
			{[]model.ListCreateAccountStatusesRequestStates{states.FAILED}, 2},
			{[]model.ListCreateAccountStatusesRequestStates{states.FAILED, states.SUCCEEDED}, 3},
			{[]model.ListCreateAccountStatusesRequestStates{states.IN_PROGRESS}, 0},
		} {
			in := &model.ListCreateAccountStatusesRequest{}
			if c.states != nil {
				in.States = &c.states
			}
			out := harness.Try(h.ListCreateAccountStatuses(in)).Or(t)
			if got := len(*out.CreateAccountStatuses); got != c.want {
				t.Errorf("of the states %v there are %d creations, want %d", c.states, got, c.want)
			}
		}
	})
}

func TestAccountMoves(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		account := h.account(t).AccountId
		unit := h.unit(t, h.root, "destination")
		move := func(account, from, to string) error {
			_, err := h.MoveAccount(&model.MoveAccountRequest{AccountId: account, Body: &model.MoveAccountReqBody{SourceParentId: from, DestinationParentId: to}})
			return err
		}
		for name, c := range map[string]struct {
			account, from, to string
			status            int
		}{
			"an account that does not exist":        {"0123456789abcdef0123456789abcdef", h.root, unit, 404},
			"an account of another organization":    {other.key.Account, h.root, unit, 404},
			"a source that is not its parent":       {account, unit, h.root, 400},
			"a destination that does not exist":     {account, h.root, "ou-00000000000000000000", 404},
			"a destination in another organization": {account, h.root, other.root, 404},
			"the destination where it is":           {account, h.root, h.root, 400},
		} {
			if status, code := harness.HuaweiError(move(c.account, c.from, c.to)); status != c.status || code == "" {
				t.Errorf("%s: MoveAccount ends with %d %s, want %d", name, status, code, c.status)
			}
		}
		harness.WantHuawei(t, move(account, h.root, unit), 0, "")
		if p := h.parent(t, account); p.Id != unit || p.Type != "organizational_unit" || p.Name != "destination" {
			t.Errorf("the moved account is under %+v", p)
		}
		under := h.accounts(t, unit, 200)
		if len(under) != 1 || under[0].Id != account {
			t.Errorf("the unit has the accounts %v", under)
		}
	})
}

func TestAccountsComeInPages(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		var asked []string
		for range 7 {
			out := harness.Try(h.CreateAccount(&model.CreateAccountRequest{Body: &model.CreateAccountReqBody{Name: name(), Email: address()}})).Or(t)
			asked = append(asked, out.CreateAccountStatus.Id)
		}
		for _, id := range asked {
			h.await(t, id)
		}
		for size := range int32(9) {
			seen := map[string]bool{}
			all := h.accounts(t, "", size+1)
			for _, a := range all {
				seen[a.Id] = true
			}
			if len(all) != 8 || len(seen) != 8 {
				t.Errorf("in pages of %d there are %d accounts, %d of them different, want 8", size+1, len(all), len(seen))
			}
		}
		for _, limit := range []int32{0, 2001} {
			_, err := h.ListAccounts(&model.ListAccountsRequest{Limit: &limit})
			if status, _ := harness.HuaweiError(err); status != 400 {
				t.Errorf("a limit of %d ends with %d, want 400", limit, status)
			}
		}
		marker := "nowhere"
		_, err := h.ListAccounts(&model.ListAccountsRequest{Marker: &marker})
		if status, _ := harness.HuaweiError(err); status != 400 {
			t.Errorf("a marker that is none ends with %d, want 400", status)
		}
	})
}
