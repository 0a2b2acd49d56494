package scoring

import (
	"math"
	"slices"

	"github.com/rubric-project/rubric/models"
)

// SpreadOf describes how numbers are spread; it keeps the slice's order. Quartiles are of type 7 of Hyndman
// and Fan, Sample Quantiles in Statistical Packages, The American Statistician 50 (1996): linear between the
// order statistics at h = (n−1)p + 1, as in Excel's QUARTILE.INC and R's default.
func SpreadOf(values []float64) models.Spread {
	n := len(values)
	if n == 0 {
		return models.Spread{}
	}
	sorted := slices.Sorted(slices.Values(values))
	sum := 0.0
	for _, x := range sorted { // in sorted order, so that the order of recipients does not show in the last bit
		sum += x
	}
	return models.Spread{
		N:   n,
		Min: models.Some(sorted[0]), Max: models.Some(sorted[n-1]),
		Q1: quantile(sorted, 0.25), Median: quantile(sorted, 0.5), Q3: quantile(sorted, 0.75),
		Mean: models.Some(sum / float64(n)),
	}
}

// quantile is the p-quantile, type 7, of at least one number in ascending order.
func quantile(sorted []float64, p float64) models.Figure {
	whole, part := math.Modf(float64(len(sorted)-1) * p)
	at := int(whole)
	if part == 0 {
		return models.Some(sorted[at])
	}
	return models.Some(sorted[at] + part*(sorted[at+1]-sorted[at]))
}
