package desk

import (
	"fmt"
	"math"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// resultsPage is the groups by topic, and what one figure of it rests on.
type resultsPage struct {
	Unit     string // what the figures are
	Columns  []string
	All      heatRow
	Groups   []heatGroup
	More     string // of the groups that are not shown
	Swatches []heatCell
	Levels   *levelsTable
	Drill    *drill
	Spread   []spreadRow
	Chosen   string // the group beside all, in the spread
	Steps    []string
	Comments *commentsPart
	N        int
	Said     *headlinesPart
}

// heatGroup is the rows of one column of the recipients list.
type heatGroup struct {
	Name string
	Rows []heatRow
}

type heatRow struct {
	Name, To string
	N        int
	Cells    []heatCell
}

// heatCell is a figure that leads to what it rests on. Label says what it is, for those who do not see the table.
type heatCell struct {
	Text, Shade, To, Label string
	Here                   bool
}

// spreadRow is how the returns are spread on one topic. Positions are on a plot 400 wide.
type spreadRow struct {
	Name                 string
	From, Wide, Med, Sel string
	Median, Half, Other  string
	N                    int
	Grid                 []string
}

// mostGroups is how many groups of one column the table shows.
const mostGroups = 60

func (d *Desk) results(c *call) (answer, error) {
	h := head{Title: c.T("Results"), Kicker: c.view.Folder.Config.Title, KickerTo: c.to("overview"), Question: c.T("Where is it low, and why?"), Here: "results"}
	x, err := c.consolidation()
	if err != nil {
		return answer{}, err
	}
	if x.Returned == 0 {
		return c.show("results-empty", h, nil), nil
	}
	g := groupFrom(c.query("g"))
	chosen := viewOf(x, g)
	if chosen == nil {
		return c.told(404, c.T("There is no such group"), c.T("The recipients list has no group of this name any more.")), nil
	}
	t := c.view.Folder.Template
	info := c.view.Intake.Scoring.Info()
	s := c.scaleOf(info.Score)
	page := resultsPage{N: x.Returned}
	page.Unit = c.T("Median level by group and topic")
	if s.measure.Share() {
		page.Unit = c.T("Median achievement by group and topic, in per cent")
	}
	for _, topic := range t.Topics {
		page.Columns = append(page.Columns, topic.Name)
	}
	page.All = c.heatRow(s, &x.All, c.T("All returns"))
	page.Groups, page.More = c.heatGroups(s, x)
	page.Swatches = c.swatches(s)
	page.Spread, page.Steps = c.spread(s, x, chosen)
	if g.Column != "" {
		page.Chosen = g.Value
	}
	page.Said = c.headlines(g)
	if info.AttainsLevels() {
		if page.Levels, err = c.levels(chosen); err != nil {
			return answer{}, err
		}
	}
	if page.Drill, err = c.drill(x, chosen, g); err != nil {
		return answer{}, err
	}
	if page.Comments, err = c.comments(g); err != nil {
		return answer{}, err
	}
	h.Act, h.ActTo = c.T("Download these figures"), c.to("results.csv")
	levels, na, blank := 0, 0, 0
	for _, v := range x.Criteria {
		levels, na, blank = levels+v.Answered, na+v.NotApplicable, blank+v.Blank
	}
	h.Facts = []fact{{c.T("Rests on"), c.T("%d returns", x.Returned), c.T("of %d", x.Recipients)},
		{c.T("Answers"), c.whole(levels), c.T("%d not applicable, %d blank", na, blank)},
		{c.T("Method"), methodName(info.Method), ""}, {c.T("For the office only"), c.T("not for circulation"), ""}}
	return c.show("results", h, page), nil
}

// methodName is the field's name of a method, which is the same in every language.
func methodName(m methods.Name) string { return string(m) }

// heatRow is the medians of one group.
func (c *call) heatRow(s scale, g *models.GroupView, name string) heatRow {
	where := group{g.Column, g.Value}.String()
	row := heatRow{Name: name, N: g.Returned, To: c.to("results", "g", where)}
	for i, topic := range c.view.Folder.Template.Topics {
		cell := heatCell{Text: "–", Shade: "na", Label: name + ", " + topic.Name}
		if i < len(g.Topics) && g.Topics[i].Median.Known() {
			m := g.Topics[i].Median
			cell.Text, cell.Shade, cell.To = c.score(s, m), s.shade(m), c.to("results", "g", where, "t", topic.ID)+"#drill"
			cell.Here = c.query("g") == where && c.query("t") == topic.ID
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// heatGroups are the rows of all groups, column by column.
func (c *call) heatGroups(s scale, x *models.Consolidation) (out []heatGroup, more string) {
	left := 0
	for i := range x.Groups {
		g := &x.Groups[i]
		if len(out) == 0 || out[len(out)-1].Name != g.Column {
			out = append(out, heatGroup{Name: g.Column})
		}
		last := &out[len(out)-1]
		if len(last.Rows) >= mostGroups && (group{g.Column, g.Value}).String() != c.query("g") {
			left++
			continue
		}
		name := g.Value
		if name == "" {
			name = c.T("not given")
		}
		last.Rows = append(last.Rows, c.heatRow(s, g, name))
	}
	if left > 0 {
		more = c.N(left, "%d group more is in the consolidated workbook.", "%d groups more are in the consolidated workbook.")
	}
	return out, more
}

// swatches say which shade stands for what.
func (c *call) swatches(s scale) []heatCell {
	var out []heatCell
	if s.measure.Share() {
		for _, p := range []float64{0, 0.25, 0.5, 0.75, 1} {
			out = append(out, heatCell{Text: c.Number(100*p, 0) + "\u00a0%", Shade: s.shade(models.Some(p))})
		}
		return out
	}
	for _, l := range c.view.Folder.Template.Levels {
		out = append(out, heatCell{Text: fmt.Sprintf("%d %s", l.Number, l.Name), Shade: s.shade(models.Some(float64(l.Number)))})
	}
	return out
}

// plot is a place on a plot of 400.
func (s scale) plot(v float64) float64 { return 400 * (v - s.low) / (s.high - s.low) }

// spread is how all returns are spread by topic, and where the chosen group's median lies.
func (c *call) spread(s scale, x *models.Consolidation, chosen *models.GroupView) (rows []spreadRow, steps []string) {
	var grid []string
	marks := []float64{0, 0.25, 0.5, 0.75, 1}
	if !s.measure.Share() {
		marks = nil
		for _, l := range c.view.Folder.Template.Levels {
			marks = append(marks, float64(l.Number))
		}
	}
	for _, m := range marks {
		if s.measure.Share() {
			steps = append(steps, c.Number(100*m, 0)+"\u00a0%")
		} else {
			steps = append(steps, c.Number(m, 0))
		}
		grid = append(grid, fmt.Sprintf("%.1f", math.Min(399.5, math.Max(0.5, s.plot(m)))))
	}
	for i, topic := range c.view.Folder.Template.Topics {
		if i >= len(x.All.Topics) {
			break
		}
		a := x.All.Topics[i]
		row := spreadRow{Name: topic.Name, Median: c.score(s, a.Median), N: a.N, Grid: grid}
		q1, ok1 := a.Q1.Get()
		q3, ok3 := a.Q3.Get()
		if ok1 && ok3 {
			row.From, row.Wide = fmt.Sprintf("%.1f", s.plot(q1)), fmt.Sprintf("%.1f", math.Max(1, s.plot(q3)-s.plot(q1)))
			row.Half = c.T("%s to %s", c.score(s, a.Q1), c.score(s, a.Q3))
		}
		if m, ok := a.Median.Get(); ok {
			row.Med = fmt.Sprintf("%.1f", s.plot(m)-1.5)
		}
		if chosen.Column != "" && i < len(chosen.Topics) {
			row.Other = c.score(s, chosen.Topics[i].Median)
			if m, ok := chosen.Topics[i].Median.Get(); ok {
				row.Sel = fmt.Sprintf("%.1f", s.plot(m)-3)
			}
		}
		rows = append(rows, row)
	}
	return rows, steps
}
