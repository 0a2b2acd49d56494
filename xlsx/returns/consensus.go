package returns

import (
	"slices"

	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// viewWords are the headings that only a consensus workbook has, as wordKey writes them.
type viewWords struct {
	spread, all map[string]bool
}

func (x *lexicon) speakViews(w *words.Words) {
	if x.views.all == nil {
		x.views = viewWords{spread: map[string]bool{}, all: map[string]bool{}}
	}
	for _, key := range layout.ViewHeadings {
		x.views.all[wordKey(w.Get(key))] = true
	}
	x.views.spread[wordKey(w.Get(layout.HeadingSpread))] = true
}

// isConsensus says that the workbook says of itself that a meeting chooses in it among views.
func (rd *reading) isConsensus() bool {
	for _, c := range rd.ret.Claims {
		if c.Manifest.Part == views.ConsensusID {
			return true
		}
	}
	return false
}

// viewColumns notes the columns of a consensus workbook that are no answers: those of the views, between the criterion and
// how far the views lie apart, that one, and those right of it with what was written. What stands in them is not the meeting's.
func (rd *reading) viewColumns(t *table, row []sheet.Cell) {
	subject, ok := t.at(layout.Subject)
	if !ok {
		subject = max(t.cols[colStatement], t.cols[layout.Ref])
	}
	spread := slices.IndexFunc(row, func(c sheet.Cell) bool { return rd.isViewHeading(&c, rd.lex.views.spread) })
	for i := range row {
		c := &row[i]
		if rd.isViewHeading(c, rd.lex.views.all) || spread >= 0 && c.Col > subject && i < spread && !t.known.has(c.Col) {
			t.known.add(c.Col)
		}
	}
}

// longestViewHeading is more than any of these headings has, in bytes.
const longestViewHeading = 200

func (rd *reading) isViewHeading(c *sheet.Cell, among map[string]bool) bool {
	return c.Kind == sheet.Text && len(rd.book.Bytes(c)) < longestViewHeading && among[wordKey(rd.book.Text(c))]
}
