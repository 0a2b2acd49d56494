// Package refuse holds the error by which a reader says that a file, or a part of it, is not read.
package refuse

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/text"
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

// Finding is the finding of the error that ended the reading of a file, which had the time given.
func Finding(err error, file string, within time.Duration) models.Finding {
	at := models.Origin{File: file}
	var e *Error
	switch {
	case errors.As(err, &e):
		what := e.Text
		if e.Part != "" && !strings.Contains(what, e.Part) {
			what = "in the part " + e.Part + " of the file, " + what
		}
		at.Sheet, at.Cell = e.Sheet, e.Cell
		return models.NewFinding(e.Code, at, text.Sentence(what))
	case errors.Is(err, context.DeadlineExceeded):
		return models.NewFinding(models.FileTimeLimit, at, "The file could not be read within "+within.String()+".")
	case errors.Is(err, context.Canceled):
		return models.NewFinding(models.FileUnreadable, at, "Reading was stopped before the file was read.")
	}
	return Unreadable(file, "The file could not be read from the disk", err)
}

// Unreadable is the finding of a file of which the system gave no content; message says what could not be done, without a
// full stop.
func Unreadable(file, message string, err error) models.Finding {
	why, remedy := disk.Words(err)
	if why == "" {
		return models.NewFinding(models.FileUnreadable, models.Origin{File: file}, text.Sentence(message))
	}
	f := models.NewFinding(models.FileUnreadable, models.Origin{File: file}, text.Sentence(message+": "+why))
	f.Remedy = text.Sentence(remedy)
	return f
}

// Failed is the finding where a mistake of the reader ended the reading of a file.
func Failed(file string) models.Finding {
	return models.NewFinding(models.FileDamaged, models.Origin{File: file}, "The file made the reader fail; nothing in it was read.")
}
