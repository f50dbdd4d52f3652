package aws_test

import (
	"maps"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

func TestCreationIsInProgressFirst(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		out := harness.Try(h.CreateAccount(t.Context(), &organizations.CreateAccountInput{AccountName: aws.String("first"), Email: address()})).Or(t)
		asked := out.CreateAccountStatus
		if asked.State != types.CreateAccountStateInProgress || !regexp.MustCompile(`^car-[a-z0-9]{8,32}$`).MatchString(*asked.Id) {
			t.Errorf("CreateAccount answers %s, %s", asked.State, *asked.Id)
		}
		if *asked.AccountName != "first" || asked.AccountId != nil || asked.CompletedTimestamp != nil || asked.RequestedTimestamp == nil || asked.FailureReason != "" {
			t.Errorf("a creation in progress tells more or less than it knows: %+v", asked)
		}
		made := h.await(t, asked.Id)
		if made.State != types.CreateAccountStateSucceeded || made.AccountId == nil || !regexp.MustCompile(`^\d{12}$`).MatchString(*made.AccountId) {
			t.Fatalf("the creation ends %s, %s", made.State, made.FailureReason)
		}
		if !made.RequestedTimestamp.Equal(*asked.RequestedTimestamp) || made.CompletedTimestamp.Before(*made.RequestedTimestamp) {
			t.Errorf("the creation was asked for at %s and ended at %s", made.RequestedTimestamp, made.CompletedTimestamp)
		}
	})
}

// Clients read the account as soon as its creation has succeeded, and do not ask twice.
func TestAccountIsThereWhenItsCreationHasSucceeded(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		mail := address()
		made := h.ask(t, &organizations.CreateAccountInput{
			AccountName: aws.String("there"), Email: mail, Tags: []types.Tag{tag("team", "red"), tag("empty", "")},
		})
		a := h.describe(t, *made.AccountId)
		if h.parent(t, *made.AccountId) != h.root {
			t.Error("the account is not under the root")
		}
		if !slices.ContainsFunc(h.accounts(t, 20), func(b types.Account) bool { return *b.Id == *made.AccountId && *b.Email == *mail }) {
			t.Error("the account is not listed")
		}
		if *a.Name != "there" || *a.Email != *mail || *a.Arn != h.arn("account", h.id+"/"+*made.AccountId) {
			t.Errorf("the account is %s, %s, %s", *a.Name, *a.Email, *a.Arn)
		}
		//lint:ignore SA1019 old clients read it
		if a.State != types.AccountStateActive || a.Status != types.AccountStatusActive || a.JoinedMethod != types.AccountJoinedMethodCreated {
			t.Errorf("the account is %s and %s, joined %s", a.State, a.Status, a.JoinedMethod)
		}
		if a.JoinedTimestamp == nil || time.Since(*a.JoinedTimestamp).Abs() > time.Hour {
			t.Errorf("the account joined at %v", a.JoinedTimestamp)
		}
		if want := []string{h.id + "/" + h.root + "/" + *made.AccountId + "/"}; !slices.Equal(a.Paths, want) {
			t.Errorf("the account's paths are %v, want %v", a.Paths, want)
		}
		if want, got := map[string]string{"team": "red", "empty": ""}, h.tags(t, *made.AccountId); !maps.Equal(got, want) {
			t.Errorf("the account's tags are %v, want %v", got, want)
		}
	})
}

func TestCreationEndsForAnAddressThatItMayNotHave(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		taken := "Taken-" + *address()
		h.ask(t, &organizations.CreateAccountInput{AccountName: aws.String("holder"), Email: &taken})
		before := h.accounts(t, 20)
		for name, c := range map[string]struct {
			house *house
			email string
			want  types.CreateAccountFailureReason
		}{
			"taken in the same organization":  {h, taken, types.CreateAccountFailureReasonEmailAlreadyExists},
			"taken in another organization":   {other, taken, types.CreateAccountFailureReasonEmailAlreadyExists},
			"taken in other letters":          {other, "tAKEN-" + taken[len("Taken-"):], types.CreateAccountFailureReasonEmailAlreadyExists},
			"with a bracket before the @":     {h, "a(b)" + *address(), types.CreateAccountFailureReasonInvalidEmail},
			"that begins with a dot":          {h, "." + *address(), types.CreateAccountFailureReasonInvalidEmail},
			"whose domain ends with a hyphen": {h, "someone@corp.example-", types.CreateAccountFailureReasonInvalidEmail},
			"whose domain has an underscore":  {h, "someone@my_corp.example", types.CreateAccountFailureReasonInvalidEmail},
		} {
			ended := c.house.ask(t, &organizations.CreateAccountInput{AccountName: aws.String("refused"), Email: &c.email})
			if ended.State != types.CreateAccountStateFailed || ended.FailureReason != c.want || ended.AccountId != nil || ended.CompletedTimestamp == nil {
				t.Errorf("an address %s: the creation ends %s, %s, account %v; want FAILED, %s", name, ended.State, ended.FailureReason, ended.AccountId, c.want)
			}
		}
		if after := h.accounts(t, 20); len(after) != len(before) {
			t.Errorf("failed creations leave %d accounts, there were %d", len(after), len(before))
		}
	})
}

