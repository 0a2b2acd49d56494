package assessment

import (
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
