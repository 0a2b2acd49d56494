package desk

import (
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
)

// planPart is the plan of what the edition may show, in words, before it is made.
type planPart struct {
	Minimum, Mean, Median, Quartiles int
	Rows                             []planRow
	LeftOut                          []planLeftOut
	AsOf                             time.Time
	More                             int
	Problem                          string
}

type planRow struct {
	Name, Column  string
	N             int
	Shown, Hidden string
}

type planLeftOut struct{ Ref, Why string }

// plan is worked out once for a look at the round.
func (c *call) plan() (*planPart, error) {
	if c.view.Intake == nil || tallyOf(c.view).answered == 0 {
		return nil, nil
	}
	type worked struct {
		plan *models.Disclosure
		asOf time.Time
		err  error
	}
	w, _ := once(c.view, "plan", func() (worked, error) {
		plan, asOf, err := c.office().Disclosure(c.r.Context(), c.view.Folder, c.view.Intake)
		return worked{plan, asOf, err}, nil
	})
	if w.err != nil {
		return &planPart{Problem: w.err.Error()}, nil
	}
	out := &planPart{Minimum: w.plan.Minimum, Mean: w.plan.LeastForMean(), Median: w.plan.LeastForMedian(), Quartiles: w.plan.LeastForQuartiles(), AsOf: w.asOf}
	out.Rows = append(out.Rows, c.planRow(c.T("All returns"), "", &w.plan.Consolidation.All, &w.plan.All, out))
	for i := range w.plan.Groups {
		if i >= mostGroups {
			out.More = len(w.plan.Groups) - i
			break
		}
		g := &w.plan.Consolidation.Groups[i]
		out.Rows = append(out.Rows, c.planRow(g.Value, g.Column, g, &w.plan.Groups[i], out))
	}
	for _, x := range w.plan.LeftOut {
		out.LeftOut = append(out.LeftOut, planLeftOut{x.Ref, c.reason(x.Reason)})
	}
	return out, nil
}

// planRow says of one group what is shown and what is kept back, by kind of figure. What differs from topic to topic is
// counted.
func (c *call) planRow(name, column string, g *models.GroupView, why *withholding.Group, plan *planPart) planRow {
	row := planRow{Name: name, Column: column, N: g.Returned}
	if why.Group != "" {
		row.Shown, row.Hidden = c.T("the number of returns alone"), c.reason(why.Group)
		return row
	}
	var shown, hidden []string
	for _, kind := range []struct {
		name   string
		needs  int
		reason func(withholding.Spread) withholding.Reason
	}{
		{c.T("mean"), plan.Mean, func(s withholding.Spread) withholding.Reason { return s.Mean }},
		{c.T("median"), plan.Median, func(s withholding.Spread) withholding.Reason { return s.Median }},
		{c.T("middle half"), plan.Quartiles, func(s withholding.Spread) withholding.Reason { return s.Quartiles }},
	} {
		by := map[withholding.Reason]int{}
		for _, s := range why.Topics {
			by[kind.reason(s)]++
		}
		n := len(why.Topics)
		switch {
		case by[""] == n:
			shown = append(shown, kind.name)
			continue
		case by[""] > 0:
			shown = append(shown, c.T("%s of %d topics", kind.name, by[""]))
		}
		for _, r := range []withholding.Reason{withholding.Few, withholding.Alike, withholding.Derived, withholding.Chosen} {
			switch {
			case by[r] == 0:
			case r == withholding.Few:
				hidden = append(hidden, c.T("%s: it needs %d returns, there are %d", kind.name, kind.needs, g.Returned))
			case by[r] == n:
				hidden = append(hidden, kind.name+": "+c.reason(r))
			default:
				hidden = append(hidden, c.T("%s of %d topics", kind.name, by[r])+": "+c.reason(r))
			}
		}
	}
	row.Shown, row.Hidden = strings.Join(shown, ", "), strings.Join(hidden, "; ")
	if row.Shown == "" {
		row.Shown = c.T("the number of returns alone")
	}
	return row
}

// reason says why a figure is kept back.
func (c *call) reason(r withholding.Reason) string {
	switch r {
	case withholding.Few:
		return c.T("too few returns stand behind it")
	case withholding.Alike:
		return c.T("the answers are so alike that it tells single ones")
	case withholding.Derived:
		return c.T("what is kept back could be worked out from it")
	case withholding.Chosen:
		return c.T("the office leaves it out")
	}
	return string(r)
}
