package disclosure

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
)

// oneLevel says that one step holds all answers but two, or more: whoever knows the two others knows every answer.
func oneLevel(counts []int) bool {
	n, most := 0, 0
	for _, x := range counts {
		n, most = n+x, max(most, x)
	}
	return n > 0 && most >= n-known
}

// ends are the least and the greatest a score can be, and gap is the width below which an interval tells the score: half
// a level, or ten points of an achievement.
type ends struct{ low, high, gap float64 }

// endsOf are those of a score: the overall one, or another.
func (p *planning) endsOf(score int) ends {
	if p.isShare(score) {
		return ends{0, 1, 0.1}
	}
	scale := p.Template.LevelScale()
	return ends{float64(scale.Lowest()), float64(scale.Highest()), 0.5}
}

// isShare says that a score is an achievement.
func (p *planning) isShare(score int) bool { return score > 0 && p.Scoring.Info().Score.Share() }

// tight says that taking away any two of the scores can leave a rest that lies closer together than the gap.
func (e ends) tight(sorted []float64) bool {
	n := len(sorted)
	if n <= known {
		return true
	}
	for low := range known + 1 {
		if sorted[n-1-(known-low)]-sorted[low] < e.gap-leastStep {
			return true
		}
	}
	return false
}

// leastStep is less than any difference of scores that counts, and more than what computing with binary fractions leaves.
const leastStep = 1e-9

// pressed says that the mean lies so near an end of the scale that, two scores known, each other one is known to less than
// the gap: it can be no further from the end than all of them are together.
func (e ends) pressed(sorted []float64) bool {
	n := len(sorted)
	if n <= known {
		return true
	}
	above, below := 0.0, 0.0
	for _, x := range sorted[known:] { // the two lowest are known: the least room upwards is left
		above += e.high - x
	}
	for _, x := range sorted[:n-known] {
		below += x - e.low
	}
	return min(above, below) < e.gap-leastStep
}

// rounded is a spread as it may be shown: rounded, and without what is withheld. The ends always are.
func rounded(s models.Spread, why withholding.Spread, share bool) models.Spread {
	out := models.Spread{N: s.N}
	take := func(to *models.Figure, from models.Figure, reason withholding.Reason) {
		if x, ok := from.Get(); ok && reason == "" {
			*to = models.Some(models.RoundTo(x, withholding.Decimals(s.N, share)))
		}
	}
	take(&out.Mean, s.Mean, why.Mean)
	take(&out.Median, s.Median, why.Median)
	take(&out.Q1, s.Q1, why.Quartiles)
	take(&out.Q3, s.Q3, why.Quartiles)
	return out
}

func sortedScores(list []models.Figure) []float64 {
	var out []float64
	for _, f := range list {
		if x, ok := f.Get(); ok {
			out = append(out, x)
		}
	}
	slices.Sort(out)
	return out
}
