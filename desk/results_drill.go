package desk

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/rubric-project/rubric/models"
)

// drill is one figure taken apart: by criterion, and by the returns behind it.
type drill struct {
	Group, GroupTo, Topic string
	Median, OfAll         string
	N, Levels, NA, Blank  int
	Steps                 []string
	Criteria              []drillRow
	Who                   *whoTable
}

// drillRow is how a group answered one criterion.
type drillRow struct {
	Ref, Subject, To string
	Cells            []heatCell
	Median           string
	Rated, Asked     int
	Statement        string
}

// whoTable is the returns behind a figure, lowest first.
type whoTable struct {
	Caption string
	Topic   string
	Refs    []string
	Rows    []whoRow
	Pager   pager
}

type whoRow struct {
	Name, To, ID, Score string
	Answered, Asked     int
	Cells               []heatCell
	File                string
}

// drill takes the figure of the address apart; nil where none was chosen.
func (c *call) drill(x *models.Consolidation, g *models.GroupView, where group) (*drill, error) {
	t := c.view.Folder.Template
	topic, ok := t.Topic(c.query("t"))
	if !ok {
		return nil, nil
	}
	at := slices.IndexFunc(t.Topics, func(x models.Topic) bool { return x.ID == topic.ID })
	s := c.scaleOf(c.view.Intake.Scoring.Info().Score)
	out := &drill{Group: c.T("All returns"), GroupTo: c.to("results"), Topic: topic.Name, N: g.Topics[at].N,
		Median: c.score(s, g.Topics[at].Median), OfAll: c.score(s, x.All.Topics[at].Median)}
	if where.Column != "" {
		out.Group, out.GroupTo = where.Value, c.to("results", "g", where.String())
	}
	var crits []*models.Criterion
	for i := range t.Criteria {
		if t.Criteria[i].Topic == topic.ID {
			crits = append(crits, &t.Criteria[i])
		}
	}
	views := map[string]*models.CriterionView{}
	all := criteriaOf(x, g)
	for i := range all {
		views[all[i].Ref] = &all[i]
	}
	for _, crit := range crits {
		v := views[crit.Ref]
		if v == nil {
			continue
		}
		out.Levels, out.NA, out.Blank = out.Levels+v.Answered, out.NA+v.NotApplicable, out.Blank+v.Blank
		row := c.drillRow(crit, v, g.Returned, where)
		out.Criteria = append(out.Criteria, row)
	}
	if len(crits) > 0 {
		for _, step := range t.Scale(crits[0]) {
			out.Steps = append(out.Steps, step.Code+" "+step.Name)
		}
	}
	var err error
	out.Who, err = c.who(s, at, topic, crits, where)
	return out, err
}

func (c *call) drillRow(crit *models.Criterion, v *models.CriterionView, n int, where group) drillRow {
	t := c.view.Folder.Template
	to := func(choice string) string {
		return c.to("results", "g", where.String(), "t", crit.Topic, "c", crit.Ref, "at", choice) + "#who"
	}
	row := drillRow{Ref: crit.Ref, Subject: crit.Subject, To: to(""), Rated: v.Answered, Asked: v.Tally.Criteria,
		Median: c.score(scale{}, v.Spread.Median)}
	if m, ok := v.Spread.Median.Get(); ok && m == math.Trunc(m) {
		row.Median = c.Number(m, 0)
	}
	cell := func(count int, choice, label string) heatCell {
		x := heatCell{Text: strconv.Itoa(count), Shade: "na", Label: crit.Ref + ", " + label}
		if count > 0 {
			x.Shade, x.To = shadeOf(0.1+0.7*float64(count)/float64(max(n, 1))), to(choice)
			x.Here = c.query("c") == crit.Ref && c.query("at") == choice
		}
		return x
	}
	count := map[int]int{}
	for _, d := range v.Distribution {
		count[d.Number] = d.Count
	}
	for _, step := range t.Scale(crit) {
		row.Cells = append(row.Cells, cell(count[step.Number], strconv.Itoa(step.Number), step.Code+" "+step.Name))
	}
	na, blank := cell(v.NotApplicable, "na", c.T("not applicable")), cell(v.Blank, "blank", c.T("blank"))
	for _, x := range []*heatCell{&na, &blank} {
		x.Shade = "na"
	}
	row.Cells = append(row.Cells, na, blank)
	return row
}

