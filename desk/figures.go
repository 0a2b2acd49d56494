package desk

import (
	"context"
	"math"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// What a choice is in figures.Choices where it is no step of a scale.
const (
	choiceNone  = int8(-1) // no return counts, or the criterion is not asked of the recipient
	choiceBlank = int8(-2)
	choiceNA    = int8(-3)
)

// figures are what pages of results ask for again and again, for every recipient in the order of the list. They are worked
// out once for a look at the round.
type figures struct {
	// Choices has a line for each recipient and a column for each criterion: the number of the step, or one of the above.
	Choices [][]int8
	// Topics are the scores by topic, and Overall those over all; NaN where there is none.
	Topics  [][]float32
	Overall []float32
	// Refs are the places of criteria in a line.
	Refs map[string]int
}

// figuresOf works the figures out.
func (c *call) figures() (*figures, error) {
	return once(c.view, "figures", func() (*figures, error) { return work(c.r.Context(), c.cfg.Office.Jobs, c.view) })
}

func work(ctx context.Context, jobs int, v *view) (*figures, error) {
	t, in := v.Folder.Template, v.Intake
	n := len(in.Members)
	f := &figures{Choices: make([][]int8, n), Topics: make([][]float32, n), Overall: make([]float32, n), Refs: map[string]int{}}
	for i := range t.Criteria {
		f.Refs[t.Criteria[i].Ref] = i
	}
	o := v.office
	err := o.Each(ctx, "", n, func(i int) error {
		f.Overall[i] = float32(math.NaN())
		ret := in.Members[i].Return
		if ret == nil {
			return nil
		}
		card := in.Scorecard(i)
		line := make([]int8, len(t.Criteria))
		for k := range line {
			line[k] = choiceNone
		}
		for _, a := range ret.Answers() {
			k, ok := f.Refs[a.Ref]
			if !ok || !t.Criteria[k].Applies(in.Members[i].Recipient.Groups) {
				continue
			}
			line[k] = choiceOf(a.Level.Value)
		}
		f.Choices[i] = line
		f.Topics[i] = make([]float32, len(card.Topics))
		for k, x := range card.Topics {
			f.Topics[i][k] = number(x.Score.Value)
		}
		f.Overall[i] = number(card.Overall.Score.Value)
		return ctx.Err()
	})
	return f, err
}

func choiceOf(c models.Choice) int8 {
	switch n, ok := c.Number(); {
	case ok:
		return int8(n)
	case c.IsNotApplicable():
		return choiceNA
	}
	return choiceBlank
}

func number(x models.Figure) float32 {
	if v, ok := x.Get(); ok {
		return float32(v)
	}
	return float32(math.NaN())
}

// scale is how a score is written and shaded.
type scale struct {
	measure   methods.Measure
	low, high float64
}

func (c *call) scaleOf(m methods.Measure) scale {
	if m.Share() {
		return scale{m, 0, 1}
	}
	s := c.view.Folder.Template.LevelScale()
	return scale{m, float64(s.Lowest()), float64(s.Highest())}
}

// text writes a score of this kind, with as many decimals as it has; "–" for none.
func (c *call) score(s scale, x models.Figure) string {
	v, ok := x.Get()
	switch {
	case !ok:
		return "–"
	case s.measure.Share():
		return c.Number(math.Floor(v*1000+0.5)/10, 0) + "\u00a0%"
	case s.measure.Whole() && v == math.Trunc(v):
		return c.Number(v, 0)
	}
	return c.Number(math.Floor(v*100+0.5)/100, 2)
}

// shade is the class of a cell: v0 for the lowest to v10 for the highest. Equal shades are equal figures to the eye.
func (s scale) shade(x models.Figure) string {
	v, ok := x.Get()
	if !ok || s.high <= s.low {
		return "na"
	}
	return shadeOf((v - s.low) / (s.high - s.low))
}

func shadeOf(part float64) string {
	return "v" + []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}[int(math.Max(0, math.Min(1, part))*10+0.5)]
}

// group is the recipients that a page is about: those with a value in a column, or all.
type group struct{ Column, Value string }

// groupFrom reads a group from an address: COLUMN=VALUE, or "" for all.
func groupFrom(text string) group {
	column, value, ok := strings.Cut(text, "=")
	if !ok {
		return group{}
	}
	return group{column, value}
}

func (g group) String() string {
	if g.Column == "" {
		return ""
	}
	return g.Column + "=" + g.Value
}

func (g group) has(rc models.Recipient) bool { return g.Column == "" || rc.Groups[g.Column] == g.Value }

// viewOf is the figures of a group; nil where there is no such group.
func viewOf(x *models.Consolidation, g group) *models.GroupView {
	if g.Column == "" {
		return &x.All
	}
	for i := range x.Groups {
		if x.Groups[i].Column == g.Column && x.Groups[i].Value == g.Value {
			return &x.Groups[i]
		}
	}
	return nil
}

// criteriaOf are how a group answered each criterion.
func criteriaOf(x *models.Consolidation, g *models.GroupView) []models.CriterionView {
	if g.Column == "" {
		return x.Criteria
	}
	return g.Criteria
}

// consolidation is the scores of all, worked out once for a look at the round.
func (c *call) consolidation() (*models.Consolidation, error) {
	return once(c.view, "consolidation", func() (*models.Consolidation, error) {
		x := c.view.Intake.Consolidation()
		return &x, nil
	})
}
