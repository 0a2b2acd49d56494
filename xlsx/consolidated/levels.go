package consolidated

import (
	"fmt"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const levelsSheet = "Levels"

// levelPlaces is where the sheet Levels has what others refer to, and the levels that it shows.
type levelPlaces struct {
	head, first, last int
	no, level         string // names
	levelCol          int
	nextCol           int
	blockCol          int
	sectionCol        int
	rowCol            int
	attained          []models.Figure
}

// noRating stands for a section that applies and has no answer.
const noRating = "–"

// levelsPage writes each recipient's sections, the level attained, and what keeps the next away.
func (wb *workbook) levelsPage(p *pages.Page) {
	l := &wb.levelsAt
	notes := pages.BrokenInto(wb.levelsNote(), pages.MostNote)
	l.head = 4 + len(notes)
	l.first, l.last = l.head+1, l.head+max(1, len(wb.members))
	headings := wb.recipientHeadings()
	l.levelCol, l.nextCol, l.blockCol = len(headings)+1, len(headings)+2, len(headings)+3
	headings = append(headings, pages.Distinct(wb.tell("Level attained"), headings), pages.Distinct(wb.tell("Next level"), headings), pages.Distinct(wb.tell("Kept from it by"), headings))
	l.sectionCol = len(headings) + 1
	for _, s := range wb.sections {
		headings = append(headings, pages.Distinct(s.id, headings))
	}
	headings = append(headings, pages.Distinct(wb.tell("No."), headings))
	headings = append(headings, pages.Distinct(wb.tell("Row in Matrix"), headings))
	l.rowCol = len(headings)
	l.attained = wb.attained()
	named := wb.nameLook()
	wb.levelsFrame(p, headings)

	fr := wb.fr
	title, sub, head, mid := fr.Title(), fr.Subtitle(), fr.Head(), fr.HeadCentre()
	text, whole, pct := fr.Text(), fr.StrongNum(pages.FormatWhole), fr.Num(pages.FormatPercent)
	faint := fr.Style(pages.Look{Lined: true, Format: pages.FormatWhole, Centred: true, Colour: pages.Muted})
	count, label := fr.Style(pages.Look{Size: 9, Colour: pages.Muted, Format: wb.quoted("Level ") + "0", Centred: true}), fr.Style(pages.Look{Size: 9, Colour: pages.Muted, Wrap: true, Centred: true})
	high := p.HeadHeight(32, 1, headings...)
	p.Write = func(x *sheetdata.Writer) {
		x.Row(1, 30)
		x.Text(title, p.Name)
		for i, line := range notes {
			x.Row(2+i, 0)
			x.Text(sub, line)
		}
		x.Row(l.head-2, pages.HeightOf(pages.LinesIn(wb.tell("sustaining"), 9)))
		x.Skip(l.sectionCol - 2)
		x.Text(label, wb.tell("Counts for"))
		for _, s := range wb.sections {
			if s.gates {
				x.Int(count, s.countsFor)
			} else {
				x.Text(label, wb.tell("sustaining"))
			}
		}
		x.Row(l.head-1, 40)
		x.Skip(l.sectionCol - 1)
		for _, s := range wb.sections {
			x.Text(label, wb.themeName(s))
		}
		x.Row(l.head, high)
		for i, s := range headings {
			if i < 2+len(wb.groups) || i == l.blockCol-1 {
				x.Text(head, s)
			} else {
				x.Text(mid, s)
			}
		}
		at := func(r int) string { return "$" + sheetdata.Ref(l.rowCol, r) }
		for i := range wb.members {
			m, st := &wb.members[i], &wb.scores[i]
			x.Row(l.first+i, named.height(m.name))
			x.Text(text, m.id)
			x.Text(named.style(m.name), m.name)
			for _, v := range m.groups {
				x.Text(text, v)
			}
			wb.cellInRows(x, whole, func(r int) string { return wb.levelFormula(r, at(r)) }, shown(st.level.Value))
			wb.cellInRows(x, whole, wb.nextFormula, shown(st.next))
			wb.cellInRows(x, text, wb.blockersFormula, sheetdata.Str(st.blockers))
			for k := range wb.sections {
				wb.cellInRows(x, pct, func(r int) string { return wb.matrix.figure(fmt.Sprint("section ", k), at(r)) }, wb.sectionValue(i, &wb.sections[k]))
			}
			x.Int(faint, i+1)
			wb.cellInRows(x, faint, func(r int) string { return wb.rowFormula(l.rowCol-1, r) }, sheetdata.Num(float64(i+1)))
		}
	}
}

func (wb *workbook) themeName(s section) string {
	if s.theme < len(wb.themes) {
		return wb.themes[s.theme].Name
	}
	return ""
}

func (wb *workbook) levelsFrame(p *pages.Page, headings []string) {
	l := &wb.levelsAt
	blockers := 0
	for i := range wb.scores {
		blockers = max(blockers, utf8.RuneCountInString(wb.scores[i].blockers))
	}
	widths := append(append(wb.recipientWidths(), 10, 9, pages.Fitting(blockers, 24, 60)), repeat(10, len(wb.sections)+2)...)
	p.Widths(1, widths...)
	p.Freeze(3, l.first)
	p.Print(true, false, l.head-2, l.head)
	if n := pages.PagesFor(2, widths[:l.rowCol-2]...); n > 1 {
		p.Across(n, l.head-2, l.head, 1, 2)
	}
	p.PrintArea(1, 1, l.rowCol-2, l.last)
	p.Table(wb.fr.Free("LevelsTable"), 1, l.head, l.last, headings)
	p.Dimension(l.rowCol, l.last)
	l.no = p.Define("Levels_No", sheetdata.Box(l.rowCol-1, l.first, l.rowCol-1, l.last))
	l.level = p.Define("Levels_Attained", sheetdata.Box(l.levelCol, l.first, l.levelCol, l.last))
	for k := range wb.sections {
		if !wb.sections[k].gates {
			continue
		}
		c := l.sectionCol + k
		p.Mark(sheetdata.Ref(c, l.first)+":"+sheetdata.Ref(c, l.last), wb.blocks(k, l.first), pages.MarkStyle)
	}
	p.Frame.Note(p.Frame.File.SetConditionalFormat(p.Name, sheetdata.Ref(l.levelCol, l.first)+":"+sheetdata.Ref(l.levelCol, l.last), []excelize.ConditionalFormatOptions{{
		Type: "3_color_scale", Criteria: "=", MinType: "num", MidType: "num", MaxType: "num",
		MinValue: fmt.Sprint(wb.t.Levels[0].Number), MidValue: fmt.Sprint((wb.t.Levels[0].Number + wb.t.Levels[len(wb.t.Levels)-1].Number) / 2),
		MaxValue: fmt.Sprint(wb.t.Levels[len(wb.t.Levels)-1].Number),
		MinColor: "#" + pages.HeatLow, MidColor: "#" + pages.HeatMid, MaxColor: "#" + pages.HeatHigh,
	}}))
}

// gating is the run of sections that count for levels from low to high, as references of row r; "" for none.
func (wb *workbook) gating(low, high, r int) string {
	first, last := -1, -1
	for k, s := range wb.sections {
		if s.gates && s.countsFor >= low && s.countsFor <= high {
			if first < 0 {
				first = k
			}
			last = k
		}
	}
	if first < 0 {
		return ""
	}
	c := wb.levelsAt.sectionCol
	return "$" + sheetdata.Ref(c+first, r) + ":$" + sheetdata.Ref(c+last, r)
}