// who lists the returns behind a figure: of the group, and where a criterion was chosen those that answered it so.
func (c *call) who(s scale, at int, topic models.Topic, crits []*models.Criterion, where group) (*whoTable, error) {
	f, err := c.figures()
	if err != nil {
		return nil, err
	}
	ref, choice := c.query("c"), c.query("at")
	out := &whoTable{Topic: topic.Name}
	shown := crits
	if crit := c.view.Folder.Template.Criterion(ref); crit != nil {
		shown = []*models.Criterion{crit}
	}
	const mostColumns = 12
	if len(shown) > mostColumns {
		shown = nil
	}
	for _, crit := range shown {
		out.Refs = append(out.Refs, crit.Ref)
	}
	var behind []int
	for i, m := range c.view.Intake.Members {
		if m.Return == nil || !where.has(m.Recipient) || !answeredSo(f, i, ref, choice) || ref == "" && isNaN(f.Topics[i], at) {
			continue
		}
		behind = append(behind, i)
	}
	slices.SortStableFunc(behind, func(a, b int) int {
		x, y := f.Topics[a][at], f.Topics[b][at]
		switch {
		case x < y || y != y && x == x:
			return -1
		case x > y || x != x && y == y:
			return 1
		}
		return 0
	})
	out.Caption = c.N(len(behind), "The %d return behind it", "The %d returns behind it")
	from, to := 0, 0
	out.Pager, from, to = c.paged(len(behind))
	for _, i := range behind[from:to] {
		out.Rows = append(out.Rows, c.whoRow(s, f, i, at, crits, shown))
	}
	return out, nil
}

func isNaN(line []float32, at int) bool { return at >= len(line) || line[at] != line[at] }

// answeredSo says whether a recipient chose this on a criterion; without a criterion, everybody did.
func answeredSo(f *figures, member int, ref, choice string) bool {
	k, ok := f.Refs[ref]
	if !ok || f.Choices[member] == nil {
		return ref == ""
	}
	x := f.Choices[member][k]
	switch choice {
	case "":
		return x != choiceNone
	case "na":
		return x == choiceNA
	case "blank":
		return x == choiceBlank
	}
	return strconv.Itoa(int(x)) == choice && x >= 0
}

func (c *call) whoRow(s scale, f *figures, i, at int, crits, shown []*models.Criterion) whoRow {
	m := c.view.Intake.Members[i]
	t := c.view.Folder.Template
	row := whoRow{Name: m.Recipient.Name, ID: m.Recipient.ID, To: c.to("return", "file", m.Return.File), Score: "–", File: m.Return.File}
	if !isNaN(f.Topics[i], at) {
		row.Score = c.score(s, models.Some(float64(f.Topics[i][at])))
	}
	for _, crit := range crits {
		switch f.Choices[i][f.Refs[crit.Ref]] {
		case choiceNone:
		case choiceBlank, choiceNA:
			row.Asked++
		default:
			row.Asked++
			row.Answered++
		}
	}
	answers := map[string]*models.Answer{}
	list := m.Return.Answers()
	for k := range list {
		answers[list[k].Ref] = &list[k]
	}
	for _, crit := range shown {
		cell := heatCell{Text: "–", Label: m.Recipient.Name + ", " + crit.Ref}
		if a := answers[crit.Ref]; a != nil {
			cell.To = c.to("return", "file", m.Return.File)
			if o := a.Level.Origin; o.File != "" {
				cell.To = c.to("return", "file", o.File) + "#" + o.Cell
			}
			switch n, ok := a.Level.Value.Number(); {
			case ok:
				if step, found := t.Scale(crit).Step(n); found {
					cell.Text = step.Code
				} else {
					cell.Text = fmt.Sprint(n)
				}
			case a.Level.Value.IsNotApplicable():
				cell.Text = c.T("n/a")
			default:
				cell.Text = c.T("blank")
			}
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}
