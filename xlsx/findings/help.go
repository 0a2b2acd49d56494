package findings

import (
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
)

// helpSheet is the name of the sheet that explains the codes.
const helpSheet = "Help"

var helpColumns = []struct {
	heading string
	width   float64
}{{"Severity", 13}, {"Code", 34}, {"Findings", 11}, {"What it means", 72}, {"What to do", 72}}

// writeHelp writes a row for each code that occurs, in the order of the catalogue, and says which cell that is.
func writeHelp(p *pages.Page, findings []models.Finding) *pages.Help {
	fr, c := p.Frame, pages.NewCanvas()
	title, sub, head, bold := fr.Title(), fr.Subtitle(), fr.Head(), fr.Style(pages.Look{Bold: true})
	plain, wrapped, text := fr.Style(pages.Look{}), fr.Wrapped(), fr.Style(pages.Look{Lined: true, Top: true})
	count := fr.Style(pages.Look{Lined: true, Top: true, Centred: true, Format: pages.FormatWhole})

	c.Text(1, 1, title, p.Name)
	c.Height(1, 30)
	c.Text(1, 2, sub, fr.Tell("What the codes of the findings mean, and what to do. The codes that occur are listed."))
	row := 4
	for _, s := range []models.Severity{models.Error, models.Warning, models.Repair} {
		c.Text(1, row, bold, fr.Severity(s))
		c.Text(2, row, plain, fr.Words.TextOf(s.Meaning()))
		row++
	}
	row++
	var headings []string
	for i, h := range helpColumns {
		headings = append(headings, fr.Tell(h.heading))
		p.Widths(i+1, h.width)
	}
	c.Texts(1, row, head, headings...)
	c.Height(row, 22)
	first, occur := row+1, map[models.Code]int{}
	for i := range findings {
		occur[findings[i].Code]++
	}
	help := &pages.Help{Page: p, Cells: map[models.Code]string{}}
	for _, x := range models.Catalogue() {
		if occur[x.Code] == 0 {
			continue
		}
		row++
		help.Cells[x.Code] = "B" + strconv.Itoa(row)
		meaning, remedy := fr.Words.TextOf(x.Meaning), fr.Words.TextOf(x.Remedy)
		c.Text(1, row, text, fr.Severity(x.Severity))
		c.Text(2, row, text, string(x.Code))
		c.Number(3, row, count, float64(occur[x.Code]))
		c.Text(4, row, wrapped, meaning)
		c.Text(5, row, wrapped, remedy)
		c.Height(row, pages.HeightOf(max(pages.LinesIn(meaning, helpColumns[3].width), pages.LinesIn(remedy, helpColumns[4].width))))
	}
	if row < first {
		row++
		c.Text(1, row, text, fr.Tell("None"))
	}
	p.CanvasRows(c)
	p.Freeze(1, first)
	p.Print(true, false, first-1, first-1)
	p.Table(fr.Free("HelpTable"), 1, first-1, row, headings)
	p.MarkErrors(first, row)
	return help
}
