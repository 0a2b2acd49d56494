package xlsx

import (
	"context"
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/consolidated"
)

// Consolidated is a round as its consolidated workbook holds it: what a later round can be compared with.
type Consolidated struct {
	// Title and Due are the round's.
	Title string
	Due   models.Date
	// TemplateSource is the round's template, with lines that end in a line feed.
	TemplateSource []byte
	// Members are the recipients whose return counts, each with its id and its answers, packed: criterion and level,
	// and no more. What the recipient was not asked is blank.
	Members []models.Member
}

// NotConsolidatedError says why a workbook cannot be read as a consolidated one: Message and Remedy, without
// capital letter and full stop.
type NotConsolidatedError = consolidated.Refused

// ReadConsolidated reads a consolidated workbook back, also one that another program saved since. A file that is
// none, an edition for circulation, and one that was cut or in which answers, ids or headings were changed are
// refused with a *NotConsolidatedError.
func ReadConsolidated(ctx context.Context, r io.ReaderAt, size int64) (*Consolidated, error) {
	e, err := consolidated.Read(ctx, r, size)
	if err != nil {
		return nil, err
	}
	out := &Consolidated{Title: e.Title, Due: e.Due, TemplateSource: e.TemplateSource}
	var packer models.Packer // those of a large round take a third of a gigabyte unpacked
	for i := range e.Len() {
		ret := new(models.Return{}.With(e.Answers(i)))
		ret.Pack(&packer)
		out.Members = append(out.Members, models.Member{Recipient: models.Recipient{ID: e.ID(i)}, Return: ret})
	}
	return out, nil
}
