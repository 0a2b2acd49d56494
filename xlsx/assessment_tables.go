package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// header writes the headings of a table.
func (r *results) header(first string, figures []figure) {
	l := look{bold: true, fill: r.pal.pale, wrap: true, down: "center", lines: lineBelow}
	r.put(r.sheet, resultLabel, r.row, first, l)
	l.across = "right"
	h := 0.0
	for i, f := range figures {
		text := r.headingOf(f)
		r.put(r.sheet, resultFirst+i, r.row, text, l)
		h = max(h, textHeight(text, fontSize, true, resultWidth))
	}
	r.height(r.sheet, r.row, rowHeight(h, 10))
	r.row++
}

// line writes the figures of a group.
func (r *results) line(name string, g group, figures []figure, strong int, bold bool) {
	l := look{lines: lineBelow, down: "center", wrap: true, bold: bold}
	r.put(r.sheet, resultLabel, r.row, name, l)
	r.height(r.sheet, r.row, rowHeight(textHeight(name, fontSize, bold, resultLabelWidth), 7))
	l.wrap, l.across = false, "right"
	g.line = r.row
	for i, f := range figures {
		x := l
		x.bold = bold || i == strong
		x.format = f.format
		if len(g.spans) == 0 || g.scale == nil && !f.counts {
			x.ink, x.format = r.pal.muted, ""
			var v any = none
			if len(g.spans) == 0 && i == 0 {
				v = 0
			}
			r.put(r.sheet, resultFirst+i, r.row, v, x)
			continue
		}
		if f.of == nil {
			r.put(r.sheet, resultFirst+i, r.row, total(g.spans), x)
			continue
		}
		formula, blank := f.of(g)
		r.calc(r.sheet, resultFirst+i, r.row, formula, blank, x)
	}
	r.row++
}

func (r *results) writeTopics() {
	r.topicsRow = r.row
	r.header(r.w.Get("topic"), r.figures)
	from := r.row
	for i, topic := range r.t.Topics {
		r.line(topicTitle(topic), r.group(r.p, i, -1), r.figures, r.score, false)
	}
	column := func(i int) string { return fixed(r.sheet, i, from, i, r.row-1) }
	r.labels, r.scores = column(resultLabel), column(resultFirst+r.score)
	if r.scoring().Info().ChoosesMean {
		for i, f := range r.figures {
			switch f.key {
			case figureMeanFrom.key:
				r.name("Score_by_topic_from", column(resultFirst+i))
			case figureMeanTo.key:
				r.name("Score_by_topic_to", column(resultFirst+i))
			}
		}
	}
	r.lineAll()
}

// lineAll is the line over all criteria. Profile gives no overall score, so that its line shows counts only.
func (r *results) lineAll() {
	all := r.group(r.p, -1, -1)
	figures := make([]figure, len(r.figures))
	copy(figures, r.figures)
	hide := func(i int) {
		figures[i] = figure{key: figures[i].key, heading: figures[i].heading, of: func(group) (string, any) { return `"` + none + `"`, none }, counts: true}
	}
	switch s := r.scoring(); {
	case r.ladder():
		for i := 4; i < 7; i++ {
			hide(i)
		}
	case !s.Info().HasOverall() || s.MeanOfTopics():
		for i := 4; i < 9; i++ {
			hide(i)
		}
	}
	r.line(r.w.Get("all_criteria"+r.ofPart()), all, figures, -1, true)
}

