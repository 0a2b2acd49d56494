package assessment

import (
	"math"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
)

// plan says where everything stands on the sheet Assessment, and in which order the hidden sheet Lists
// calculates. Everything else is written from it.
type plan struct {
	// columns holds the column number of each kind of column; 0 where the template does without it.
	columns map[layout.Column]int
	widths  []float64 // by column number - 1
	// levels are the widths of the columns on the sheet Levels: ref, subject, the level chosen, and one for each level.
	levels []float64
	// byLevel says that there are columns for the levels; leveled, that some criterion is answered with a level.
	byLevel, leveled bool
	last             int
	rows             []planRow
	topics           []topicPlan
	// order lists the criteria as Lists calculates them: those scored by topic and theme, then the symptoms
	// by topic. at gives each criterion's row on Assessment, and in gives its row on Lists.
	order []*models.Criterion
	at    map[string]int
	in    map[string]int
}

// The rows of Assessment above the first topic, and of Lists above the first criterion.
const (
	titleRow    = 1
	noteRow     = 2
	headingRow  = 3
	firstRow    = 4
	listsHeader = 1
)

type rowKind int

const (
	topicRow rowKind = iota
	summaryRow
	sectionRow
	criterionRow
)

type planRow struct {
	kind  rowKind
	topic int // index
	theme int // index, or -1
	c     *models.Criterion
	row   int
}

// topicPlan is what belongs to one topic.
type topicPlan struct {
	row      int // of its banner on Assessment
	criteria int
	rows     []draw.Span // of its criteria on Lists: scored, then symptoms
}

func newPlan(t *models.Template, following bool) *plan {
	p := &plan{columns: map[layout.Column]int{}, at: map[string]int{}, in: map[string]int{}}
	for i := range t.Criteria {
		leveled := t.Criteria[i].Kind == models.KindLevels
		p.leveled = p.leveled || leveled
		p.byLevel = p.byLevel || leveled && len(t.Criteria[i].Descriptors) > 0
	}
	p.placeColumns(t, following)
	p.placeRows(t)
	p.placeCalculation(t)
	return p
}

func (p *plan) add(width float64) int {
	p.widths = append(p.widths, width)
	return len(p.widths)
}

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
	textWidth, leastText = 25.0, 17.0
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

func (p *plan) placeRows(t *models.Template) {
	row := firstRow
	add := func(kind rowKind, topic, theme int, c *models.Criterion) {
		p.rows = append(p.rows, planRow{kind, topic, theme, c, row})
		row++
	}
	for ti, topic := range t.Topics {
		p.topics = append(p.topics, topicPlan{row: row})
		add(topicRow, ti, -1, nil)
		add(summaryRow, ti, -1, nil)
		list := t.CriteriaOf(topic.ID, "")
		// Statements stand in sections; criteria by level in the template's order, each naming its theme.
		if p.byLevel {
			for _, c := range list {
				add(criterionRow, ti, themeIndex(t, c.Theme), c)
			}
		} else {
			for _, theme := range sections(t, list) {
				if theme >= 0 {
					add(sectionRow, ti, theme, nil)
				}
				for _, c := range list {
					if themeIndex(t, c.Theme) == theme {
						add(criterionRow, ti, theme, c)
					}
				}
			}
		}
		p.topics[ti].criteria = len(list)
	}
	for _, r := range p.rows {
		if r.c != nil {
			p.at[r.c.Ref] = r.row
		}
	}
}

// sections lists the themes that the criteria have, in the template's order, -1 for none last.
func sections(t *models.Template, list []*models.Criterion) []int {
	var out []int
	for i := range t.Themes {
		for _, c := range list {
			if c.Theme == t.Themes[i].ID {
				out = append(out, i)
				break
			}
		}
	}
	for _, c := range list {
		if themeIndex(t, c.Theme) < 0 {
			return append(out, -1)
		}
	}
	return out
}

func themeIndex(t *models.Template, id string) int {
	for i := range t.Themes {
		if t.Themes[i].ID == id {
			return i
		}
	}
	return -1
}

func (p *plan) placeCalculation(t *models.Template) {
	for _, scored := range []bool{true, false} {
		for ti, topic := range t.Topics {
			list := t.CriteriaOf(topic.ID, "")
			from := listsHeader + 1 + len(p.order)
			for _, theme := range sections(t, list) {
				for _, c := range list {
					if themeIndex(t, c.Theme) == theme && c.Scored() == scored {
						p.order = append(p.order, c)
						p.in[c.Ref] = listsHeader + len(p.order)
					}
				}
			}
			if to := listsHeader + len(p.order); to >= from {
				p.topics[ti].rows = append(p.topics[ti].rows, draw.Span{From: from, To: to})
			}
		}
	}
}

// spans lists the rows on Lists of the scored criteria of a topic, of a theme, or of both; -1 matches all.
func (p *plan) spans(t *models.Template, topic, theme int) []draw.Span {
	var out []draw.Span
	for i, c := range p.order {
		if !c.Scored() || topic >= 0 && c.Topic != t.Topics[topic].ID || theme >= 0 && c.Theme != t.Themes[theme].ID {
			continue
		}
		row := listsHeader + 1 + i
		if n := len(out); n > 0 && out[n-1].To == row-1 {
			out[n-1].To = row
		} else {
			out = append(out, draw.Span{From: row, To: row})
		}
	}
	return out
}
