package consolidated

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// keptSheet is the hidden sheet by which the workbook can be the earlier round of a later one: what its visible
// sheets do not say of round and template, and digests, so that figures which somebody changed are noticed.
const keptSheet = "rubric kept"

// keptFormat is the version of the sheet's form.
const keptFormat = "consolidated workbook 1"

// The keys of the sheet's first column.
const (
	keptKey      = "form"
	keptTitle    = "round"
	keptDue      = "due"
	keptGroups   = "group columns"
	keptReturns  = "returns"
	keptAnswers  = "answers"
	keptFigures  = "digest of the answers"
	keptTemplate = "digest of the template"
	keptLines    = "lines of the template"
	keptRef      = "criterion"
	keptYAML     = "template.yaml"
	keptAway     = "answers are in results/data" // only where the workbook has no sheet for them
)

const keptNote = "Kept so that a later round can be compared with this workbook. Please leave this sheet and the sheets Matrix and Answers as they are."

// keptPage writes the hidden sheet. Without the template's source there is none.
func (wb *workbook) keptPage(p *pages.Page) {
	fr, c := wb.fr, pages.NewCanvas()
	p.Widths(1, 24, 120)
	fr.Note(fr.File.SetSheetVisible(p.Name, false))
	c.Text(1, 1, fr.Title(), p.Name)
	c.Height(1, 30)
	c.Text(1, 2, fr.Subtitle(), wb.tell(keptNote))
	r := 4
	line := func(key, value string) {
		c.Text(1, r, fr.Text(), key)
		c.Text(2, r, fr.Text(), value)
		r++
	}
	lines := templateLines(wb.in.TemplateSource)
	line(keptKey, keptFormat)
	line(keptTitle, wb.in.Round.Title)
	line(keptDue, wb.in.Round.Due.String())
	line(keptGroups, strconv.Itoa(len(wb.groups)))
	line(keptReturns, strconv.Itoa(len(wb.members)))
	line(keptAnswers, strconv.Itoa(wb.askedOf(0, len(wb.members))))
	line(keptFigures, wb.figuresDigest())
	if !wb.answersFit() {
		line(keptAway, "1")
	}
	line(keptTemplate, linesDigest(lines))
	line(keptLines, strconv.Itoa(len(lines)))
	for i := range wb.criteria {
		line(keptRef, wb.criteria[i].Ref)
	}
	line(keptYAML, "")
	for _, l := range lines {
		for col := 2; l != ""; col++ {
			n := pieceOf(l)
			c.Text(col, r, 0, l[:n])
			l = l[n:]
		}
		r++
	}
	p.CanvasRows(c)
}

// templateLines splits a template's source into lines. How lines end is no part of its meaning (YAML 1.2, 5.4),
// and no spreadsheet program keeps it.
func templateLines(source []byte) []string {
	s := strings.TrimPrefix(string(source), "\ufeff")
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.Split(strings.TrimSuffix(s, "\n"), "\n")
}

// pieceOf is how many bytes of a line go into one cell.
func pieceOf(l string) int {
	const most = sheetdata.LongestText / 2 // characters may take two units
	if len(l) <= most {
		return len(l)
	}
	n := most
	for !utf8.RuneStart(l[n]) {
		n--
	}
	return n
}

func linesDigest(lines []string) string {
	h := sha256.New()
	for _, l := range lines {
		fmt.Fprintln(h, l)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// figuresDigest is of the answers by recipient and criterion, in the order of ids, so that sorting a sheet does
// not change it.
func (b *book) figuresDigest() string {
	order := make([]int, len(b.members))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return strings.Compare(b.members[i].id, b.members[j].id) })
	h := sha256.New()
	for _, i := range order {
		digestRow(h, b.members[i].id, b.levels[i*len(b.criteria):][:len(b.criteria)])
	}
	return hex.EncodeToString(h.Sum(nil))
}

func digestRow(h hash.Hash, id string, levels []int16) {
	id, _ = sheetdata.Clean(id)
	row := append(make([]byte, 0, len(id)+1+2*len(levels)), id...)
	row = append(row, 0)
	for _, v := range levels {
		row = append(row, byte(v), byte(v>>8))
	}
	h.Write(row) // a hash does not fail
}
