// Package refuse holds the error by which a reader says that a file, or a part of it, is not read.
package refuse

import (
	"errors"
	"fmt"

	"github.com/rubric-project/rubric/models"
)

// Error says why reading stopped. It becomes a finding of the same code.
type Error struct {
	Code models.Code
	// Part is the name of the part inside the file, if it is one.
	Part string
	// Sheet and Cell say where in the workbook, if known.
	Sheet, Cell string
	// Text says what is wrong, as a sentence without its full stop.
	Text string
}

// Error is the text with its part.
func (e *Error) Error() string {
	if e.Part != "" {
		return e.Text + " (in " + e.Part + ")"
	}
	return e.Text
}

// New makes an error of a code.
func New(code models.Code, format string, args ...any) *Error {
	return &Error{Code: code, Text: fmt.Sprintf(format, args...)}
}

// Damaged is New for models.FileDamaged, the most frequent of all.
func Damaged(format string, args ...any) *Error { return New(models.FileDamaged, format, args...) }

// In adds the part to an error that has none yet.
func In(part string, err error) error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) && e.Part == "" {
		e.Part = part
	}
	return err
}

// At adds the sheet and cell to an error that has none yet.
func At(sheet, cell string, err error) error {
	var e *Error
	if errors.As(err, &e) {
		if e.Sheet == "" {
			e.Sheet = sheet
		}
		if e.Cell == "" {
			e.Cell = cell
		}
	}
	return err
}
