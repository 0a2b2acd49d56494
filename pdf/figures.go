package pdf

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// number writes a figure with the given decimals.
func number(w *words.Words, f models.Figure, places int) string { return w.Number(f.Format(places)) }

// percent writes a share from 0 to 1 with one decimal.
func percent(w *words.Words, f models.Figure) string {
	v, ok := f.Get()
	if !ok {
		return f.Format(0)
	}
	return w.Percent(models.Some(v * 100).Format(1))
}

// score writes a score by the method in force.
func (p *Printer) score(f models.Figure) string {
	if p.methodInfo().Score.Share() {
		return percent(p.words, f)
	}
	return number(p.words, f, 2)
}

// share is how far along the scale a score lies, from 0 to 1.
func (p *Printer) share(v float64) float64 {
	if p.methodInfo().Score.Share() {
		return v
	}
	s := p.template.LevelScale()
	low, high := float64(s.Lowest()), float64(s.Highest())
	return (v - low) / (high - low)
}
