// Package returns reads the assessment workbooks that come back, and writes into a copy of one what is to be corrected.
//
// Input is a file as it came and the round's template; output is a models.Return: what the workbook says about itself,
// the respondent, and the answers, each with the cell that it stands in, and findings about all that is wrong or was
// mended. An action plan that comes back is read as such: it has a Plan in place of answers. Start with Read. WriteCorrections makes the workbook to send back, with each cell to mend marked.
//
// Answers are found by refs, headings and labels, never by position, in xlsx, xlsm and ods, as spreadsheet programs and
// people leave them. Read never fails and never guesses: an answer is as its author chose and saw it, or there is a
// finding. What is refused has no answers and a finding of severity error that says why, and nothing in a file costs
// more than xlsx.Limits allow. Whose a return is and what is missing in it is for package checks. WriteCorrections
// refuses with ErrNotCorrectable what was not read as an xlsx workbook or has nothing for its sender to mend.
package returns

import (
	"context"
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// ReadOptions say how a return is read.
type ReadOptions struct {
	// Template is the round's template; its refs, labels and descriptors are what the answers are found by. Without one
	// only format and digest of the file are told.
	Template *models.Template
	Limits   xlsx.Limits
	// Languages are further languages in which the round's workbooks went out, by BCP 47 tag; English and those of the
	// template are read in any case.
	Languages []string
	// Password opens workbooks that were saved with one; "" for none.
	Password string
	// Digest is the SHA-256 of the file in hex, where the caller has worked it out already, as for what came in a
	// message; "" where it has not.
	Digest string
}

// Read reads one file that came back. r and size are the file's content, file is its path inside
// returns/. It fills in what can be known from the file and the template: digest, format, what the workbook
// says about itself, the respondent, the answers with their origins, and the findings about file, workbook and
// form of the answers. Whose it is, and what is missing, is for others to judge.
//
// It never fails: whatever is in the file, an answer is as its author chose it, or there is a finding. A file
// that is refused has no answers and a finding of severity error.
func Read(ctx context.Context, r io.ReaderAt, size int64, file string, opt ReadOptions) models.Return {
	limits := opt.Limits.OrDefault()
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

// reading is the state of reading one file.
type reading struct {
	ctx    context.Context
	limits xlsx.Limits
	opt    ReadOptions
	ret    models.Return
	book   *sheet.Workbook
	lex    *lexicon
	// headings counts the rows that can be heading rows, alike the findings by code.
	headings int
	alike    map[models.Code]int
	// short says that the workbook offers short forms of the choices. levelsOf are the rows with the descriptors, where these
	// stand in a table of their own.
	short    bool
	levelsOf map[*models.Criterion]hit
	// wordsOf are the cells with words of ours, and labelsOf the labels, on the sheets that were looked at.
	wordsOf map[*sheet.Sheet][]int32
	// shown collects what the cells show, for Show; nil otherwise.
	shown    *Shown
	labelsOf map[*sheet.Sheet][]labelAt
}

// guarded is the last defence of the rest of the round: a mistake of the reader costs this file only.
func (rd *reading) guarded(r io.ReaderAt, size int64) {
	defer func() {
		if p := recover(); p != nil {
			rd.ret.SetAnswers(nil)
			rd.ret.Claims, rd.book = nil, nil
			rd.add(refuse.Failed(rd.ret.File))
		}
	}()
	if err := rd.read(r, size); err != nil {
		rd.book = nil
		rd.ret.SetAnswers(nil) // a workbook that was read in part is none
		rd.add(refuse.Finding(err, rd.ret.File, rd.limits.Time))
	}
}

func (rd *reading) read(r io.ReaderAt, size int64) error {
	file, findings := xlsx.Open(rd.ctx, r, size, rd.ret.File, xlsx.OpenOptions{Limits: rd.limits, Password: rd.opt.Password, Digest: rd.opt.Digest})
	rd.ret.Format, rd.ret.Digest, rd.book = file.Format, file.Digest, file.Book
	for _, f := range findings {
		rd.add(f)
	}
	if rd.book == nil {
		return nil
	}
	rd.ret.Application, rd.ret.Saved = printable(rd.book.Application), rd.book.Modified
	if rd.opt.Template == nil {
		return nil
	}
	rd.lex = lexiconOf(rd.opt.Template, rd.opt.Languages)
	if err := rd.identity(); err != nil {
		return err
	}
	rd.respondent()
	if rd.isPlan() {
		return rd.plan()
	}
	rd.questions()
	return rd.answers()
}

func (rd *reading) at(sheet, cell string) models.Origin {
	return models.Origin{File: rd.ret.File, Sheet: sheet, Cell: cell}
}

func (rd *reading) cellAt(sh *sheet.Sheet, row, col int32) models.Origin {
	return rd.at(sh.Name, sheet.Ref(row, col))
}

func (rd *reading) find(code models.Code, at models.Origin, message string, values ...any) {
	rd.add(models.NewFinding(code, at, message, values...))
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
				"There are %d more places of this kind in the file.", more))
		}
	}
}
