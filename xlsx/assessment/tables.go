package assessment

import (
	"fmt"

	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// header writes the headings of a table.
func (r *results) header(first string, figures []figure) {
	l := draw.Look{Bold: true, Fill: r.Palette.Pale, Wrap: true, Down: "center", Lines: draw.LineBelow}
	r.Put(r.Sheet, resultLabel, r.Row, first, l)
	l.Across = "right"
	h := 0.0
	for i, f := range figures {
		text := r.headingOf(f)
		r.Put(r.Sheet, resultFirst+i, r.Row, text, l)
		h = max(h, draw.TextHeight(text, draw.FontSize, true, resultWidth))
	}
	r.Height(r.Sheet, r.Row, draw.RowHeight(h, 10))
	r.Row++
}

// line writes the figures of a group.
func (r *results) line(name string, g group, figures []figure, strong int, bold bool) {
	l := draw.Look{Lines: draw.LineBelow, Down: "center", Wrap: true, Bold: bold}
	r.Put(r.Sheet, resultLabel, r.Row, name, l)
	r.Height(r.Sheet, r.Row, draw.RowHeight(draw.TextHeight(name, draw.FontSize, bold, resultLabelWidth), 7))
	l.Wrap, l.Across = false, "right"
	g.line = r.Row
	for i, f := range figures {
		x := l
		x.Bold = bold || i == strong
		x.Format = f.format
		if len(g.spans) == 0 || g.scale == nil && !f.counts {
			x.Ink, x.Format = r.Palette.Muted, ""
			var v any = none
			if len(g.spans) == 0 && i == 0 {
				v = 0
			}
			r.Put(r.Sheet, resultFirst+i, r.Row, v, x)
			continue
		}
		if f.of == nil {
			r.Put(r.Sheet, resultFirst+i, r.Row, total(g.spans), x)
			continue
		}
		formula, blank := f.of(g)
		r.Calc(r.Sheet, resultFirst+i, r.Row, formula, blank, x)
	}
	r.Row++
}

func (r *results) writeTopics() {
	r.topicsRow = r.Row
	r.header(r.Words.Get("topic"), r.figures)
	from := r.Row
	for i, topic := range r.t.Topics {
		r.line(layout.TopicTitle(topic), r.group(r.p, i, -1), r.figures, r.score, false)
	}
	column := func(i int) string { return draw.Fixed(r.Sheet, i, from, i, r.Row-1) }
	r.labels, r.scores = column(resultLabel), column(resultFirst+r.score)
	if r.choosesMean() {
		for i, f := range r.figures {
			switch f.key {
			case figureMeanFrom.key:
				r.Name("Score_by_topic_from", column(resultFirst+i))
			case figureMeanTo.key:
				r.Name("Score_by_topic_to", column(resultFirst+i))
			}
		}
	}
	r.lineAll()
}

// lineAll is the line over all criteria.
func (r *results) lineAll() {
	all := r.group(r.p, -1, -1)
	figures := make([]figure, len(r.figures))
	copy(figures, r.figures)
	from, to := r.notOverAll()
	for i := from; i < to; i++ {
		figures[i] = figure{key: figures[i].key, heading: figures[i].heading, of: func(group) (string, any) { return `"` + none + `"`, none }, counts: true}
	}
	r.line(r.Words.Get("all_criteria"+r.ofPart()), all, figures, -1, true)
}

func (r *results) writeThemes() {
	r.header(r.Words.Get("theme"), r.figures)
	for i, theme := range r.t.Themes {
		r.line(theme.Name, r.group(r.p, -1, i), r.figures, r.score, false)
	}
}

// cellAt is a cell of the table of topics × themes; by topic and theme, both as indexes.
type cellAt struct{ topic, theme int }

// writeMatrix shows the score of each topic × theme cell, out of the table below it, which has the rest.
func (r *results) writeMatrix() {
	if len(r.t.Themes) > widestMatrix {
		return
	}
	var columns []figure
	for _, theme := range r.t.Themes {
		columns = append(columns, figure{heading: theme.Name})
	}
	score := r.figures[r.score]
	r.header(r.Words.Say("score_by_topic_theme", "score", r.headingOf(score)), columns)
	from := r.Row
	for ti, topic := range r.t.Topics {
		l := draw.Look{Lines: draw.LineBelow, Down: "center", Wrap: true}
		r.Put(r.Sheet, resultLabel, r.Row, layout.TopicTitle(topic), l)
		r.Height(r.Sheet, r.Row, draw.RowHeight(draw.TextHeight(layout.TopicTitle(topic), draw.FontSize, false, resultLabelWidth), 7))
		for i := range r.t.Themes {
			x := draw.Look{Lines: draw.AllLines, Down: "center", Across: "center", Format: score.format}
			g := r.group(r.p, ti, i)
			if len(g.spans) == 0 || g.scale == nil {
				x.Ink, x.Fill = r.Palette.Muted, r.Palette.Pale
				r.Put(r.Sheet, resultFirst+i, r.Row, r.Words.Get("no_criteria"), x)
				continue
			}
			_, blank := score.of(g)
			at := r.Row
			r.matrix = append(r.matrix, func(rows map[cellAt]int) {
				r.Calc(r.Sheet, resultFirst+i, at, draw.Cell(resultFirst+r.score, rows[cellAt{ti, i}]), blank, x)
			})
		}
		r.Row++
	}
	scale := r.group(r.p, -1, -1).scale
	if scale != nil {
		r.Check(r.File.SetConditionalFormat(r.Sheet, draw.Area(resultFirst, from, resultFirst+len(columns)-1, r.Row-1), []excelize.ConditionalFormatOptions{{
			Type: "2_color_scale", Criteria: "=", MinType: "num", MaxType: "num",
			MinValue: fmt.Sprint(scale.Lowest()), MaxValue: fmt.Sprint(scale.Highest()),
			MinColor: "#FFFFFF", MaxColor: "#" + draw.ParseColour(r.Palette.Accent).Mix(draw.White, 0.6).String(),
		}}))
	}
	r.Height(r.Sheet, r.Row, 12)
	r.Row++
	r.Close()
}

func (r *results) writeCells() {
	figures, score := r.book.figures(r.p, true)
	rows := map[cellAt]int{}
	r.header(r.Words.Get("topic_theme"), figures)
	for ti, topic := range r.t.Topics {
		for _, theme := range append(indexes(len(r.t.Themes)), -1) {
			g := r.cell(ti, theme)
			if len(g.spans) == 0 {
				continue
			}
			name := layout.TopicTitle(topic)
			if theme >= 0 {
				name += " – " + r.t.Themes[theme].Name
			}
			rows[cellAt{ti, theme}] = r.Row
			r.line(name, g, figures, score, false)
		}
	}
	for _, write := range r.matrix {
		write(rows)
	}
}

func indexes(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// cell is the group of a topic and a theme, theme -1 standing for the criteria without one.
func (r *results) cell(topic, theme int) group {
	if theme >= 0 {
		return r.group(r.p, topic, theme)
	}
	g := group{unit: achievementUnit(r.t), weighted: r.weighted()}
	for i, c := range r.p.order {
		if c.Scored() && c.Topic == r.t.Topics[topic].ID && c.Theme == "" {
			row := listsHeader + 1 + i
			g.spans = append(g.spans, draw.Span{From: row, To: row})
			g.scale = r.t.KindScale(c.Kind)
		}
	}
	return g
}

// writeRisks lists the symptoms, and says of each whether it is still true.
func (r *results) writeRisks() {
	r.Paragraph(r.Words.Get("risks_note"), draw.Look{Ink: r.Palette.Muted})
	head := draw.Look{Bold: true, Fill: r.Palette.Pale, Down: "center", Lines: draw.LineBelow}
	r.Dress(r.Sheet, resultLabel, r.Row, r.Last, r.Row, head)
	r.Put(r.Sheet, resultLabel, r.Row, r.Words.Get("risks_subject"), head)
	r.Put(r.Sheet, resultFirst, r.Row, r.Words.Get("risks_answer"), head)
	r.Put(r.Sheet, resultFirst+2, r.Row, r.Words.Get("risks_statement"), head)
	r.Height(r.Sheet, r.Row, 20)
	r.Row++
	from := r.Row
	for _, c := range r.p.order {
		if c.Scored() {
			continue
		}
		l := draw.Look{Lines: draw.LineBelow, Wrap: true, Down: "center"}
		r.Put(r.Sheet, resultLabel, r.Row, c.Subject, l)
		value := draw.Fixed(layout.SheetLists, listValue, r.p.in[c.Ref], listValue, r.p.in[c.Ref])
		r.Merge(r.Sheet, resultFirst, r.Row, resultFirst+1, r.Row, l)
		r.Calc(r.Sheet, resultFirst, r.Row, fmt.Sprintf(`IF(%[1]s=1,%[2]s,IF(%[1]s=0,%[3]s,IF(%[1]s="%[4]s",%[5]s,"%[6]s")))`,
			value, r.Words.Quoted("symptom_1"), r.Words.Quoted("symptom_0"), valueNA, r.Words.Quoted("not_applicable"), none), none, l)
		r.Merge(r.Sheet, resultFirst+2, r.Row, r.Last, r.Row, l)
		r.Put(r.Sheet, resultFirst+2, r.Row, c.Statement, l)
		r.Height(r.Sheet, r.Row, draw.RowHeight(max(draw.TextHeight(c.Subject, draw.FontSize, false, resultLabelWidth),
			draw.TextHeight(c.Statement, draw.FontSize, false, r.Across(resultFirst+2, r.Last))), 8))
		r.Row++
	}
	id, err := r.File.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: r.Palette.Needed}})
	r.Check(err)
	r.Check(r.File.SetConditionalFormat(r.Sheet, draw.Area(resultFirst, from, resultFirst, r.Row-1), []excelize.ConditionalFormatOptions{{
		Type: "formula", Format: &id, Criteria: fmt.Sprintf(`%s=%s`, draw.Cell(resultFirst, from), r.Words.Quoted("symptom_1")),
	}}))
}
