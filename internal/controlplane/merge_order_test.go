package controlplane_test

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

// appending is a tag policy that adds one value to a tag.
func appending(value string) string {
	return `{"tags":{"team":{"tag_key":{"@@assign":"team"},"tag_value":{"@@append":["` + value + `"]}}}}`
}

func TestPoliciesOnOneTargetMergeInTheOrderOfTheirCloud(t *testing.T) {
	t.Parallel()
	for p, want := range map[org.Partition]struct{ late, early string }{
		// Of attachment (AWS), and of creation whatever the attachment (Huawei Cloud).
		org.AWS:    {`"tag_value":["two","one"]`, `"tag_value":["one","two"]`},
		org.Huawei: {`"tag_value":["one","two"]`, `"tag_value":["one","two"]`},
	} {
		e := in(t, p)
		e.enable(org.TagPolicy)
		a := e.account("merged-account")
		one := e.policy(org.TagPolicy, "one", appending("one"))
		e.tick()
		two := e.policy(org.TagPolicy, "two", appending("two"))
		e.attach(two, string(e.root))
		e.attach(one, string(e.root))
		const head, tail = `{"tags":{"team":{"tag_key":"team",`, `}}}`
		check := func(says, want string) {
			t.Helper()
			found, err := e.effective(org.TagPolicy, a)
			if err != nil || found.Content != head+want+tail {
				t.Errorf("%s, %s: %s, %v", p, says, found.Content, err)
			}
		}
		check("the later one attached first", want.late)
		e.detach(two, string(e.root))
		e.attach(two, string(e.root))
		check("attached again behind the other", want.early)
	}
}
