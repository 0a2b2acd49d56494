package consolidated

import (
	"io"

	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// workbook is the consolidated workbook in the making: the round's book, the frame, and where things are.
type workbook struct {
	*book
	fr *pages.Frame
	// live says that figures are formulas; above mostLive recipients they are values.
	live     bool
	matrix   grid
	targetsG grid
	heat     heatMap
	register registerPlaces
	crit     criteriaPlaces
	topicsAt topicPlaces
	levelsAt levelPlaces
	groupsAt groupPlaces
	comments []comment
	// longPieces are the texts of rows of Comments that hold a part of a comment.
	longPieces   []string
	choices      choicePlaces
	compareAt    comparePlaces
	prioritiesAt priorityPlaces
	overTime     overTime
	// scores is what the scorecards say of each member; nil where nothing of it is shown.
	scores []scored
	// all is what everything gives, and groupMembers the members of the groups, once they were asked for.
	all          *block
	groupMembers map[groupKey][]int
	// descriptors and statements name the texts of the sheet Template; "" where it has none.
	descriptors, statements string
}

// mostLive is the number of returns up to which figures are live formulas.
const mostLive = 10000

// grid is where a sheet has the recipients' rows and the criteria's columns.
type grid struct {
	page                  *pages.Page
	head, first, last     int      // rows
	col                   int      // of the first criterion
	no                    string   // name of the column of running numbers
	selected              string   // name of the column that marks what Compare shows
	topics, sections      []string // names of the blocks
	all                   string
	weights               string
	topicWeights          []string
	groups                []string
	symptoms              string
	sectionWeights        []string
	lastCriterion, weight int
	figures               []rowFigure
	figuresCol            int // the column of the first
}

func (b *book) write(w io.Writer) error {
	if err := b.compile(); err != nil {
		return err
	}
	fr := pages.NewFrame(b.in.Round)
	title := b.tell("%s: consolidated results", b.in.Round.Title)
	if b.in.Publish {
		edition, err := b.edition()
		if err != nil {
			return err
		}
		wb := &workbook{book: edition, fr: fr}
		if err := wb.readCards(); err != nil {
			return err
		}
		wb.publish()
		return fr.Save(w, title)
	}
	fr.Mark = b.tell(officeOnly)
	wb := &workbook{book: b, fr: fr, live: len(b.members) <= mostLive}
	if err := wb.readCards(); err != nil {
		return err
	}
	wb.build()
	return fr.Save(w, title)
}

// compile reads all answers once, for the figures. They are read a second time when Answers is written, so
// that a large round need not lie in memory.
func (b *book) compile() error {
	at := b.positions()
	for i := range b.members {
		answers, err := b.in.Answers(b.members[i].index)
		if err != nil {
			return err
		}
		b.keep(i, answers, at)
	}
	return nil
}

// findingsPage lists the findings.
func (wb *workbook) findingsPage(p *pages.Page) {
	pages.WriteFindings(p, wb.in.Findings, wb.names(), wb.in.calling, nil)
}

func (wb *workbook) names() map[string]string {
	out := make(map[string]string, len(wb.in.Members))
	for i := range wb.in.Members {
		out[wb.in.Members[i].Recipient.ID] = wb.in.Members[i].Recipient.Name
	}
	return out
}

// tell is an English text in the language of the round; see words.Sayf.
func (b *book) tell(text string, values ...any) string {
	return b.words.Tell(words.Sayf(text, values...))
}

// tellAll is tell for texts without values.
func (b *book) tellAll(texts ...string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = b.words.TextOf(s)
	}
	return out
}

// quoted is a text in the language of the round, as formulas write it.
func (b *book) quoted(text string) string { return pages.QuotedText(b.words.TextOf(text)) }

// on is a sheet by its English name, as formulas refer to it.
func (b *book) on(sheet string) string { return pages.SheetRef(b.words.TextOf(sheet)) }

// calc puts a formula into a canvas, or its value where the workbook is not live.
func (wb *workbook) calc(c *pages.Canvas, col, row, style int, formula string, v sheetdata.Value) {
	if wb.live {
		c.Formula(col, row, style, formula, v)
		return
	}
	c.Put(col, row, pages.Cell{Style: style, Value: v, Kind: pages.ValueCell})
}

func (wb *workbook) calcArray(c *pages.Canvas, col, row, style int, formula string, v sheetdata.Value) {
	if wb.live {
		c.Array(col, row, style, formula, v)
		return
	}
	c.Put(col, row, pages.Cell{Style: style, Value: v, Kind: pages.ValueCell})
}

// cellOf writes a formula into a long sheet, or its value where the workbook is not live.
func (wb *workbook) cellOf(x *sheetdata.Writer, style int, formula string, v sheetdata.Value) {
	n, isNumber := v.Number()
	switch {
	case wb.live:
		x.Formula(style, formula, v)
	case isNumber:
		x.Number(style, n)
	default:
		x.Text(style, v.String())
	}
}

// cellInRows is cellOf for a formula that the column has in the rows of all members; see sheetdata.Writer.RowFormula.
func (wb *workbook) cellInRows(x *sheetdata.Writer, style int, formula func(r int) string, v sheetdata.Value) {
	if wb.live {
		x.RowFormula(style, formula, v)
		return
	}
	wb.cellOf(x, style, "", v)
}

// scoreFormat is how scores of topics are shown, and scoreEnds their least and greatest value.
func (wb *workbook) scoreFormat() string {
	if wb.staged() {
		return pages.FormatPercent
	}
	return pages.FormatDecimal
}

func (wb *workbook) scoreEnds() (low, high float64) {
	if wb.staged() {
		return 0, 1
	}
	return float64(wb.steps.Lowest()), float64(wb.steps.Highest())
}

// overallEnds are the least and greatest value of the overall score.
func (wb *workbook) overallEnds() (low, high float64) {
	if wb.staged() {
		levels := wb.t.Levels
		return float64(levels[0].Number), float64(levels[len(levels)-1].Number)
	}
	return wb.scoreEnds()
}
