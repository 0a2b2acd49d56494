package assessment

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// The columns of the sheet Views. None of its headings is one of answers, so that nothing on it is read as one.
const (
	viewsAbout = iota + 1
	viewsWho
	viewsSays
	viewsText
)

var viewsWidths = []float64{30, 24, 16, 84}

// mostInRow is how many characters of a text stand in one row, which can be 409 points high; a longer one goes on below.
const mostInRow = 2200

// writeTexts fills the sheet Views with all that was written, in full.
func (c *consensus) writeTexts() {
	const s = layout.SheetViews
	for i, w := range viewsWidths {
		c.Width(s, i+1, w)
	}
	c.Band(s, viewsText, c.Words.Say("consensus.views_band", "round", c.Round.Title))
	c.Put(s, 1, noteRow, c.Words.Get("consensus.views_note"), draw.Look{Ink: c.Palette.Muted, Down: "center"})
	c.Height(s, noteRow, 22)
	head := draw.Look{Bold: true, Fill: c.Palette.Pale, Lines: draw.AllLines, Wrap: true, Down: "center"}
	for i, key := range []string{"consensus.views_about", "consensus.views_who", "consensus.views_says", "consensus.views_words"} {
		c.Put(s, i+1, headingRow, c.Words.Get(key), head)
	}
	c.Height(s, headingRow, 24)
	row := headingRow
	for i := range c.list {
		x := &c.list[i]
		about := x.Ref + "  " + x.Text()
		for v := range c.views {
			a := answerOf(&c.views[v], x.Ref)
			if a == nil {
				continue
			}
			says, _ := c.viewText(x, v)
			for k, text := range pieces(c.said(x.Criterion, a), mostInRow) {
				row++
				if k > 0 {
					says = ""
				}
				c.writeText(row, about, c.who[v], says, text)
				about = "" // once is enough
			}
		}
	}
	for i := range c.t.Questions {
		q := &c.t.Questions[i]
		about := q.Text
		for v := range c.views {
			for _, a := range c.views[v].Questions {
				if text := strings.TrimSpace(a.Answer.Value); a.ID == q.ID && text != "" {
					row++
					c.writeText(row, about, c.who[v], "", text)
					about = ""
				}
			}
		}
	}
	c.Check(c.File.SetPanes(s, &excelize.Panes{Freeze: true, YSplit: headingRow, TopLeftCell: draw.Cell(1, firstRow), ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: draw.Cell(1, firstRow), ActiveCell: draw.Cell(1, firstRow), Pane: "bottomLeft"}}}))
	c.Check(c.File.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", s, headingRow, headingRow), Scope: s}))
	c.Check(c.File.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: draw.Fixed(s, 1, 1, viewsText, row), Scope: s}))
	width := 0.0
	for _, w := range viewsWidths {
		width += w
	}
	c.BreakPages(s, row, width, true, c.RowHeightOf(s, headingRow), nil, nil)
	c.page(s, "landscape")
	c.Protect(s)
}

func (c *consensus) writeText(row int, about, who, says, text string) {
	l := draw.Look{Lines: draw.AllLines, Wrap: true, Indent: 1}
	h := 0.0
	for i, x := range []string{about, who, says, text} {
		own := l
		own.Bold = i == 0
		c.Put(layout.SheetViews, i+1, row, x, own)
		h = max(h, draw.TextHeight(x, draw.FontSize, own.Bold, viewsWidths[i]-2))
	}
	c.Height(layout.SheetViews, row, draw.RowHeight(h, 8))
	c.text++
}

// pieces cuts a text into pieces of some characters at most, at white space where there is some.
func pieces(s string, most int) []string {
	var out []string
	for r := []rune(s); len(r) > 0; {
		n := min(most, len(r))
		if n < len(r) {
			for k := n; k > n/2; k-- {
				if r[k] == ' ' || r[k] == '\n' {
					n = k
					break
				}
			}
		}
		out = append(out, string(r[:n]))
		r = r[n:]
	}
	return out
}
