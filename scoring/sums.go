package scoring

import (
	"math/big"
	"slices"

	"github.com/rubric-project/rubric/models"
)

// ratio is an exact quotient of whole numbers; a denominator of 0 stands for no figure. The numbers stay
// below 2^53 (1000 criteria × weight 1,000,000 thousandths × 27), so that the division is right to the last bit.
type ratio struct{ num, den int64 }

func (r ratio) figure() models.Figure {
	if r.den == 0 {
		return models.Figure{}
	}
	return models.Some(float64(r.num) / float64(r.den))
}

// interval is a value, and its ends were every blank the lowest choice, or the highest.
type interval struct{ value, low, high ratio }

func (iv interval) figures() models.Range {
	return models.Range{Value: iv.value.figure(), Low: iv.low.figure(), High: iv.high.figure()}
}

// averageOf is the mean of quotients, exact up to the last rounding to a float64; those without a figure are
// left out.
func averageOf(list []ratio) models.Figure {
	sum, n := new(big.Rat), int64(0)
	for _, r := range list {
		if r.den == 0 {
			continue
		}
		sum.Add(sum, big.NewRat(r.num, r.den))
		n++
	}
	if n == 0 {
		return models.Figure{}
	}
	f, _ := sum.Quo(sum, new(big.Rat).SetInt64(n)).Float64()
	return models.Some(f)
}

// sums is what the answers to a group of criteria add up to.
type sums struct {
	tally       models.Tally
	mean        interval
	achievement interval
	lowest      models.Range
	median      models.Figure
}

// add sums up the answers to a group of criteria.
func (sc *Scorer) add(g *group, choices []models.Choice) sums {
	s := sums{tally: models.Tally{Criteria: len(g.members)}}
	if g.scale != nil {
		s.tally.Distribution = make([]models.StepCount, len(g.scale))
		for i, step := range g.scale {
			s.tally.Distribution[i].Number = step.Number
		}
	}
	for _, at := range g.members {
		it, choice := &sc.items[at], choices[at]
		switch n, ok := choice.Number(); {
		case ok:
			s.tally.Answered++
			s.mean.value.plus(it.weight*int64(n), it.weight)
			s.achievement.value.plus(it.weight*it.worth(n, sc.unit), it.weight*sc.unit)
			if g.scale != nil {
				s.tally.Distribution[n-g.scale.Lowest()].Count++
			}
		case choice.IsNotApplicable():
			s.tally.NotApplicable++
		default:
			s.tally.Blank++
			s.mean.low.plus(it.weight*int64(it.low), it.weight)
			s.mean.high.plus(it.weight*int64(it.high), it.weight)
			s.achievement.low.plus(0, it.weight*sc.unit)
			s.achievement.high.plus(it.weight*sc.unit, it.weight*sc.unit)
		}
	}
	for _, iv := range []*interval{&s.mean, &s.achievement} {
		iv.low.plus(iv.value.num, iv.value.den)
		iv.high.plus(iv.value.num, iv.value.den)
	}
	if g.scale == nil {
		s.mean = interval{}
		return s
	}
	s.median = median(s.tally.Distribution, s.tally.Answered)
	s.lowest = lowestOf(&s.tally, g.scale)
	return s
}

func (r *ratio) plus(num, den int64) { r.num, r.den = r.num+num, r.den+den }

// median is the middle number of n answers, or the mean of the middle two.
func median(distribution []models.StepCount, n int) models.Figure {
	if n == 0 {
		return models.Figure{}
	}
	return ratio{int64(nth(distribution, (n-1)/2) + nth(distribution, n/2)), 2}.figure()
}

// nth is the number of the answer at place k, counted from 0 in ascending order.
func nth(distribution []models.StepCount, k int) int {
	for _, step := range distribution {
		if k < step.Count {
			return step.Number
		}
		k -= step.Count
	}
	return 0
}

// lowestOf is the lowest number answered, with its range.
func lowestOf(t *models.Tally, scale models.Scale) models.Range {
	var r models.Range
	at := slices.IndexFunc(t.Distribution, func(s models.StepCount) bool { return s.Count > 0 })
	if at >= 0 {
		x := models.Some(float64(t.Distribution[at].Number))
		r = models.Range{Value: x, Low: x, High: x}
	}
	if t.Blank > 0 {
		r.Low = models.Some(float64(scale.Lowest()))
		if at < 0 {
			r.High = models.Some(float64(scale.Highest()))
		}
	}
	return r
}
