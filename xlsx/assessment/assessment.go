// Package assessment writes assessment workbooks: the form that goes out to a recipient, with a sheet to start, one for
// the answers, live results, and a sealed manifest that says whose it is.
//
// Input is a template that package templates has checked and a round; output is a workbook in the round's language and
// on its paper, the same bytes for the same input. Start with New, once for a round, then Write for each recipient;
// NewPart makes a workbook of some topics for one of several respondents, and with Following and WriteCarried a copy
// has the answers of an earlier round in it. Fill types answers into a workbook, for demonstrations and tests.
// Package xlsx/returns reads what comes back: it finds everything by the words that xlsx/internal/layout holds for both.
//
// New refuses what cannot be built, which is a mistake of the program, and NewPart topics without a criterion; Fill
// refuses an answer for which the workbook has no cell. No workbook from outside may be given to Fill.
package assessment

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/rubric-project/rubric/xlsx/internal/splice"
	"github.com/xuri/excelize/v2"
)

// Workbook is the workbook of a round, built once; Write makes each recipient's copy of it. It does not change
// and may be used by several goroutines at once.
type Workbook struct {
	frame *splice.Frame
	// part says that it holds some topics only, or is one of several views, view that it is one; words are of its language.
	part, view bool
	words      *words.Words
	// carried writes the copies with answers of an earlier round; nil where the round follows none.
	carried *carriedFrame
}

// New builds the workbook of a round for a template that package templates has checked, in the language of
// rd as far as there are texts and words in it (models.Template.Gaps says what there is not). It fails only where the
// workbook cannot be built, which is a mistake of the program.
func New(t *models.Template, rd *models.Round, options ...Option) (*Workbook, error) {
	return build(t.Trimmed(), rd, "", options...)
}

// Option is a further wish for the workbooks of a round.
type Option func(*book)

// Following is for a round that follows another, named for people: the workbooks have room for what was answered
// then, and WriteCarried fills it in.
func Following(earlier string) Option { return func(b *book) { b.since = earlier } }

// build builds the workbook with the criteria of t; part says in words what it is a part of, "" that it is
// whole.
func build(t *models.Template, rd *models.Round, part string, options ...Option) (*Workbook, error) {
	t = t.In(rd.Language)
	b := newBook(t, rd)
	defer b.File.Close()
	b.part = part
	for _, o := range options {
		o(b)
	}
	p := newPlan(t, b.since != "")
	base, err := b.build(p)
	if err != nil {
		return nil, fmt.Errorf("building the workbook of template %s: %w", t.ID, err)
	}
	frame, err := base.Prepare(b.gaps())
	if err != nil {
		return nil, fmt.Errorf("preparing the workbook of template %s: %w", t.ID, err)
	}
	a := &Workbook{frame: frame, part: part != "", view: b.view, words: t.Words()}
	if b.since != "" {
		if a.carried, err = newCarriedFrame(b, p, base); err != nil {
			return nil, fmt.Errorf("preparing the workbook of template %s for earlier answers: %w", t.ID, err)
		}
	}
	return a, nil
}

// book is the workbook of a round while it is built.
type book struct {
	*draw.Book
	t *models.Template
	// own are the lists of choices with wordings of criteria; nil until they are asked for.
	own map[string]choiceList
	// charts are the parts of the charts, in the order in which excelize numbers them.
	charts [][]byte
	// part says what the workbook is a part of; "" where it is whole.
	part string
	// view says that it is one of several views.
	view bool
	// prefilled says that something stands in cells to fill in, so that the values of formulas have to be computed.
	prefilled bool
	// since is the earlier round that this one follows, named for people; "" where it follows none.
	since string
	// grow are the rows of each sheet that grow with what is typed into them.
	grow map[string]map[int]bool
	// optionsAt and answerRows are where the options of a question stand on Lists, and its answer on Start, by id.
	optionsAt, answerRows map[string]int
	// longQuestions are the questions whose answers may be too long for their rows.
	longQuestions []longRow
}

func newBook(t *models.Template, rd *models.Round) *book {
	return &book{Book: draw.New(rd, t.Words()), t: t, grow: map[string]map[int]bool{}}
}

// build writes the sheets and takes the workbook apart.
func (b *book) build(p *plan) (*splice.Base, error) {
	b.Check(b.File.SetSheetName("Sheet1", layout.SheetStart))
	for _, name := range b.sheets(p) {
		_, err := b.File.NewSheet(name)
		b.Check(err)
	}
	b.writeLists(p)
	b.writeAssessment(p)
	if p.byLevel {
		b.writeLevels(p)
	}
	b.writeStart(p)
	b.writeResults(p) // it refers to the answers on Start
	b.writeLongTexts(b.longOfCriteria(p))
	b.writeManifest()
	b.Check(b.File.SetSheetVisible(layout.SheetLists, false))
	b.Check(b.File.SetSheetVisible(layout.SheetManifest, false, true))
	b.Protect(layout.SheetLists)
	b.Protect(layout.SheetManifest)
	b.File.SetActiveSheet(0)
	// Excelize makes the relationship and the content type; the part itself is written in finish.
	b.Check(b.File.SetCustomProps(excelize.CustomProperty{Name: "rubric." + layout.KeyFormat, Value: layout.ManifestFormat}))
	return b.finish()
}

// sheets lists the sheets after Start.
func (b *book) sheets(p *plan) []string {
	list := []string{layout.SheetAssessment, layout.SheetResults, layout.SheetTexts, layout.SheetLists, layout.SheetManifest}
	if p.byLevel {
		list = slices.Insert(list, 1, layout.SheetLevels)
	}
	return list
}

// Write writes the copy of recipient rc: its name, the sealed manifest m and the reference that people see. The
// same arguments give the same bytes. It is safe for concurrent use.
func (a *Workbook) Write(w io.Writer, rc models.Recipient, m models.Manifest, reference string) error {
	if err := a.frame.NewWriter(w, a.gapValues(rc, m, reference)...).Close(); err != nil {
		return fmt.Errorf("writing the workbook of recipient %s: %w", rc.ID, err)
	}
	return nil
}

// gapValues is what stands in a copy's gaps, as XML.
func (a *Workbook) gapValues(rc models.Recipient, m models.Manifest, reference string) []string {
	name := strings.Join(strings.Fields(rc.Name), " ")
	values := []string{name, draw.PageText(name, headerName), reference, m.Recipient, m.Seal, m.Round, m.Template, m.TemplateVersion, m.TemplateDigest, m.Name}
	if a.part {
		values = append(values, m.Part, m.Topics, partFor(a.words, m))
	}
	if a.view {
		values = append(values, m.Role)
	}
	for i, v := range values {
		values[i] = sheetdata.Escape(v)
	}
	return values
}
