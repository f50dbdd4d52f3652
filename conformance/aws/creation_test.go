package aws_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

func (h *house) creations(t *testing.T, size int32, states ...types.CreateAccountState) []types.CreateAccountStatus {
	t.Helper()
	var all []types.CreateAccountStatus
	pages := organizations.NewListCreateAccountStatusPaginator(h, &organizations.ListCreateAccountStatusInput{States: states, MaxResults: &size})
	for pages.HasMorePages() {
		all = append(all, harness.Try(pages.NextPage(t.Context())).Or(t).CreateAccountStatuses...)
	}
	return all
}

func TestCreationsAreListedByState(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		mail := address()
		asked := map[string]types.CreateAccountState{}
		for range 3 {
			out := h.ask(t, &organizations.CreateAccountInput{AccountName: aws.String("listed"), Email: mail})
			asked[*out.Id] = out.State
		}
		succeeded, failed := types.CreateAccountStateSucceeded, types.CreateAccountStateFailed
		for _, c := range []struct {
			states []types.CreateAccountState
			want   int
		}{
			{nil, 3}, {[]types.CreateAccountState{succeeded}, 1}, {[]types.CreateAccountState{failed}, 2},
			{[]types.CreateAccountState{succeeded, failed}, 3}, {[]types.CreateAccountState{types.CreateAccountStateInProgress}, 0},
		} {
			for _, size := range []int32{1, 2, 20} {
				got := h.creations(t, size, c.states...)
				if len(got) != c.want {
					t.Errorf("of the states %v there are %d creations in pages of %d, want %d", c.states, len(got), size, c.want)
				}
				for _, one := range got {
					if asked[*one.Id] != one.State {
						t.Errorf("the creation %s is listed as %s, and was %s", *one.Id, one.State, asked[*one.Id])
					}
				}
			}
		}
		_, err := h.ListCreateAccountStatus(t.Context(), &organizations.ListCreateAccountStatusInput{States: []types.CreateAccountState{"DONE"}})
		code, _ := harness.AWSError(err)
		if code != invalid {
			t.Errorf("a state that does not exist ends with %s, want %s", code, invalid)
		}
	})
}

func TestCreationThatIsNotThere(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		foreign := other.ask(t, &organizations.CreateAccountInput{AccountName: aws.String("foreign"), Email: address()})
		for id, want := range map[string][2]string{
			"car-0123456789abcdef0123456789abcdef": {"CreateAccountStatusNotFoundException"},
			*foreign.Id:                            {"CreateAccountStatusNotFoundException"},
			"car-SHOUTED":                          {invalid, "INVALID_PATTERN"},
		} {
			_, err := h.DescribeCreateAccountStatus(t.Context(), &organizations.DescribeCreateAccountStatusInput{CreateAccountRequestId: &id})
			harness.WantAWS(t, err, want[0], want[1])
		}
	})
}
