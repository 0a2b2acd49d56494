package disclosure

import (
	"math"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
)

// shownSpread is the scores of a part, and which of their figures are shown.
type shownSpread struct {
	sorted                  []float64
	sum                     float64
	places                  int
	mean, median, quartiles bool
}

func newShownSpread(s *models.Spread, sorted []float64, share bool) *shownSpread {
	out := &shownSpread{sorted: sorted, places: withholding.Decimals(len(sorted), share), mean: s.Mean.Known(), median: s.Median.Known(), quartiles: s.Q1.Known()}
	for _, x := range sorted {
		out.sum += x
	}
	return out
}

// stands says which of the figures shown would be others, if some scores were replaced by as many.
func (s *shownSpread) other(gone, come []float64) (median, quartiles, mean bool) {
	if s.mean {
		sum := s.sum
		for k := range gone {
			sum += come[k] - gone[k]
		}
		n := float64(len(s.sorted))
		mean = math.Abs(sum-s.sum) > leastStep && models.RoundTo(sum/n, s.places) != models.RoundTo(s.sum/n, s.places)
	}
	median = s.median && s.moves(0.5, gone, come)
	quartiles = s.quartiles && (s.moves(0.25, gone, come) || s.moves(0.75, gone, come))
	return median, quartiles, mean
}

// moves says whether a quantile would be another one, rounded.
func (s *shownSpread) moves(p float64, gone, come []float64) bool {
	whole, part := math.Modf(float64(len(s.sorted)-1) * p)
	at := int(whole)
	was, is := s.sorted[at], s.after(at, gone, come)
	if part > 0 {
		was += part * (s.sorted[at+1] - was)
		is += part * (s.after(at+1, gone, come) - is)
	}
	return math.Abs(was-is) > leastStep && models.RoundTo(was, s.places) != models.RoundTo(is, s.places)
}

// after is the score at a place in order after the replacement.
func (s *shownSpread) after(place int, gone, come []float64) float64 {
	upTo := func(x float64) int {
		n, _ := slices.BinarySearchFunc(s.sorted, x, func(y, x float64) int {
			if y <= x {
				return -1
			}
			return 1
		})
		for k := range gone {
			if gone[k] <= x {
				n--
			}
			if come[k] <= x {
				n++
			}
		}
		return n
	}
	best := math.Inf(1)
	near := s.sorted[max(0, place-len(gone)):min(len(s.sorted), place+len(gone)+1)]
	for _, list := range [][]float64{near, come} {
		for _, x := range list {
			if x < best && upTo(x) > place {
				best = x
			}
		}
	}
	return best
}