func TestCreationIsRefusedAtOnce(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		many := make([]types.Tag, 51)
		for i := range many {
			many[i] = tag("key-"+string(rune('a'+i%26))+string(rune('a'+i/26)), "")
		}
		long := string(make([]byte, 0, 64)) + "a-very-long-local-part-of-an-address-that-is-too-long@corp.example.example"
		for name, c := range map[string]struct {
			in           organizations.CreateAccountInput
			code, reason string
		}{
			"an address without @":     {organizations.CreateAccountInput{Email: aws.String("nobody.example")}, invalid, "INVALID_PATTERN"},
			"an address too short":     {organizations.CreateAccountInput{Email: aws.String("a@b.c")}, invalid, "MIN_LENGTH_EXCEEDED"},
			"an address too long":      {organizations.CreateAccountInput{Email: &long}, invalid, "MAX_LENGTH_EXCEEDED"},
			"an empty name":            {organizations.CreateAccountInput{AccountName: aws.String("")}, invalid, "MIN_LENGTH_EXCEEDED"},
			"a name of 51 characters":  {organizations.CreateAccountInput{AccountName: aws.String("012345678901234567890123456789012345678901234567890")}, invalid, "MAX_LENGTH_EXCEEDED"},
			"a name that is not ASCII": {organizations.CreateAccountInput{AccountName: aws.String("Zoë")}, invalid, "INVALID_PATTERN"},
			"a role of a service":      {organizations.CreateAccountInput{RoleName: aws.String("AWSServiceRoleForFun")}, invalid, "INVALID_ROLE_NAME"},
			"a role with a blank":      {organizations.CreateAccountInput{RoleName: aws.String("my role")}, invalid, "INVALID_PATTERN"},
			"an odd billing access":    {organizations.CreateAccountInput{IamUserAccessToBilling: "MAYBE"}, invalid, "INVALID_ENUM"},
			"a system tag":             {organizations.CreateAccountInput{Tags: []types.Tag{tag("aws:x", "")}}, invalid, "INVALID_SYSTEM_TAGS_PARAMETER"},
			"a tag key twice":          {organizations.CreateAccountInput{Tags: []types.Tag{tag("k", "1"), tag("k", "2")}}, invalid, "DUPLICATE_TAG_KEY"},
			"51 tags":                  {organizations.CreateAccountInput{Tags: many}, constraint, "MAX_TAG_LIMIT_EXCEEDED"},
		} {
			if c.in.AccountName == nil {
				c.in.AccountName = aws.String("refused")
			}
			if c.in.Email == nil {
				c.in.Email = address()
			}
			_, err := h.CreateAccount(t.Context(), &c.in)
			code, reason := harness.AWSError(err)
			if code != c.code || reason != c.reason {
				t.Errorf("%s: CreateAccount ends with %s %s, want %s %s", name, code, reason, c.code, c.reason)
			}
		}
		recorded := harness.Try(h.ListCreateAccountStatus(t.Context(), &organizations.ListCreateAccountStatusInput{})).Or(t)
		if len(recorded.CreateAccountStatuses) != 0 {
			t.Errorf("refused requests are recorded: %v", recorded.CreateAccountStatuses)
		}
	})
}

func TestRoleNameIsTaken(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		made := h.ask(t, &organizations.CreateAccountInput{AccountName: aws.String("entered"), Email: address(), RoleName: aws.String("Way.In")})
		assume(t, s, h.key, *made.AccountId, "Way.In")
		_, err := tryAssume(t, s, h.key, *made.AccountId, "OrganizationAccountAccessRole")
		harness.WantAWS(t, err, "AccessDenied", "")
	})
}

func TestAccountThatIsNotThere(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		for account, want := range map[string][2]string{
			"000000000001":    {"AccountNotFoundException"},
			other.key.Account: {"AccountNotFoundException"},
			"12345":           {invalid, "INVALID_PATTERN"},
		} {
			_, err := h.DescribeAccount(t.Context(), &organizations.DescribeAccountInput{AccountId: &account})
			harness.WantAWS(t, err, want[0], want[1])
		}
	})
}
