package consolidated

import (
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
)

const modelSheet = "Template"

// modelPage writes the template: each criterion with the descriptor of each level, to look up what a number
// means.
func (wb *workbook) modelPage(p *pages.Page) {
	notes := pages.BrokenInto(pages.FirstOf(wb.t.Wording, wb.tell("The criteria, and what each level looks like.")), pages.MostNote)
	head := 3 + len(notes)
	fr, c := wb.fr, pages.NewCanvas()
	headings, widths := wb.tellAll("Ref", "Topic", "Theme", "Criterion"), []float64{refWidth, 28, 16, 30}
	descriptors, statements := false, false
	for _, x := range wb.criteria {
		descriptors, statements = descriptors || len(x.Descriptors) > 0, statements || x.Statement != ""
	}
	statements = statements || !descriptors
	if statements {
		headings, widths = append(headings, wb.tell("Statement")), append(widths, map[bool]float64{true: 40, false: 80}[descriptors])
	}
	first := len(headings) + 1
	if descriptors {
		for _, lv := range wb.t.Levels {
			headings, widths = append(headings, pages.Distinct(wb.t.LevelScale()[lv.Number-wb.t.Levels[0].Number].Label(), headings)), append(widths, 40)
		}
	}
	p.Widths(1, widths...)
	p.Freeze(2, head+1)
	p.Print(true, false, head, head)
	c.Text(1, 1, fr.Title(), wb.t.Title)
	c.Height(1, 30)
	for i, line := range notes {
		c.Text(1, 2+i, fr.Subtitle(), line)
	}
	c.Texts(1, head, fr.Head(), headings...)
	c.Height(head, 32)
	text, wrapped := fr.Style(pages.Look{Lined: true, Top: true}), fr.Wrapped()
	for i := range wb.criteria {
		x, r := &wb.criteria[i], head+1+i
		c.Text(1, r, text, x.Ref)
		texts := []string{x.topic, x.theme, x.Subject, x.Statement}[:first-2]
		if descriptors {
			for _, lv := range wb.t.Levels {
				texts = append(texts, x.Descriptors[lv.Number])
			}
		}
		lines := 2
		for k, s := range texts {
			c.Text(2+k, r, wrapped, s)
			lines = max(lines, pages.LinesIn(s, widths[1+k]))
		}
		c.Height(r, pages.HeightOf(lines))
	}
	last := head + max(1, len(wb.criteria))
	p.Table(fr.Free("TemplateTable"), 1, head, last, headings)
	if descriptors && wb.scored > 0 {
		wb.descriptors = p.Define("Template_Descriptors", sheetdata.Box(first, head+1, first+len(wb.t.Levels)-1, head+wb.scored))
	}
	if wb.scored > 0 && statements {
		wb.statements = p.Define("Template_Statements", sheetdata.Box(5, head+1, 5, head+wb.scored))
	}
	p.CanvasRows(c)
}
