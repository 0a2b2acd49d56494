package sheet

import (
	"context"
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// TakeRow is given a sheet's rows with content, from top to bottom. The cells and their texts are valid until it
// returns.
type TakeRow func(w *Workbook, cells []Cell) error

// ReadRows reads the cells of some sheets row by row, so that a sheet of a million rows need not lie in memory.
// want gives what takes the rows of a sheet, or nil for a sheet that is not to be looked at. Notes, drawings and
// properties are not read. A sheet whose rows or cells are not in order is refused.
func ReadRows(ctx context.Context, r io.ReaderAt, size int64, packing opc.Limits, limits Limits, want func(sheet string) TakeRow) error {
	p, err := opc.Open(ctx, r, size, packing)
	if err != nil {
		return err
	}
	kind, main, err := FileKind(p)
	if err != nil {
		return err
	}
	if kind == "" {
		return refuse.New(models.FileNotWorkbook, "the file is not a workbook in Excel's format (.xlsx)")
	}
	w, err := readPackage(p, kind, main, limits, want)
	if w != nil {
		w.Release()
	}
	return err
}

// flow hands the row that was just read to what takes rows, and forgets it. texts is the length of w.texts before.
func (c *cellReader) flow(had, texts int) error {
	if c.w.take == nil {
		return nil
	}
	if len(c.sh.Cells) > had {
		if err := c.w.take(c.w, c.sh.Cells[had:]); err != nil {
			return err
		}
	}
	c.sh.Cells, c.w.texts = c.sh.Cells[:had], c.w.texts[:texts]
	return nil
}
