package sheet

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// Builder makes a workbook of cells that another reader has found, in order of row and column.
type Builder struct {
	w  *Workbook
	sh *Sheet
	// formats are the cell formats made so far, by how they look.
	formats map[look]uint32
}

// NewBuilder starts a workbook of the given format.
func NewBuilder(format string, limits Limits) *Builder {
	return &Builder{w: &Workbook{Format: format, limits: limits, formats: []Format{NewFormat("General")}}, formats: map[look]uint32{}}
}

// formatOf is the cell format that looks as the value does.
func (b *Builder) formatOf(v Value) uint32 {
	l := look{unseen: v.Unseen, ground: parseColour(v.Ground)}
	if n, ok := b.formats[l]; ok {
		return n
	}
	if len(b.w.formats) == maxFormats {
		return 0
	}
	n := uint32(len(b.w.formats))
	b.w.formats = append(b.w.formats, Format{look: l})
	b.formats[l] = n
	return n
}

// Workbook is the workbook.
func (b *Builder) Workbook() *Workbook { return b.w }

// Sheet starts a sheet. Its name must be new.
func (b *Builder) Sheet(name string, hidden bool) error {
	for _, s := range b.w.Sheets {
		if sameName(s.Name, name) {
			return refuse.New(models.FileContradictory, "it has two sheets of the name '%s'", name)
		}
	}
	if len(b.w.Sheets) == maxSheets {
		return refuse.New(models.FileOverLimit, "it has more than %d sheets", maxSheets)
	}
	b.sh = &Sheet{Name: name, Hidden: hidden}
	b.w.Sheets = append(b.w.Sheets, b.sh)
	return nil
}

// Value is what Add puts into a cell.
type Value struct {
	Kind             Kind
	Formula, NoValue bool
	Text             []byte
	// Shown is what the cell shows, if HasShown.
	Shown    []byte
	HasShown bool
	// Struck says that the text is struck through, at least in part.
	Struck bool
	// Unseen says that it has the colour of its background.
	Unseen bool
	// Ground is the colour of the background, written #rrggbb, or "".
	Ground string
}

// Stored is a value whose text the workbook has already.
type Stored struct{ c Cell }

// Store keeps a value's text, so that it can be put into several cells.
func (b *Builder) Store(v Value) (Stored, error) {
	w := b.w
	if len(v.Text) > maxCellText || len(v.Shown) > maxCellText {
		return Stored{}, tooLong()
	}
	c := Cell{Kind: v.Kind, Formula: v.Formula, NoValue: v.NoValue, ownShown: v.HasShown}
	c.text = uint32(len(w.texts))
	w.texts = append(w.texts, v.Text...)
	c.textEnd = uint32(len(w.texts))
	if v.Unseen || v.Ground != "" {
		c.format = b.formatOf(v)
	}
	if v.Struck && len(v.Text) > 0 {
		w.strike(c.text)
	}
	c.shown, c.shownEnd = c.text, c.textEnd
	if v.HasShown && string(v.Shown) != string(v.Text) {
		c.shown = uint32(len(w.texts))
		w.texts = append(w.texts, v.Shown...)
		c.shownEnd = uint32(len(w.texts))
	}
	if len(w.texts) > w.limits.Text {
		return Stored{}, refuse.New(models.FileOverLimit, "the workbook holds more text than a return may have")
	}
	return Stored{c}, nil
}

// Add puts a value into a cell of the current sheet; cells come in order.
func (b *Builder) Add(row, col int32, s Stored) error {
	if row > maxRow || col > maxCol {
		return refuse.Damaged("it has more rows or columns than a sheet can have")
	}
	if b.w.cells++; b.w.cells > b.w.limits.Cells {
		return refuse.New(models.FileOverLimit, "the workbook has more than %d cells with content", b.w.limits.Cells)
	}
	s.c.Row, s.c.Col = row, col
	b.sh.Cells = append(b.sh.Cells, s.c)
	return nil
}

// HideRow says that a row with content is hidden.
func (b *Builder) HideRow(row int32) { b.sh.hiddenRows = append(b.sh.hiddenRows, row) }

// HideColumns says that the columns are hidden.
func (b *Builder) HideColumns(from, to int32) {
	b.sh.hiddenCols = append(b.sh.hiddenCols, [2]int32{from, to})
}

// notFollowed is a number format of which nobody knows what it shows.
var notFollowed = Format{sections: []section{{odd: true}}}

// Restyle says that a conditional format may show the cells of a range, written A1:B2, in a number format of its own.
func (b *Builder) Restyle(sh *Sheet, where string) error { return relook(sh, where, &notFollowed) }

// Hide says that a conditional format may strike through or hide what the cells of a range show, or cover it.
func (b *Builder) Hide(sh *Sheet, where string) error { return relook(sh, where, &covered) }

func relook(sh *Sheet, where string, f *Format) error {
	m, ok := parseRange([]byte(where))
	if !ok {
		m = Range{1, 1, maxRow, maxCol} // it is not known where: anywhere
	}
	if len(sh.restyled) == maxRestyled {
		return refuse.New(models.FileOverLimit, "it has more conditional formats than a return may have")
	}
	sh.restyled = append(sh.restyled, restyled{m, f})
	return nil
}

// Merge merges cells of the current sheet.
func (b *Builder) Merge(r Range) error {
	if len(b.sh.Merges) == maxMerges {
		return refuse.New(models.FileOverLimit, "it has more than %d merged cells", maxMerges)
	}
	b.sh.Merges = append(b.sh.Merges, r)
	return nil
}

// Note pins a note to a cell of the current sheet.
func (b *Builder) Note(row, col int32, text string) error {
	return b.w.addNote(b.sh, Note{Row: row, Col: col, Text: text})
}

// Drawn adds the text of a drawing that lies on the current sheet.
func (b *Builder) Drawn(row, col int32, text string) error {
	return b.w.addDrawn(b.sh, Note{Row: row, Col: col, Text: text})
}

// Object adds a picture, an embedded file or a control that lies at a cell of the current sheet.
func (b *Builder) Object(row, col int32, o Object) error {
	o.Row, o.Col = row, col
	_, err := b.sh.addObject(o)
	return err
}

// Leads says where cells of the current sheet lead, by a link ("" for none) or by a formula.
func (b *Builder) Leads(cells Range, address, formula string) error {
	if address != "" {
		if len(b.sh.links) == maxObjects {
			return refuse.New(models.FileOverLimit, "it has more links than a return may have")
		}
		b.sh.links = append(b.sh.links, Link{Range: cells, Address: address})
	}
	if formula == "" {
		return nil
	}
	return b.sh.keepFormula(cells.Top, cells.Left, []byte(formula))
}

// Property adds a custom property.
func (b *Builder) Property(name, value string) error {
	if len(b.w.Properties) == maxProperties {
		return refuse.New(models.FileOverLimit, "it has more than %d properties", maxProperties)
	}
	b.w.Properties = append(b.w.Properties, Property{name, value})
	return nil
}
