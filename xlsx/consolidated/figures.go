package consolidated

import (
	"math"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// tally is the answers of one member to a run of criteria, or of all members to one.
type tally struct {
	n, blank, na int
	notAsked     int
	sum          int64 // of the numbers
	wsum, w      int64 // of weight times number, and of the weights, in thousandths
	lowest       int16
}

func (t *tally) add(level int16, weight int64) {
	switch level {
	case blankAnswer:
		t.blank++
		return
	case notApplicable:
		t.na++
		return
	case notAsked:
		t.notAsked++
		return
	}
	if t.n == 0 || level < t.lowest {
		t.lowest = level
	}
	t.n++
	t.sum += int64(level)
	t.wsum += weight * int64(level)
	t.w += weight
}

// row tallies member i's answers to the criteria first to last.
func (b *book) row(i, first, last int) tally {
	var t tally
	for c := first; c <= last; c++ {
		t.add(b.level(i, c), b.criteria[c].weight)
	}
	return t
}

// column tallies all answers to criterion c.
func (b *book) column(c int) tally {
	var t tally
	for i := range b.members {
		t.add(b.level(i, c), 1000)
	}
	return t
}

// mean is the weighted mean.
func (t *tally) mean() models.Figure {
	if t.n == 0 {
		return models.Figure{}
	}
	return models.Some(float64(t.wsum) / float64(t.w))
}

// achievement is the share of what full marks on the scale would be, 0 to 1.
func (t *tally) achievement(scale models.Scale) models.Figure {
	if t.n == 0 || len(scale) < 2 {
		return models.Figure{}
	}
	low, span := int64(scale.Lowest()), int64(scale.Highest()-scale.Lowest())
	return models.Some(float64(t.wsum-low*t.w) / float64(span*t.w))
}

// sum adds as LibreOffice does (Neumaier's compensated sum), so that cached values agree to the last digit.
func sum(xs []float64) float64 {
	var s, c float64
	for _, x := range xs {
		t := s + x
		if math.Abs(s) >= math.Abs(x) {
			c += (s - t) + x
		} else {
			c += (x - t) + s
		}
		s = t
	}
	return s + c
}

// spread is the numbers that a column of scores has, sorted.
type spread []float64

func spreadOf(figures []models.Figure) spread {
	s := make(spread, 0, len(figures))
	for _, f := range figures {
		if x, ok := f.Get(); ok {
			s = append(s, x)
		}
	}
	slices.Sort(s)
	return s
}

// mean takes the numbers in the order in which the sheet has them.
func meanOf(figures []models.Figure) models.Figure {
	xs := make([]float64, 0, len(figures))
	for _, f := range figures {
		if x, ok := f.Get(); ok {
			xs = append(xs, x)
		}
	}
	if len(xs) == 0 {
		return models.Figure{}
	}
	return models.Some(sum(xs) / float64(len(xs)))
}

// quartile is QUARTILE.INC: linear interpolation (type 7 of Hyndman and Fan 1996). q is 0 to 4.
func (s spread) quartile(q int) models.Figure {
	if len(s) == 0 {
		return models.Figure{}
	}
	if q == 2 {
		m := len(s) / 2
		if len(s)%2 == 1 {
			return models.Some(s[m])
		}
		return models.Some((s[m-1] + s[m]) / 2)
	}
	at := float64(q) / 4 * float64(len(s)-1)
	i := int(at)
	if i >= len(s)-1 {
		return models.Some(s[len(s)-1])
	}
	return models.Some(s[i] + (at-float64(i))*(s[i+1]-s[i]))
}

// shown is the value of a formula that gives "" where there is no figure.
func shown(f models.Figure) sheetdata.Value {
	if x, ok := f.Get(); ok {
		return sheetdata.Num(x)
	}
	return sheetdata.Str("")
}

// share is n of total, "" where the total is 0.
func share(n, total int) models.Figure {
	if total == 0 {
		return models.Figure{}
	}
	return models.Some(float64(n) / float64(total))
}
