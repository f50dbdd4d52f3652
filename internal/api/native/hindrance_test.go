package native

import (
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestEveryHindranceHasAName(t *testing.T) {
	t.Parallel()
	var all org.Hindrance
	for _, h := range hindrances {
		all |= h
	}
	for _, p := range org.Partitions {
		for _, row := range org.RulesOf(p).Hinderings {
			if all&row.By == 0 {
				t.Errorf("%s: nobody can say that %s", p, row.Says)
			}
		}
		for _, row := range org.RulesOf(p).Failings {
			if all&row.By == 0 {
				t.Errorf("%s: nobody can say that %s", p, row.Says)
			}
		}
	}
	if int(all) != 1<<len(hindrances)-1 {
		t.Errorf("%d names for %b", len(hindrances), all)
	}
}
