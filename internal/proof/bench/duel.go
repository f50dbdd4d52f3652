package main

import (
	"slices"
)

// A side is one of two that are measured in turns. It returns a rate.
type side func() (float64, error)

// A result is the medians of both sides, and the median of the ratios of each round.
type result struct{ ours, beside, ratio float64 }

// duel measures both sides in each round, every other time in the other order, so that a noisy moment of the machine meets both. The first
// round only warms up.
func duel(rounds int, ours, beside side) (result, error) {
	var a, b, ratios []float64
	for i := range rounds + 1 {
		order := []side{ours, beside}
		if i%2 == 1 {
			order = []side{beside, ours}
		}
		x, err := order[0]()
		if err != nil {
			return result{}, err
		}
		y, err := order[1]()
		if err != nil {
			return result{}, err
		}
		if i%2 == 1 {
			x, y = y, x
		}
		if i > 0 {
			a, b, ratios = append(a, x), append(b, y), append(ratios, x/y)
		}
	}
	return result{median(a), median(b), median(ratios)}, nil
}

func median[T int64 | float64](v []T) T {
	s := slices.Sorted(slices.Values(v))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}
