// Package refuse holds the error by which a reader says that a file, or a part of it, is not read.
package refuse

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// Error says why reading stopped. It becomes a finding of the same code.
type Error struct {
	Code models.Code
	// Part is the name of the part inside the file, if it is one.
	Part string
	// Sheet and Cell say where in the workbook, if known.
	Sheet, Cell string
	// Text says what is wrong, as a sentence without its full stop.
	Text words.Said
	// Remedy is what to do about it, where that is not what its code says of most files; or empty.
	Remedy string
}

// Advising gives the error a remedy of its own.
func (e *Error) Advising(remedy string) *Error {
	e.Remedy = remedy
	return e
}

// Error is the text with its part.
func (e *Error) Error() string {
	if e.Part != "" {
		return e.Text.String() + " (in " + e.Part + ")"
	}
	return e.Text.String()
}

// New makes an error of a code.
func New(code models.Code, format string, args ...any) *Error {
	return &Error{Code: code, Text: words.Sayf(format, args...)}
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

// Finding is the finding of the error that ended the reading of a file, which had the time given.
func Finding(err error, file string, within time.Duration) models.Finding {
	at := models.Origin{File: file}
	var e *Error
	switch {
	case errors.As(err, &e):
		what := e.Text
		if e.Part != "" && !strings.Contains(what.String(), e.Part) {
			what = words.Sayf("in the part %s of the file, %s", e.Part, what)
		}
		what.Kind = words.SaidSentence
		at.Sheet, at.Cell = e.Sheet, e.Cell
		f := models.NewFinding(e.Code, at, "").Saying(what)
		if e.Remedy != "" {
			f = f.Advising(words.Said{Form: e.Remedy})
		}
		return f
	case errors.Is(err, context.DeadlineExceeded):
		return models.NewFinding(models.FileTimeLimit, at, "The file could not be read within %s.", within)
	case errors.Is(err, context.Canceled):
		return models.NewFinding(models.FileUnreadable, at, "Reading was stopped before the file was read.")
	}
	why, remedy := disk.Words(err)
	if why == "" {
		return models.NewFinding(models.FileUnreadable, at, "The file could not be read from the disk.")
	}
	return models.NewFinding(models.FileUnreadable, at, "The file could not be read from the disk: %s.", words.Said{Form: why}).
		Advising(words.Said{Form: remedy, Kind: words.SaidSentence})
}

// Failed is the finding where a mistake of the reader ended the reading of a file.
func Failed(file string) models.Finding {
	return models.NewFinding(models.FileDamaged, models.Origin{File: file}, "The file made the reader fail; nothing in it was read.")
}
