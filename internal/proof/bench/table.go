package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// A row is one figure beside another.
type row struct {
	what, ours, beside, ratio, budget, verdict string
}

type table []row

func (t *table) add(r row) { *t = append(*t, r) }

func (t table) print(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range append(table{{"what", "polity", "beside", "ratio", "budget", "verdict"}}, t...) {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", r.what, r.ours, r.beside, r.ratio, r.budget, r.verdict)
	}
	return tw.Flush()
}

func verdict(met bool) string {
	if met {
		return "met"
	}
	return "NOT MET"
}

func perSecond(f float64) string { return fmt.Sprintf("%.0f/s", f) }

func times(f float64) string { return fmt.Sprintf("%.2f", f) }
