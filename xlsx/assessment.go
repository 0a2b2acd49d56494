package xlsx

import (
	"fmt"
	"io"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/rubric-project/rubric/xlsx/internal/splice"
	"github.com/xuri/excelize/v2"
)

// Assessment is the workbook of a round, built once; Write makes each recipient's copy of it. It does not change
// and may be used by several goroutines at once.
type Assessment struct {
	frame *splice.Frame
	// part says that it holds some topics only; words are of its language.
	part  bool
	words *words.Words
	// carried writes the copies with answers of an earlier round; nil where the round follows none.
	carried *carriedFrame
}

// NewAssessment builds the workbook of a round for a template that package templates has checked, in the language of
// rd as far as there are texts and words in it (models.Template.Gaps says what there is not). It fails only where the
// workbook cannot be built, which is a mistake of the program.
func NewAssessment(t *models.Template, rd *models.Round, options ...Option) (*Assessment, error) {
	return newAssessment(t.Trimmed(), rd, "", options...)
}

// Option is a further wish for the workbooks of a round.
type Option func(*book)

// Following is for a round that follows another, named for people: the workbooks have room for what was answered
// then, and WriteCarried fills it in.
func Following(earlier string) Option { return func(b *book) { b.since = earlier } }

// newAssessment builds the workbook with the criteria of t; part says in words what it is a part of, "" that it is
// whole.
func newAssessment(t *models.Template, rd *models.Round, part string, options ...Option) (*Assessment, error) {
	t = t.In(rd.Language)
	b := newBook(t, rd)
	defer b.f.Close()
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
	a := &Assessment{frame: frame, part: part != "", words: t.Words()}
	if b.since != "" {
		if a.carried, err = newCarriedFrame(b, p, base); err != nil {
			return nil, fmt.Errorf("preparing the workbook of template %s for earlier answers: %w", t.ID, err)
		}
	}
	return a, nil
}

// build writes the sheets and takes the workbook apart.
func (b *book) build(p *plan) (*splice.Base, error) {
	b.check(b.f.SetSheetName("Sheet1", SheetStart))
	for _, name := range []string{SheetAssessment, SheetResults, SheetLists, SheetManifest} {
		_, err := b.f.NewSheet(name)
		b.check(err)
	}
	b.writeLists(p)
	b.writeAssessment(p)
	b.writeResults(p)
	b.writeStart(p)
	b.writeManifest()
	b.check(b.f.SetSheetVisible(SheetLists, false))
	b.check(b.f.SetSheetVisible(SheetManifest, false, true))
	b.protect(SheetLists)
	b.protect(SheetManifest)
	b.f.SetActiveSheet(0)
	// Excelize makes the relationship and the content type; the part itself is written in finish.
	b.check(b.f.SetCustomProps(excelize.CustomProperty{Name: "rubric." + keyFormat, Value: manifestFormat}))
	return b.finish()
}

// Write writes the copy of recipient rc: its name, the sealed manifest m and the reference that people see. The
// same arguments give the same bytes. It is safe for concurrent use.
func (a *Assessment) Write(w io.Writer, rc models.Recipient, m models.Manifest, reference string) error {
	if err := a.frame.NewWriter(w, a.gapValues(rc, m, reference)...).Close(); err != nil {
		return fmt.Errorf("writing the workbook of recipient %s: %w", rc.ID, err)
	}
	return nil
}

// gapValues is what stands in a copy's gaps, as XML.
func (a *Assessment) gapValues(rc models.Recipient, m models.Manifest, reference string) []string {
	name := strings.Join(strings.Fields(rc.Name), " ")
	values := []string{name, pageText(name, headerName), reference, m.Recipient, m.Seal, m.Round, m.Template, m.TemplateVersion, m.TemplateDigest, m.Name}
	if a.part {
		values = append(values, m.Part, m.Topics, partFor(a.words, m))
	}
	for i, v := range values {
		values[i] = sheetdata.Escape(v)
	}
	return values
}
