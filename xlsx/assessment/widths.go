package assessment

import (
	"math"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
)

// screen is the width in units of column width up to which columns are in view at once, on a screen 1,366 pixels wide
// beside the numbers of the rows, the scroll bar and, in LibreOffice, the sidebar. Excel takes 7 pixels for a unit (Arial
// 10), and has room for 188; LibreOffice takes 7.8.
const screen = 162.0

// Column widths of the texts, in units of column width. A row is as high as its longest descriptor or statement: narrower,
// and fewer than four rows are in view.
const (
	subjectWidth   = 19.0
	leastChosen    = 44.0
	mostChosen     = 49.0
	statementWidth = 46.0
	// textWidth is of the columns for evidence and comment where there is room, leastText where there is not: then all is
	// in view in Excel at least.
	textWidth, leastText = 25.0, 16.5
	statusWidth          = 13.0
)

// margin is what the indent by which a text stands off its cell's border takes, in units of column width.
const margin = 1.4

// placeColumns gives the columns their widths: all that is to fill in is in view at once.
func (p *plan) placeColumns(t *models.Template, following bool) {
	ref, theme := 0.0, 0.0
	for i := range t.Criteria {
		ref = max(ref, draw.TextWidth(t.Criteria[i].Ref, draw.FontSize, true)+margin*draw.CharWidth)
	}
	for _, x := range t.Themes {
		theme = max(theme, longestWord(x.Name, false)+margin*draw.CharWidth)
	}
	p.columns[layout.Ref] = p.add(fit(ref, 7, 14))
	if len(t.Themes) > 0 {
		p.columns[layout.Theme] = p.add(fit(theme, 9, 18))
	}
	text := statementWidth
	if p.byLevel {
		text = chosenWidth(t)
	}
	p.columns[layout.Subject] = p.add(subjectWidth)
	p.columns[layout.Chosen] = p.add(text)
	longest := draw.TextWidth(t.NotApplicable(), draw.FontSize, true)
	for i := range t.Criteria {
		for _, step := range t.Scale(&t.Criteria[i]) {
			longest = max(longest, draw.TextWidth(step.Label(), draw.FontSize, true))
		}
	}
	answer := fit(longest, 12, 13.5)
	if following {
		p.columns[layout.Last] = p.add(12)
	}
	p.columns[layout.Answer] = p.add(answer)
	if t.Answers.Targets {
		p.columns[layout.Target] = p.add(answer)
	}
	p.columns[layout.Evidence] = p.add(textWidth)
	p.columns[layout.Comment] = p.add(textWidth)
	if following {
		p.columns[layout.Confirmed] = p.add(10)
	}
	p.columns[layout.Status] = p.add(statusWidth)
	p.last = len(p.widths)
	if over := p.across(1, p.last) - screen; over > 0 {
		narrower := math.Max(textWidth-over/2, leastText)
		p.widths[p.columns[layout.Evidence]-1], p.widths[p.columns[layout.Comment]-1] = narrower, narrower
	}
	if p.byLevel {
		p.placeLevels(t)
	}
}

// chosenWidth is the least width at which nearly all descriptors stand on four lines.
func chosenWidth(t *models.Template) float64 {
	width := leastChosen
	for ; width < mostChosen; width++ {
		higher := 0
		for i := range t.Criteria {
			for _, d := range t.Criteria[i].Descriptors {
				if draw.TextHeight(d, draw.FontSize, false, width-margin) > 4*draw.FontSize*draw.LineHeight {
					higher++
				}
			}
		}
		if 50*higher <= len(t.Criteria) {
			break
		}
	}
	return width
}

// placeLevels gives the columns of the sheet Levels their widths.
func (p *plan) placeLevels(t *models.Template) {
	p.levels = []float64{p.widths[p.columns[layout.Ref]-1], 20, 13.5}
	each := max(22, min(34, (screen-p.levels[0]-p.levels[1]-p.levels[2])/float64(len(t.Levels))))
	for range t.Levels {
		p.levels = append(p.levels, max(math.Floor(each), descriptorWidth(t)))
	}
}

// fit is a column width for a text width in points, within bounds.
func fit(points, least, most float64) float64 {
	return min(max((points+2*draw.CellPadding)/draw.CharWidth, least), most)
}

func longestWord(s string, bold bool) float64 {
	w, from := 0.0, 0
	for i := range len(s) + 1 {
		if i == len(s) || s[i] == ' ' {
			w = max(w, draw.TextWidth(s[from:i], draw.FontSize, bold))
			from = i + 1
		}
	}
	return w
}

// descriptorWidth is the least width from 20 on at which no descriptor makes its row higher than a comfortable
// height, or where that takes too wide a column, at which none is cut.
func descriptorWidth(t *models.Template) float64 {
	for width := 20.0; ; width++ {
		most := 190.0
		if width > 32 {
			most = draw.HighestRow - 12
		}
		if width >= 100 || tallestDescriptor(t, width) <= most {
			return width
		}
	}
}

func tallestDescriptor(t *models.Template, width float64) float64 {
	h := 0.0
	for i := range t.Criteria {
		for _, d := range t.Criteria[i].Descriptors {
			h = max(h, draw.TextHeight(d, draw.FontSize, false, width))
		}
	}
	return h
}
