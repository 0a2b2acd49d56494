package consolidated

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

const giveFolder = "give the earlier round's folder, or the workbook as rubric wrote it"

func refused(format string, args ...any) error {
	return &fault.Error{Message: fmt.Sprintf(format, args...), Remedy: giveFolder, Usage: true}
}

// Round is a round as its consolidated workbook holds it: what a later round can be compared with.
type Round struct {
	// Title and Due are the round's.
	Title string
	Due   models.Date
	// TemplateSource is the round's template, with lines that end in a line feed.
	TemplateSource []byte
	// Members are the recipients whose return counts, each with its id and its answers, packed: criterion and level,
	// and no more. What the recipient was not asked is blank.
	Members []models.Member
}

// figures are the answers as the sheet Matrix holds them.
type figures struct {
	// refs are the criteria, in the order of the sheet.
	refs []string
	ids  []string
	// levels holds a row for each id, a number for each ref.
	levels []int16
}

// Limits of reading: the workbook of a round of 20,000 recipients stays below them.
var (
	readPacking = opc.Limits{Parts: 5000, Unpacked: 8 << 30}
	readContent = sheet.Limits{Cells: 100_000_000, Text: 1 << 30}
)

// Read reads a consolidated workbook back, also one that another program saved since. A file that is none, an edition
// for circulation, and one that was cut or in which answers, ids or headings were changed are refused with a *fault.Error of
// wrong usage;
// whatever it gives is what the round's folder would.
func Read(ctx context.Context, r io.ReaderAt, size int64) (*Round, error) {
	rows := func(want func(string) sheet.TakeRow) error {
		err := sheet.ReadRows(ctx, r, size, readPacking, readContent, want)
		var e *refuse.Error
		if errors.As(err, &e) {
			return refused("the file could not be read: %s", e.Text)
		}
		return err
	}
	k := &kept{}
	names := map[string]bool{}
	edition := ""
	err := rows(func(name string) sheet.TakeRow {
		names[name] = true
		if name == keptSheet {
			return k.take
		}
		for _, w := range languages() {
			if name == w.TextOf(methodSheet) {
				return func(book *sheet.Workbook, cells []sheet.Cell) error {
					if edition == "" && book.Text(&cells[0]) == w.TextOf(editionLabel) {
						edition = name
					}
					return nil
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	k.words = spokenBy(names)
	if err := k.check(names, edition != ""); err != nil {
		return nil, err
	}
	matrixSheet, answersSheet := k.words.TextOf(matrixSheet), k.words.TextOf(answersSheet)
	e := &figures{refs: k.refs}
	m := &matrixRows{kept: k, e: e, at: map[string]int{}}
	if err := rows(only(matrixSheet, m.take)); err != nil {
		return nil, err
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	a := newAnswerRows(m)
	for n, name := 1, answersSheet; names[name]; n, name = n+1, fmt.Sprintf("%s %d", answersSheet, n+1) { // several, from earlier versions
		a.begin(name)
		if err := rows(only(name, a.take)); err != nil {
			return nil, err
		}
	}
	if err := a.check(); err != nil {
		return nil, err
	}
	return &Round{k.title, k.due, []byte(strings.Join(k.lines, "\n") + "\n"), e.members()}, nil
}

// languages are the words of all languages that the workbook can be written in, English first.
func languages() []*words.Words {
	var out []*words.Words
	for _, tag := range words.Languages() {
		w, _ := words.For(tag)
		out = append(out, w)
	}
	return out
}

// spokenBy is the language that the sheets with the figures are called in; English where they are not there.
func spokenBy(names map[string]bool) *words.Words {
	for _, w := range languages() {
		if names[w.TextOf(matrixSheet)] || names[w.TextOf(answersSheet)] {
			return w
		}
	}
	return words.English()
}

// only wants one sheet.
func only(sheetName string, take sheet.TakeRow) func(string) sheet.TakeRow {
	return func(name string) sheet.TakeRow {
		if name == sheetName {
			return take
		}
		return nil
	}
}

// members are the recipients with their answers.
func (e *figures) members() []models.Member {
	var packer models.Packer // those of a large round take a third of a gigabyte unpacked
	var out []models.Member
	for i, id := range e.ids {
		ret := new(models.Return{}.With(e.answers(i)))
		ret.Pack(&packer)
		out = append(out, models.Member{Recipient: models.Recipient{ID: id}, Return: ret})
	}
	return out
}

// answers are the i-th return's answers to all criteria, so that all returns are packed alike.
func (e *figures) answers(i int) []models.Answer {
	out := make([]models.Answer, 0, len(e.refs))
	for c, v := range e.levels[i*len(e.refs):][:len(e.refs)] {
		a := models.Answer{Ref: e.refs[c]}
		switch v {
		case blankAnswer, notAsked:
		case notApplicable:
			a.Level.Value = models.NotApplicable()
		default:
			a.Level.Value = models.At(int(v))
		}
		out = append(out, a)
	}
	return out
}
