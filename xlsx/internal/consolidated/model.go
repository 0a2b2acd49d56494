package consolidated

import "github.com/rubric-project/rubric/xlsx/internal/sheetdata"

// modelPage writes the template: each criterion with the descriptor of each level, to look up what a number
// means.
func (wb *workbook) modelPage(p *page) {
	const head = 4
	fr, c := wb.fr, newCanvas()
	headings, widths := []string{"Ref", "Topic", "Theme", "Criterion"}, []float64{refWidth, 28, 16, 30}
	descriptors, statements := false, false
	for _, x := range wb.criteria {
		descriptors, statements = descriptors || len(x.Descriptors) > 0, statements || x.Statement != ""
	}
	statements = statements || !descriptors
	if statements {
		headings, widths = append(headings, "Statement"), append(widths, map[bool]float64{true: 40, false: 80}[descriptors])
	}
	first := len(headings) + 1
	if descriptors {
		for _, lv := range wb.t.Levels {
			headings, widths = append(headings, distinct(wb.t.LevelScale()[lv.Number-wb.t.Levels[0].Number].Label(), headings)), append(widths, 40)
		}
	}
	p.widths(1, widths...)
	p.freeze(2, head+1)
	p.print(true, false, head, head)
	c.text(1, 1, fr.title(), wb.t.Title)
	c.height(1, 30)
	c.text(1, 2, fr.subtitle(), firstOf(wb.t.Wording, "The criteria, and what each level looks like."))
	c.texts(1, head, fr.head(), headings...)
	c.height(head, 32)
	text, wrapped := fr.style(look{lined: true, top: true}), fr.wrapped()
	for i := range wb.criteria {
		x, r := &wb.criteria[i], head+1+i
		c.text(1, r, text, x.Ref)
		texts := []string{x.topic, x.theme, x.Subject, x.Statement}[:first-2]
		if descriptors {
			for _, lv := range wb.t.Levels {
				texts = append(texts, x.Descriptors[lv.Number])
			}
		}
		lines := 2
		for k, s := range texts {
			c.text(2+k, r, wrapped, s)
			lines = max(lines, linesIn(s, widths[1+k]))
		}
		c.height(r, heightOf(lines))
	}
	last := head + max(1, len(wb.criteria))
	p.table(fr.free("TemplateTable"), 1, head, last, headings)
	if descriptors && wb.scored > 0 {
		wb.descriptors = p.define("Template_Descriptors", sheetdata.Box(first, head+1, first+len(wb.t.Levels)-1, head+wb.scored))
	}
	if wb.scored > 0 && statements {
		wb.statements = p.define("Template_Statements", sheetdata.Box(5, head+1, 5, head+wb.scored))
	}
	p.canvasRows(c)
}
