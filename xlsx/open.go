package xlsx

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"sync"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// OpenOptions say how a file is opened.
type OpenOptions struct {
	Limits Limits
	// Password opens workbooks that were saved with one; "" for none.
	Password string
	// Digest is the SHA-256 of the file in hex, where the caller has worked it out already; "" where it has not.
	Digest string
}

// File is what a file turned out to be.
type File struct {
	// Format is the kind of the content, such as xlsx, xlsm, ods, xls, pdf, csv; "" where it is not known.
	Format string
	// Digest is the SHA-256 of the content in hex; "" where it was not read.
	Digest string
	// Book is the content of a workbook, for the packages in this folder; nil where the file is refused.
	Book *sheet.Workbook
}

// Open recognises a file by its content and reads it, if it is a workbook of a kind that is read: xlsx, xlsm or ods,
// also one with a password that is known. Otherwise Book is nil and a finding of severity error says what the file is.
// name is the file's, for the findings. Open never fails.
func Open(ctx context.Context, r io.ReaderAt, size int64, name string, opt OpenOptions) (*File, []models.Finding) {
	opt.Limits = opt.Limits.OrDefault()
	ctx, cancel := context.WithTimeout(ctx, opt.Limits.Time)
	defer cancel()
	o := &opening{ctx: ctx, name: name, opt: opt, file: &File{}}
	o.guarded(r, size)
	return o.file, o.findings
}

// opening is the state of opening one file.
type opening struct {
	ctx      context.Context
	name     string
	opt      OpenOptions
	file     *File
	findings []models.Finding
}

// guarded is the last defence of the other files: a mistake of the reader costs this file only.
func (o *opening) guarded(r io.ReaderAt, size int64) {
	defer func() {
		if p := recover(); p != nil {
			o.file.Book = nil
			o.findings = append(o.findings, refuse.Failed(o.name))
		}
	}()
	if err := o.open(r, size); err != nil {
		o.file.Book = nil // a workbook that was read in part is none
		o.findings = append(o.findings, refuse.Finding(o.notFinished(err), o.name, o.opt.Limits.Time))
	}
}

// inMemory is the size in bytes up to which a file is read whole before it is looked at.
const inMemory = 4 << 20

// files are the memory of files that were read: nothing that is known from a file refers to its bytes.
var files = sync.Pool{New: func() any { return new([]byte) }}

func (o *opening) open(r io.ReaderAt, size int64) error {
	if size == 0 {
		return refuse.New(models.FileEmpty, "the file has no content")
	}
	if most := o.opt.Limits.Packed; size > most {
		return refuse.New(models.FileTooLarge, "the file has %d MB; the limit is %d MB", (size+1<<20-1)>>20, most>>20)
	}
	var h hash.Hash
	if o.file.Digest = o.opt.Digest; o.file.Digest == "" {
		h = sha256.New()
	}
	if size <= inMemory {
		kept := files.Get().(*[]byte)
		defer files.Put(kept)
		if int64(len(*kept)) < size {
			*kept = make([]byte, size)
		}
		b := (*kept)[:size]
		if n, err := r.ReadAt(b, 0); n < len(b) {
			if err == nil || errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		if h != nil {
			h.Write(b)
		}
		r = opc.Bytes(b)
	} else if h != nil {
		if _, err := io.Copy(h, io.NewSectionReader(r, 0, size)); err != nil {
			return err
		}
	}
	if h != nil {
		o.file.Digest = hex.EncodeToString(h.Sum(nil))
	}
	var err error
	if o.file.Book, err = o.recognise(r, size); err != nil {
		return err
	}
	w := o.file.Book
	o.file.Format = w.Format
	for _, note := range w.Notes {
		o.findings = append(o.findings, models.SaidFinding(models.FileNotStandard, models.Origin{File: o.name}, note))
	}
	if w.Macros {
		o.find(models.FileMacros, "The workbook holds macros. They were not run.")
	}
	return nil
}

func (o *opening) find(code models.Code, message string) {
	o.findings = append(o.findings, models.NewFinding(code, models.Origin{File: o.name}, message))
}
