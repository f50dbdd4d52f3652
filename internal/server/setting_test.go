package server

import (
	"io"
	"testing"

	"github.com/polity-cloud/polity/internal/workflow"
)

func TestThePlaneKeepsThePaceAndTheEditionThatAreSet(t *testing.T) {
	t.Parallel()
	for _, set := range []bool{false, true} {
		c := twinConfig(io.Discard)
		if c.Edition2024 = set; set {
			c.Pace = workflow.Realistic
		}
		s := open(t, c)
		if s.plane.Realistic != set || s.plane.Edition2024 != set {
			t.Errorf("set %t: realistic %t, 2024 %t", set, s.plane.Realistic, s.plane.Edition2024)
		}
		shut(t, s)
	}
}
