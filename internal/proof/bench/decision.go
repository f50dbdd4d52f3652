package main

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"time"
)

const decisionBudget = time.Microsecond

var benchmark = regexp.MustCompile(`(?m)^Benchmark\S*\s+\d+\s+([0-9.]+) ns/op.*\s(\d+) allocs/op$`)

// decisions runs the policy engine's own benchmarks: a member's request under service control on four levels and its own identity policies, in the
// grammar of each cloud; on AWS under resource control as well.
func (b *bench) decisions(ctx context.Context) error {
	if err := b.decision(ctx, "BenchmarkAuthorize", "SCP, RCP and identity"); err != nil {
		return err
	}
	return b.decision(ctx, "BenchmarkAuthorizeGrammar5", "Huawei's grammar 5.0, SCP and identity")
}

func (b *bench) decision(ctx context.Context, name, says string) error {
	c := exec.CommandContext(ctx, "go", "test", "-run=^$", "-bench=^"+name+"$", "-benchtime=0.5s", "-count="+strconv.Itoa(b.rounds),
		"github.com/polity-cloud/polity/internal/policy")
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("go test: %w: %s", err, out)
	}
	var took []float64
	allocated := 0
	for _, m := range benchmark.FindAllSubmatch(out, -1) {
		ns, err := strconv.ParseFloat(string(m[1]), 64)
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(string(m[2]))
		if err != nil {
			return err
		}
		took, allocated = append(took, ns), max(allocated, n)
	}
	if len(took) == 0 {
		return fmt.Errorf("go test ran no benchmark: %s", out)
	}
	d := time.Duration(median(took))
	b.table.add(row{
		what: "policy decision: " + says + ", compiled", ours: fmt.Sprintf("%s (best %.0f ns), %d allocations", d, slices.Min(took), allocated), budget: "< 1 us, no allocation",
		verdict: verdict(d < decisionBudget && allocated == 0),
	})
	return nil
}
