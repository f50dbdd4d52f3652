package history

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
)

// An ask is what a caller asks for. What the fields mean is the deed's.
type ask struct {
	deed     *deed
	id       string // of what the deed is about
	name     string // a name, an address or a tag's value
	from, to string
}

func (a ask) String() string {
	return strings.Join(slices.DeleteFunc([]string{a.deed.says, a.id, a.name, a.from, a.to}, func(s string) bool { return s == "" }), " ")
}

// An answer is what a deed answers. A refusal has a reason and nothing else.
type answer struct {
	reason  org.Reason
	failure org.Failure // of a creation
	id      string      // of what was made
	seen    string      // what was read
	version int64       // of the organization, that the deed made or saw; zero when unknown
}

func (a answer) String() string {
	said := strings.TrimSpace(fmt.Sprint(a.reason, a.failure, a.id, " ", a.seen))
	if a.version > 0 {
		said += fmt.Sprint(" at ", a.version)
	}
	return said
}

// refusal is the answer of a deed that failed, or that one if it did not.
func refusal(err error, otherwise answer) answer {
	if err != nil {
		return answer{reason: org.ReasonOf(err)}
	}
	return otherwise
}

// A deed is one thing that callers do.
type deed struct {
	says    string
	weight  int // how often it is done; never by chance when zero
	changes bool
	draw    func(c *caller) ask
	do      func(ctx context.Context, c *caller, a ask) answer
	// step is the deed in the model: the state after it, and the answer, whose id and version it takes from the one that was given.
	step func(s state, a ask, given answer) (state, answer)
}

// deeds are all of them.
func deeds() []*deed {
	return slices.Concat(unitDeeds, accountDeeds, policyDeeds, attachmentDeeds, tagDeeds)
}
