package xlsx

import (
	"fmt"
	"io"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/wording"
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
	words *wording.Words
}

// NewAssessment builds the workbook of a round for a template that package templates has checked, in the language of
// rd as far as there are texts and words in it (models.Template.Gaps says what there is not). It fails only where the
// workbook cannot be built, which is a mistake of the program.
func NewAssessment(t *models.Template, rd *models.Round) (*Assessment, error) {
	return newAssessment(t.Trimmed(), rd, "")
}

// newAssessment builds the workbook with the criteria of t; part says in words what it is a part of, "" that it is
// whole.
func newAssessment(t *models.Template, rd *models.Round, part string) (*Assessment, error) {
	base, gaps, err := buildAssessment(t, rd, part)
	if err != nil {
		return nil, fmt.Errorf("building the workbook of template %s: %w", t.ID, err)
	}
	frame, err := base.Prepare(gaps)
	if err != nil {
		return nil, fmt.Errorf("preparing the workbook of template %s: %w", t.ID, err)
	}
	return &Assessment{frame: frame, part: part != "", words: t.In(rd.Language).Words()}, nil
}

func buildAssessment(t *models.Template, rd *models.Round, part string) (*splice.Base, []string, error) {
	t = t.In(rd.Language)
	b := newBook(t, rd)
	b.part = part
	defer b.f.Close()
	b.check(b.f.SetSheetName("Sheet1", SheetStart))
	for _, name := range []string{SheetAssessment, SheetResults, SheetLists, SheetManifest} {
		_, err := b.f.NewSheet(name)
		b.check(err)
	}
	p := newPlan(t)
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
	base, err := b.finish()
	return base, b.gaps(), err
}

// Write writes the copy of recipient rc: its name, the sealed manifest m and the reference that people see. The
// same arguments give the same bytes. It is safe for concurrent use.
func (a *Assessment) Write(w io.Writer, rc models.Recipient, m models.Manifest, reference string) error {
	name := strings.Join(strings.Fields(rc.Name), " ")
	values := []string{name, pageText(name, headerName), reference, m.Recipient, m.Seal, m.Round, m.Template, m.TemplateVersion, m.TemplateDigest, m.Name}
	if a.part {
		values = append(values, m.Part, m.Topics, partFor(a.words, m))
	}
	for i, v := range values {
		values[i] = sheetdata.Escape(v)
	}
	if err := a.frame.NewWriter(w, values...).Close(); err != nil {
		return fmt.Errorf("writing the workbook of recipient %s: %w", rc.ID, err)
	}
	return nil
}