func (r *results) writeThemes() {
	r.header(r.w.Get("theme"), r.figures)
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
	r.header(r.w.Say("score_by_topic_theme", "score", r.headingOf(score)), columns)
	from := r.row
	for ti, topic := range r.t.Topics {
		l := look{lines: lineBelow, down: "center", wrap: true}
		r.put(r.sheet, resultLabel, r.row, topicTitle(topic), l)
		r.height(r.sheet, r.row, rowHeight(textHeight(topicTitle(topic), fontSize, false, resultLabelWidth), 7))
		for i := range r.t.Themes {
			x := look{lines: allLines, down: "center", across: "center", format: score.format}
			g := r.group(r.p, ti, i)
			if len(g.spans) == 0 || g.scale == nil {
				x.ink, x.fill = r.pal.muted, r.pal.pale
				r.put(r.sheet, resultFirst+i, r.row, r.w.Get("no_criteria"), x)
				continue
			}
			_, blank := score.of(g)
			at := r.row
			r.matrix = append(r.matrix, func(rows map[cellAt]int) {
				r.calc(r.sheet, resultFirst+i, at, cell(resultFirst+r.score, rows[cellAt{ti, i}]), blank, x)
			})
		}
		r.row++
	}
	scale := r.group(r.p, -1, -1).scale
	if scale != nil {
		r.check(r.f.SetConditionalFormat(r.sheet, area(resultFirst, from, resultFirst+len(columns)-1, r.row-1), []excelize.ConditionalFormatOptions{{
			Type: "2_color_scale", Criteria: "=", MinType: "num", MaxType: "num",
			MinValue: fmt.Sprint(scale.Lowest()), MaxValue: fmt.Sprint(scale.Highest()),
			MinColor: "#FFFFFF", MaxColor: "#" + parseColour(r.pal.accent).mix(white, 0.6).String(),
		}}))
	}
	r.height(r.sheet, r.row, 12)
	r.row++
	r.close()
}

func (r *results) writeCells() {
	figures, score := r.book.figures(r.p, true)
	rows := map[cellAt]int{}
	r.header(r.w.Get("topic_theme"), figures)
	for ti, topic := range r.t.Topics {
		for _, theme := range append(indexes(len(r.t.Themes)), -1) {
			g := r.cell(ti, theme)
			if len(g.spans) == 0 {
				continue
			}
			name := topicTitle(topic)
			if theme >= 0 {
				name += " – " + r.t.Themes[theme].Name
			}
			rows[cellAt{ti, theme}] = r.row
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
			g.spans = append(g.spans, span{row, row})
			g.scale = r.t.KindScale(c.Kind)
		}
	}
	return g
}

// writeRisks lists the symptoms, and says of each whether it is still true.
func (r *results) writeRisks() {
	r.paragraph(r.w.Get("risks_note"), look{ink: r.pal.muted})
	head := look{bold: true, fill: r.pal.pale, down: "center", lines: lineBelow}
	r.dress(r.sheet, resultLabel, r.row, r.last, r.row, head)
	r.put(r.sheet, resultLabel, r.row, r.w.Get("risks_subject"), head)
	r.put(r.sheet, resultFirst, r.row, r.w.Get("risks_answer"), head)
	r.put(r.sheet, resultFirst+2, r.row, r.w.Get("risks_statement"), head)
	r.height(r.sheet, r.row, 20)
	r.row++
	from := r.row
	for _, c := range r.p.order {
		if c.Scored() {
			continue
		}
		l := look{lines: lineBelow, wrap: true, down: "center"}
		r.put(r.sheet, resultLabel, r.row, c.Subject, l)
		value := fixed(SheetLists, listValue, r.p.in[c.Ref], listValue, r.p.in[c.Ref])
		r.merge(r.sheet, resultFirst, r.row, resultFirst+1, r.row, l)
		r.calc(r.sheet, resultFirst, r.row, fmt.Sprintf(`IF(%[1]s=1,%[2]s,IF(%[1]s=0,%[3]s,IF(%[1]s="%[4]s",%[5]s,"%[6]s")))`,
			value, r.w.Quoted("symptom_1"), r.w.Quoted("symptom_0"), valueNA, r.w.Quoted("not_applicable"), none), none, l)
		r.merge(r.sheet, resultFirst+2, r.row, r.last, r.row, l)
		r.put(r.sheet, resultFirst+2, r.row, c.Statement, l)
		r.height(r.sheet, r.row, rowHeight(max(textHeight(c.Subject, fontSize, false, resultLabelWidth),
			textHeight(c.Statement, fontSize, false, r.across(resultFirst+2, r.last))), 8))
		r.row++
	}
	id, err := r.f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: r.pal.needed}})
	r.check(err)
	r.check(r.f.SetConditionalFormat(r.sheet, area(resultFirst, from, resultFirst, r.row-1), []excelize.ConditionalFormatOptions{{
		Type: "formula", Format: &id, Criteria: fmt.Sprintf(`%s=%s`, cell(resultFirst, from), r.w.Quoted("symptom_1")),
	}}))
}
