package scoring

import (
	"maps"
	"math"
	"slices"
	"sort"

	"github.com/rubric-project/rubric/models"
)

// SpreadOf describes how numbers are spread; it keeps the slice's order. Quartiles are of type 7 of Hyndman
// and Fan, Sample Quantiles in Statistical Packages, The American Statistician 50 (1996): linear between the
// order statistics at h = (n−1)p + 1, as in Excel's QUARTILE.INC and R's default.
func SpreadOf(values []float64) models.Spread {
	counts := map[float64]int{}
	for _, x := range values {
		counts[x]++
	}
	return spreadOfCounts(counts)
}

// spreadOfCounts is SpreadOf of numbers that are counted.
func spreadOfCounts(counts map[float64]int) models.Spread {
	values := slices.Sorted(maps.Keys(counts))
	values = slices.DeleteFunc(values, func(x float64) bool { return counts[x] == 0 })
	if len(values) == 0 {
		return models.Spread{}
	}
	sum, n := 0.0, 0
	upTo := make([]int, len(values)) // how many numbers are this one or less
	for i, x := range values {
		for range counts[x] { // one by one in sorted order, so that the order of recipients does not show in the last bit
			sum += x
		}
		n += counts[x]
		upTo[i] = n
	}
	nth := func(i int) float64 { return values[sort.SearchInts(upTo, i+1)] }
	return models.Spread{
		N:   n,
		Min: models.Some(values[0]), Max: models.Some(values[len(values)-1]),
		Q1: quantile(n, nth, 0.25), Median: quantile(n, nth, 0.5), Q3: quantile(n, nth, 0.75),
		Mean: models.Some(sum / float64(n)),
	}
}

// quantile is the p-quantile, type 7, of n numbers, n ≥ 1; nth gives them in ascending order, from 0.
func quantile(n int, nth func(int) float64, p float64) models.Figure {
	whole, part := math.Modf(float64(n-1) * p)
	at := int(whole)
	if part == 0 {
		return models.Some(nth(at))
	}
	return models.Some(nth(at) + part*(nth(at+1)-nth(at)))
}
