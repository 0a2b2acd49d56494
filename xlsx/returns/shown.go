package returns

import (
	"context"
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// Shown is what a person sees in a return beside what was read from it.
type Shown struct {
	// Cells are the texts in the cells for answer and target, by ref.
	Cells map[string]ShownCells
	// Objects are the pictures and files that lie on the sheets with answers, in the order of the sheets.
	Objects []ShownObject
}

// ShownCells are the texts of a criterion's cells, as they stand there.
type ShownCells struct{ Answer, Target string }

// ShownObject is a picture, or a file of another kind, on a sheet.
type ShownObject struct {
	Origin models.Origin
	// Ref is the criterion in whose row it lies, or "". Name is what the file calls it.
	Ref, Name string
	Picture   bool
	// Part is the part of the file that holds it, for Object; "" where its content cannot be got at.
	Part string
}

// Show is Read for a person who looks at one return: it gives what stands in the cells beside what was read.
func Show(ctx context.Context, r io.ReaderAt, size int64, file string, opt ReadOptions) (models.Return, Shown) {
	limits := opt.Limits.OrDefault()
	ctx, cancel := context.WithTimeout(ctx, limits.Time)
	defer cancel()
	shown := Shown{Cells: map[string]ShownCells{}}
	rd := &reading{ctx: ctx, limits: limits, opt: opt, ret: models.Return{File: file, Size: size}, shown: &shown}
	rd.guarded(r, size)
	if rd.book != nil {
		rd.book.Release()
	}
	rd.countAlike()
	models.SortFindings(rd.ret.Findings)
	resolveObjects(ctx, r, size, limits, shown.Objects)
	return rd.ret, shown
}

// shows notes what stands in the cells of a row. A later row of the same criterion takes the place of an earlier one, as it
// does for answers that are alike.
func (rd *reading) shows(h hit) {
	if rd.shown == nil {
		return
	}
	text := func(col layout.Column) string {
		at, ok := h.t.at(col)
		if !ok {
			return ""
		}
		c := h.t.sh.Find(h.row, at)
		if c == nil || c.Kind == sheet.Empty {
			return ""
		}
		return printable(rd.book.Text(c))
	}
	rd.shown.Cells[h.c.Ref] = ShownCells{text(layout.Answer), text(layout.Target)}
}

// showsObject notes an object. Part is for the time being where it leads from.
func (rd *reading) showsObject(used []*table, sh *sheet.Sheet, o sheet.Object, at models.Origin) {
	if rd.shown == nil || o.Kind == sheet.Control {
		return
	}
	x := ShownObject{Origin: at, Ref: rd.refInRow(used, o.Row, sh), Name: printable(o.Name), Picture: o.Kind == sheet.Picture}
	if o.Rel != "" {
		x.Part = o.Of + "\x00" + o.Rel
	}
	rd.shown.Objects = append(rd.shown.Objects, x)
}
