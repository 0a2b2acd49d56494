package xlsx

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
	"sync"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// ReadOptions say how a return is read.
type ReadOptions struct {
	// Template is the round's template; its refs, labels and descriptors are what the answers are found by.
	Template *models.Template
	Limits   Limits
	// Languages are further languages in which the round's workbooks went out, by BCP 47 tag; English and those of the
	// template are read in any case.
	Languages []string
	// Password opens workbooks that were saved with one; "" for none.
	Password string
	// Digest is the SHA-256 of the file in hex, where the caller has worked it out already, as for what came in a
	// message; "" where it has not.
	Digest string
}

// ReadReturn reads one file that came back. r and size are the file's content, file is its path inside
// returns/. It fills in what can be known from the file and the template: digest, format, what the workbook
// says about itself, the respondent, the answers with their origins, and the findings about file, workbook and
// form of the answers. Whose it is, and what is missing, is for others to judge.
//
// It never fails: whatever is in the file, an answer is as its author chose it, or there is a finding. A file
// that is refused has no answers and a finding of severity error.
func ReadReturn(ctx context.Context, r io.ReaderAt, size int64, file string, opt ReadOptions) models.Return {
	limits := opt.Limits.orDefault()
	ctx, cancel := context.WithTimeout(ctx, limits.Time)
	defer cancel()
	rd := &reading{ctx: ctx, limits: limits, opt: opt, ret: models.Return{File: file, Size: size}}
	rd.guarded(r, size)
	if rd.book != nil {
		rd.book.Release()
	}
	rd.countAlike()
	models.SortFindings(rd.ret.Findings)
	return rd.ret
}

// inMemory is the size in bytes up to which a file is read whole before it is looked at.
const inMemory = 4 << 20

// files are the memory of files that were read: nothing that is known from a file refers to its bytes.
var files = sync.Pool{New: func() any { return new([]byte) }}

// reading is the state of reading one file.
type reading struct {
	ctx    context.Context
	limits Limits
	opt    ReadOptions
	ret    models.Return
	book   *sheet.Workbook
	lex    *lexicon
	// headings counts the rows that can be heading rows, alike the findings by code.
	headings int
	alike    map[models.Code]int
	// wordsOf are the cells with words of ours, and labelsOf the labels, on the sheets that were looked at.
	wordsOf  map[*sheet.Sheet][]int32
	labelsOf map[*sheet.Sheet][]labelAt
}

// guarded is the last defence of the rest of the round: a mistake of the reader costs this file only.
func (rd *reading) guarded(r io.ReaderAt, size int64) {
	defer func() {
		if p := recover(); p != nil {
			rd.ret.Answers, rd.ret.Claims, rd.book = nil, nil, nil
			rd.find(models.FileDamaged, rd.at("", ""), "The file made the reader fail; nothing in it was read.")
		}
	}()
	if err := rd.read(r, size); err != nil {
		rd.ret.Answers, rd.book = nil, nil // a workbook that was read in part is none
		rd.refused(err)
	}
}

func (rd *reading) read(r io.ReaderAt, size int64) error {
	if size == 0 {
		return refuse.New(models.FileEmpty, "the file has no content")
	}
	if size > rd.limits.Packed {
		return refuse.New(models.FileTooLarge, "the file has %d MB; the limit is %d MB", (size+1<<20-1)>>20, rd.limits.Packed>>20)
	}
	var h hash.Hash
	if rd.ret.Digest = rd.opt.Digest; rd.ret.Digest == "" {
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
		rd.ret.Digest = hex.EncodeToString(h.Sum(nil))
	}

	var err error
	if rd.book, err = rd.open(r, size); err != nil {
		return err
	}
	w := rd.book
	rd.ret.Format, rd.ret.Application, rd.ret.Saved = w.Format, printable(w.Application), w.Modified
	for _, note := range w.Notes {
		rd.find(models.FileNotStandard, rd.at("", ""), note)
	}
	if w.Macros {
		rd.find(models.FileMacros, rd.at("", ""), "The workbook holds macros. They were not run.")
	}
	if rd.opt.Template == nil { // a plain table
		return nil
	}
	rd.lex = lexiconOf(rd.opt.Template, rd.opt.Languages)
	if err := rd.identity(); err != nil {
		return err
	}
	rd.respondent()
	rd.questions()
	return rd.answers()
}

// refused turns the error that ended the reading into a finding.
func (rd *reading) refused(err error) {
	var e *refuse.Error
	switch {
	case errors.As(err, &e):
		e = rd.notFinished(e)
		text := e.Text
		if e.Part != "" && !strings.Contains(text, e.Part) {
			text = "in the part " + e.Part + " of the file, " + text
		}
		rd.find(e.Code, rd.at(e.Sheet, e.Cell), sentence(text))
	case errors.Is(err, context.DeadlineExceeded):
		rd.find(models.FileTimeLimit, rd.at("", ""), "The file could not be read within "+rd.limits.Time.String()+".")
	case errors.Is(err, context.Canceled):
		rd.find(models.FileUnreadable, rd.at("", ""), "Reading was stopped before the file was read.")
	default:
		rd.find(models.FileUnreadable, rd.at("", ""), "The file could not be read from the disk.")
	}
}

func (rd *reading) at(sheet, cell string) models.Origin {
	return models.Origin{File: rd.ret.File, Sheet: sheet, Cell: cell}
}

func (rd *reading) cellAt(sh *sheet.Sheet, row, col int32) models.Origin {
	return rd.at(sh.Name, sheet.Ref(row, col))
}

func (rd *reading) find(code models.Code, at models.Origin, message string) {
	rd.add(models.NewFinding(code, at, message))
}

// maxAlike is the largest number of findings of one code that a file is given one by one. Those that say why an
// answer does not count are as many as there are answers, and are all kept.
const maxAlike = 1000

func (rd *reading) add(f models.Finding) {
	if rd.alike == nil {
		rd.alike = map[models.Code]int{}
	}
	if rd.alike[f.Code]++; rd.alike[f.Code] > maxAlike && (f.Ref == "" || f.Severity != models.Error) {
		return
	}
	rd.ret.Findings = append(rd.ret.Findings, f)
}

// countAlike says how many findings were too many to be given one by one.
func (rd *reading) countAlike() {
	given := map[models.Code]int{}
	for _, f := range rd.ret.Findings {
		given[f.Code]++
	}
	for code, n := range rd.alike {
		if more := n - given[code]; more > 0 {
			rd.ret.Findings = append(rd.ret.Findings, models.NewFinding(code, rd.at("", ""),
				fmt.Sprintf("There are %d more places of this kind in the file.", more)))
		}
	}
}

// sentence gives a text a capital letter and a full stop.
func sentence(s string) string {
	if s == "" {
		return s
	}
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
