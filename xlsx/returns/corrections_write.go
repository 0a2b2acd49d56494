package returns

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/internal/amend"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
	"github.com/rubric-project/rubric/xlsx/internal/xmledit"
)

// SheetCorrections is the sheet that stands first in a workbook that goes back for correction.
const SheetCorrections = "Corrections"

// ErrNotCorrectable says that a return cannot go back as a workbook with its cells marked. Those after it say why, where
// that is known beforehand.
var (
	ErrNotCorrectable = errors.New("there is no correction workbook for this return")
	// ErrNotPlain: it was not read as an .xlsx workbook without a password.
	ErrNotPlain = fmt.Errorf("%w: it was not read as an xlsx workbook", ErrNotCorrectable)
	// ErrNothingToMend: nothing that was found can be mended by its sender in the workbook.
	ErrNothingToMend = fmt.Errorf("%w: there is nothing for its sender to mend", ErrNotCorrectable)
)

// CorrectionsInput is what WriteCorrections needs.
type CorrectionsInput struct {
	Round    *models.Round
	Template *models.Template
	// Workbook is the return as it came, and Findings is all that was found in it.
	Workbook []byte
	Findings []models.Finding
	Limits   xlsx.Limits
	// Languages are as in ReadOptions.
	Languages []string
}

// WriteCorrections writes a copy of a sender's own workbook to send back: each cell with something to mend is
// marked and has a note, and the sheet Corrections, which stands first, lists what to do with a link to each cell.
// What comes back is read like any other return. The error is ErrNotCorrectable where such a copy makes no sense
// or cannot be made.
//
// It is in the language of the round given. The sender's package is changed part by part and where something is to be
// marked only; all else is byte for byte what it was, and no other program's reader sees it. It is read back before it is
// given out: if any answer or what it says about itself were not the same as in the return, it is not written.
func WriteCorrections(ctx context.Context, w io.Writer, in CorrectionsInput) error {
	opt := ReadOptions{Template: in.Template, Limits: in.Limits, Languages: in.Languages}
	read := func(b []byte) models.Return {
		return Read(ctx, bytes.NewReader(b), int64(len(b)), "return", opt)
	}
	before := read(in.Workbook)
	if before.Format != "xlsx" || len(before.Answers()) == 0 && before.Plan == nil {
		return ErrNotPlain
	}
	texts, _ := words.For(in.Round.Language)
	list := correctionsOf(in.Findings, texts.Calling(in.Template.NamesIn(in.Round.Language)))
	if len(list) == 0 {
		return ErrNothingToMend
	}
	for _, values := range []bool{true, false} { // a formula of the sender's that had no value would get one
		copied, err := marked(ctx, in, texts, list, values)
		if err != nil {
			return fmt.Errorf("%w: marking its cells: %w", ErrNotCorrectable, err)
		}
		if Same(before, read(copied)) {
			_, err = w.Write(copied)
			return err
		}
	}
	return fmt.Errorf("%w: marking its cells changed what it says", ErrNotCorrectable)
}

// marked is the copy with its cells marked and the sheet added; with values, formulas that have none get theirs.
func marked(ctx context.Context, in CorrectionsInput, w *words.Words, list []correction, values bool) ([]byte, error) {
	o, err := openOutgoing(ctx, in.Workbook, in.Limits.OrDefault())
	if err != nil {
		return nil, err
	}
	sheets, err := o.sheets()
	if err != nil {
		return nil, err
	}
	own, err := drawCorrections(in.Round, w, list)
	if err != nil {
		return nil, err
	}
	palette := draw.NewPalette(in.Round.Look.Accent)
	styles, err := o.styles()
	if err != nil {
		return nil, err
	}
	author := in.Round.Organiser
	if author == "" {
		author = in.Round.Title
	}
	style := styles.marker(palette)
	for _, x := range sheets {
		if x.part == "" || isCorrectionsName(x.name) {
			continue
		}
		if err := o.leave(x.part); err != nil {
			return nil, err
		}
		notes, cells := notesOn(x.name, list)
		if len(notes) == 0 {
			continue
		}
		size, err := markCells(o.doc(x.part), cells, style)
		if err != nil {
			return nil, err
		}
		if err := o.putNotes(x.part, notes, author, palette, size); err != nil {
			return nil, err
		}
	}
	if err := o.putCorrections(own, sheets, styles); err != nil {
		return nil, err
	}
	base, err := o.base()
	if err != nil {
		return nil, err
	}
	// Values are a comfort: where they cannot be worked out, the sender's program does it.
	if values {
		_ = amend.Calculate(base, in.Workbook, in.Workbook)
	}
	return base.Bytes()
}

// putCorrections puts the sheet with the list into the package.
func (o *outgoing) putCorrections(own *ownSheet, sheets []listedSheet, styles *styleSheet) error {
	ownStyles, _ := own.parts.Part("xl/styles.xml")
	theirs, err := readStyles(xmledit.Open(ownStyles))
	if err != nil {
		return err
	}
	content, err := own.xml(styles.take(theirs), o.strict)
	if err != nil {
		return err
	}
	styles.write()
	part := o.free(o.dir()+"worksheets/sheet", ".xml")
	if err := o.add(part, typeOfWorksheet, content); err != nil {
		return err
	}
	if err := o.putFirst(own.name, sheets, isCorrectionsName, part, own.titles); err != nil {
		return err
	}
	return o.retitle(own.name, sheets, isCorrectionsName)
}

// styles is the style sheet of the workbook, which is made where there is none.
func (o *outgoing) styles() (*styleSheet, error) {
	if r, ok := o.related(o.main, "styles"); ok {
		return readStyles(o.doc(r.Target))
	}
	space := mainSpace
	if o.strict {
		space = mainSpaceStrict
	}
	name := o.free(o.dir()+"styles", ".xml")
	if err := o.add(name, typeOfStyles, []byte(xmlHeader+`<styleSheet xmlns="`+space+`"></styleSheet>`)); err != nil {
		return nil, err
	}
	if _, err := o.relate(o.main, "styles", name); err != nil {
		return nil, err
	}
	return readStyles(o.doc(name))
}

// notesOn lists the notes for a sheet, and their cells.
func notesOn(sheetName string, list []correction) (notes []note, cells []place) {
	for _, c := range list {
		if row, col, ok := sheet.ParseRef([]byte(c.cell)); ok && c.sheet == sheetName {
			notes = append(notes, note{place{row, col}, c.cell, c.wrong + "\n" + c.todo})
			cells = append(cells, place{row, col})
		}
	}
	return notes, cells
}

// Same says whether two readings, under one name, hold the same answers, plan, respondent and claims.
func Same(a, b models.Return) bool {
	if len(a.Answers()) != len(b.Answers()) || !reflect.DeepEqual(a.Respondent, b.Respondent) || !reflect.DeepEqual(a.Claims, b.Claims) || !reflect.DeepEqual(a.Plan, b.Plan) {
		return false
	}
	return reflect.DeepEqual(a.Answers(), b.Answers())
}
